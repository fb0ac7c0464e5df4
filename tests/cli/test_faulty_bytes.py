"""`--errors` all the way: from settings to a checkpoint, to `eval`, to an exported script."""

import json
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.cli import main
from rnn_tui.exports.scripts import spelling
from rnn_tui.exports.torch_script import reading
from rnn_tui.training.checkpoint.file import Checkpoint, load

FAULTY = b"caf\xe9 na\xefve caf\xe9s\n" * 9
READ = {"replace": "caf� na�ve caf�s\n" * 9, "skip": "caf nave cafs\n" * 9}
SAID = {
    "replace": "rnn-tui: 27 places that are not UTF-8 were replaced by �.",
    "skip": "rnn-tui: 27 places that are not UTF-8 were skipped.",
}


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.txt"
    path.write_bytes(FAULTY)
    return path


def train(text: Path, *words: str) -> Checkpoint:
    file = str(text.with_suffix(".safetensors"))
    assert main(["train", str(text), "--updates", "2", "--checkpoint", file, *words]) == 0
    return load(Path(file))


@pytest.mark.parametrize("errors", READ)
def test_settings_into_the_checkpoint(
    text: Path,
    errors: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = text.with_name("mine.toml")
    settings.write_text(f'errors = "{errors}"\n')
    monkeypatch.setenv("RNN_TUI_CONFIG", str(settings))
    checkpoint = train(text)
    assert checkpoint.options.errors == errors
    assert set(checkpoint.vocab.symbols) == set(READ[errors])


@pytest.mark.parametrize("errors", READ)
def test_eval_takes_them_as_in_training_and_says_how_many(
    text: Path, errors: str, capsys: pytest.CaptureFixture[str]
) -> None:
    train(text, "--errors", errors)
    capsys.readouterr()
    assert main(["eval", str(text.with_suffix(".safetensors")), str(text), "--json"]) == 0
    found = capsys.readouterr()
    assert json.loads(found.out)["characters"] == len(READ[errors]) - 1
    assert SAID[errors] in found.err


def test_eval_refuses_them_where_it_is_told_to(
    text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train(text, "--errors", "skip")
    capsys.readouterr()
    words = ["eval", str(text.with_suffix(".safetensors")), str(text), "--errors", "strict"]
    assert main(words) == 2
    assert "is not UTF-8: byte 0xe9 at offset 3" in capsys.readouterr().err


@pytest.mark.parametrize("errors", READ)
def test_an_exported_script_reads_them_as_in_training(text: Path, errors: str) -> None:
    checkpoint = train(text, "--errors", errors)
    body = f"def read(data):\n{reading(checkpoint)}\n    return symbols\n"
    made: dict[str, Any] = {}
    exec(f"{spelling(checkpoint)[0]}\n\n{body}", made)
    assert "".join(made["read"](FAULTY)) == READ[errors]
