"""Errors of the command line in the language of who reads them; English as ever, exit code 2."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from rnn_tui.cli import main
from rnn_tui.commands.options.sources import explained

PROGRAM = Path(__file__).parents[2] / "rnn_tui"
COMMANDS = PROGRAM / "commands"
CATALOGS = sorted((PROGRAM / "language").glob("*.po"))
ENGLISH = "rnn-tui: train needs to know when to stop: --updates, --epochs, --until-loss or"
KOREAN = "rnn-tui: train 명령에는 언제 멈출지 정해 주어야 합니다"


def complaint(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    return err


@pytest.fixture
def in_korea(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    return monkeypatch


def test_it_is_the_locale_that_counts(
    in_korea: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert complaint(["train", "hello"], capsys).startswith(KOREAN)
    in_korea.setenv("LC_ALL", "C.UTF-8")
    assert complaint(["train", "hello"], capsys).startswith(ENGLISH)


def test_unless_somebody_asks_for_another(
    in_korea: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    in_korea.setenv("RNN_TUI_LANGUAGE", "en")
    assert complaint(["train", "hello"], capsys).startswith(ENGLISH)
    asked = ["race", "hello", "--updates", "0", "--language", "ko"]
    assert "--updates 값은 1 이상" in complaint(asked, capsys)
    in_korea.delenv("RNN_TUI_LANGUAGE")
    in_korea.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "config.toml").write_text('language = "ko"\n')
    words = ["train", "hello", "--config", str(tmp_path / "config.toml")]
    assert complaint(words, capsys).startswith(KOREAN)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.stem)
def test_an_option_is_a_word_of_its_own_so_that_it_can_be_said_where_it_was_set(file: Path) -> None:
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=file.stem)
    for message in catalog:
        for option in options_in(message.id):
            assert option in options_in(message.string), message.string
            name = option.removeprefix("--").replace("-", "_")
            assert explained(message.string, {name: "config.toml"}).startswith("config.toml: ")


def options_in(said: str) -> list[str]:
    return [word for word in said.replace(",", " ").split() if re.fullmatch(r"--[a-z-]+", word)]


def test_every_error_of_the_commands_is_a_template() -> None:
    for file in sorted(COMMANDS.rglob("*.py")):
        if file.name in TO_BE_DONE:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "InputError":
                said = node.args[0]
                assert not isinstance(said, ast.Constant | ast.JoinedStr), f"{file}:{node.lineno}"


TO_BE_DONE = {
    "grid.py", "lineup.py", "sources.py", "sweep.py", "targets.py", "text_source.py", "worker.py",
}  # fmt: skip
"""Some of what these say is still put together of parts, in English."""
