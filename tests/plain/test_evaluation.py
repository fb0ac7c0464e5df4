"""`eval`: the figures, and every character as a row or in color."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.models.prediction import predict
from rnn_tui.plain.surprise import color, digits, in_a_column, lines, painted
from rnn_tui.text.characters import decoded
from rnn_tui.text.corpus import corpus_from_bytes, read_corpus
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer

TEXT = "tab\tand back\\slash\nwide 가나다\n\x1b[31mred\n"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text and a network that knows it a little."""
    folder = tmp_path_factory.mktemp("eval")
    (folder / "a.txt").write_text(TEXT * 3, encoding="utf-8")
    words = ["train", str(folder / "a.txt"), "--updates", "40", "--dtype", "float64"]
    assert main([*words, "--checkpoint", str(folder / "a.safetensors")]) == 0
    return folder


def run(folder: Path, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    capsys.readouterr()
    assert main(["eval", str(folder / "a.safetensors"), str(folder / "a.txt"), form]) == 0
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_rows_are_the_text_and_its_probabilities(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = run(trained, "--tsv", capsys)
    assert err == ""
    header, *rows = [line.split("\t") for line in out.removesuffix("\n").split("\n")]
    assert header == ["position", "symbol", "nats", "bits", "probability"]
    assert {len(row) for row in rows} == {5}
    escapes = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
    assert "".join(escapes.get(row[1], row[1]) for row in rows) == (TEXT * 3)[1:]
    assert [int(row[0]) for row in rows] == list(range(1, len(TEXT) * 3))
    checkpoint = load(trained / "a.safetensors")
    ids = read_corpus(trained / "a.txt").ids
    for place in (1, 4, 30):
        expected = predict(checkpoint.model(), ids[:place]).probs[ids[place]]
        nats, bits, probability = map(float, rows[place - 1][2:])
        assert probability == pytest.approx(expected, rel=1e-5)
        assert nats == pytest.approx(-math.log(expected), rel=1e-5)
        assert bits == pytest.approx(-math.log2(expected), rel=1e-5)


def test_the_figure_is_the_mean_of_the_rows(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run(trained, "--tsv", capsys)[0].removesuffix("\n").split("\n")[1:]
    figures = json.loads(run(trained, "--json", capsys)[0])
    assert figures["characters"] == len(TEXT) * 3 - 1
    mean = np.mean([float(row.split("\t")[2]) for row in rows])
    assert figures["nats"] == pytest.approx(mean, rel=1e-5)
    assert figures["bits"] == pytest.approx(figures["nats"] / math.log(2))
    assert figures["perplexity"] == pytest.approx(math.exp(figures["nats"]))


def test_in_a_pipe_digits_stand_below_the_raw_text(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = run(trained, "--surprise", capsys)
    assert err == ""
    printed = out.split("\n")
    assert "".join(printed[::2]) == (TEXT * 3).replace("\n", "↵")
    assert printed[1].startswith("·")
    assert set("".join(printed[1::2])) <= set("·0123456789 ")


def test_on_a_terminal_the_text_is_colored_and_cannot_command_it(
    trained: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    out, err = run(trained, "--surprise", capsys)
    assert "\x1b[32m" in out
    assert "\x1b[31mred" not in out
    assert "␛" in out
    assert "green up to 1" in err
    assert "perplexity" in err
    monkeypatch.setenv("NO_COLOR", "1")
    out, err = run(trained, "--surprise", capsys)
    assert "\x1b" not in out
    assert "under each character" in err
    out, _ = run(trained, "--tsv", capsys)
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": ""}, False),
    ],
)
def test_colors_in_a_pipe_where_they_are_asked_for(
    trained: Path,
    environment: dict[str, str],
    colored: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out, _ = run(trained, "--surprise", capsys)
    assert ("\x1b[32m" in out) == colored


def test_a_digit_is_as_wide_as_its_character() -> None:
    line: list[tuple[str, float | None]] = [("a", None), ("가", 2.4), ("b", 0.2), ("c", 30.0)]
    assert digits(line) == "·2 09"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("का।", ["कआ̥।", "123"]),
        ("e\u0301👍🏽", ["e◌\u0301👍◑", "123 4"]),
        ("❤\ufe0f x\x1b", ["❤◌\u034f x␛", "12345"]),
        ("나\u302e말", ["나∙말", "1 23 "]),
    ],
)
def test_on_a_terminal_each_digit_is_below_its_character(
    monkeypatch: pytest.MonkeyPatch, text: str, printed: list[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    line = [(character, float(bits)) for bits, character in enumerate(text, 1)]
    assert ["".join(map(in_a_column, text)), digits(line)] == printed


def test_colors_go_from_expected_to_surprising() -> None:
    assert [color(bits) for bits in (0.0, 1.0, 1.01, 6.0, 6.1, math.inf)] == [
        "green", "green", "yellow", "dark_orange", "bold red", "bold red",
    ]  # fmt: skip
    text = painted([("[b]", 0.5), ("x", 7.0)])
    assert text.plain == "[b]x"  # no markup
    assert [str(span.style) for span in text.spans] == ["green", "bold red"]


def test_lines_keep_their_newlines() -> None:
    pieces = [("a", 1.0), ("\n", 2.0), ("\n", 3.0), ("b", 4.0)]
    assert list(lines(iter(pieces))) == [
        [("a", 1.0), ("↵", 2.0)], [("↵", 3.0)], [("b", 4.0)],
    ]  # fmt: skip


def test_bytes_come_as_characters() -> None:
    symbols = [chr(byte) for byte in "a가".encode() + b"\xffb\xea"]
    assert list(decoded(symbols)) == [("a", 1), ("가", 3), ("�", 1), ("b", 1), ("�", 1)]


def test_tsv_of_bytes_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, net = tmp_path / "data", tmp_path / "b.safetensors"
    data.write_bytes(b"a\xb0\x00\n" * 5)
    words = ["train", str(data), "--units", "byte", "--updates", "1", "--checkpoint", str(net)]
    assert main(words) == 0
    capsys.readouterr()
    assert main(["eval", str(net), str(data), "--tsv"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("\t")[1] for row in rows[1:5]] == ["\\xB0", "\\x00", "\\n", "a"]


def test_letters_of_a_syllable_are_one_piece(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, net = tmp_path / "k.txt", tmp_path / "k.safetensors"
    text.write_text("한글은 글\n" * 4, encoding="utf-8")
    words = ["train", str(text), "--units", "jamo", "--updates", "1", "--checkpoint", str(net)]
    assert main(words) == 0
    capsys.readouterr()
    assert main(["eval", str(net), str(text), "--surprise"]) == 0
    first, below = capsys.readouterr().out.splitlines()[:2]
    assert first == "한글은 글↵"
    assert len(below) == 10


@pytest.mark.parametrize("encoding", ["cp949", "cp1250", "utf-16-le"])
def test_the_hint_on_an_encoding_is_true_of_the_command_that_was_typed(
    encoding: str, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "other.txt"
    text.write_bytes(
        ("tab 가나다\n" if encoding == "cp949" else "Zażółć źdźbło\n").encode(encoding)
    )
    command = ["eval", str(trained / "a.safetensors"), str(text)]
    capsys.readouterr()
    assert main(command) == 2
    line = capsys.readouterr().err
    assert "rnn-tui other.txt" not in line.replace(str(tmp_path), "")
    hint = line.rpartition(": add ")[2].split()
    assert hint == ["--encoding", encoding]
    main([*command, *hint])
    assert "likely" not in capsys.readouterr().err


@pytest.mark.parametrize("preset", [None, "min-char-rnn", "char-rnn"])
def test_the_screens_validation_loss_is_that_of_eval(
    preset: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (Path(__file__).parents[2] / "corpora" / "tidebook.txt").read_text("utf-8")[:30_000]
    corpus = corpus_from_bytes(text.encode(), "tide.txt")
    settings = {"updates": 9, "hidden_size": 13, "val_fraction": 0.3}
    trainer = Trainer(choose_config(corpus, preset, settings)[0], corpus)
    while not trainer.finished_reason():
        trainer.step()
    loss = trainer.validate()
    net, rest = tmp_path / "tide.safetensors", tmp_path / "rest.txt"
    save(net, trainer)
    rest.write_text(text[trainer.train_size :], encoding="utf-8")
    assert main(["eval", str(net), str(rest), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["characters"] == len(trainer.val_ids) - 1 > 8000
    assert figures["nats"] == pytest.approx(loss, rel=1e-6)
    assert f"{figures['nats']:.5f}" == f"{loss:.5f}"


@pytest.mark.parametrize(
    ("learned", "read", "said"),
    [("aaaa", "aaaaaa", True), ("abab", "bbbb", True), ("aaab", "aaab", False)],
)
def test_a_text_of_one_symbol_is_remarked_on(
    learned: str, read: str, said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net, text = tmp_path / "net.safetensors", tmp_path / "text.txt"
    trainer = Trainer(choose_config(corpus := corpus_from_bytes(learned.encode(), "t"))[0], corpus)
    save(net, trainer)
    text.write_text(read)
    assert main(["eval", str(net), str(text), "--json"]) == 0
    captured = capsys.readouterr()
    assert ("there is nothing to predict" in captured.err) is said
    assert (json.loads(captured.out)["nats"] == 0) is (learned == "aaaa")
