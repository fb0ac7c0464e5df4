"""A Korean text learned letter by letter, from the command line to the samples."""

import json
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.training.checkpoint.file import load

TEXT = "한글을 배운다\n"


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jamo")
    text, path = folder / "text.txt", folder / "k.safetensors"
    text.write_text(TEXT * 20, encoding="utf-8")
    options = ["--cell", "gru", "--hidden-size", "24", "--seq-length", "20", "--batch-size", "4"]
    more = ["--units", "jamo", "--learning-rate", "0.03", "--updates", "120"]
    assert main(["train", str(text), *options, *more, "--checkpoint", str(path)]) == 0
    return path


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main([*arguments]) == 0
    return capsys.readouterr().out


def test_the_vocabulary_is_made_of_letters(learned: Path) -> None:
    symbols = load(learned).vocab.symbols
    assert not any("가" <= symbol <= "힣" for symbol in symbols)
    assert set("\u1112\u1161\u11ab \n") < set(symbols)


@pytest.mark.parametrize("prefix", ["한", "하", "ㅎ", "ㅎㅏㄴㄱ"])
def test_samples_finish_the_syllable_that_the_prefix_began(
    learned: Path, prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--prefix", prefix, "--length", "60", "--temperature", "0")
    assert output(capsys, "sample", str(learned), *options).startswith(2 * TEXT)


def test_predictions_do_too(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = output(capsys, "predict", str(learned), "한글을 배우")
    assert shown.startswith("ㄴ\u0323\t")
    assert "goes on: 운다↵한글을 배운다" in shown
    record = json.loads(output(capsys, "predict", str(learned), "한글을 배우", "--json"))
    assert record["next"][0]["symbol"] == "\u11ab"
    assert record["continuation"].startswith("운다\n한글을")


def test_a_loss_is_one_of_letters(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = learned.with_name("text.txt")
    assert "per letter, over 359" in output(capsys, "eval", str(learned), str(text))


def test_the_checkpoint_says_how_to_read_the_text(
    learned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "update 121 " in output(capsys, "train", "--resume", str(learned), "--updates", "121")
