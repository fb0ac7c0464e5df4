"""The texts that come with the program, in the tree and in a wheel."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.text.built_in import BUILT_IN, built_in

ROOT = Path(__file__).parents[2]


def test_every_text_of_the_folder_is_named() -> None:
    assert set(BUILT_IN) == {text.stem for text in (ROOT / "corpora").glob("*.txt")}
    assert all(built_in(name) == ROOT / "corpora" / f"{name}.txt" for name in BUILT_IN)
    assert built_in("sonnets") is None


@pytest.mark.parametrize("name", ["hello", "korean", "count"])
def test_a_name_is_enough_wherever_a_text_is_asked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--hidden-size", "5", "--seq-length", "4", "--updates", "2"]
    assert main(["train", name, *words, "--checkpoint", "net"]) == 0
    assert main(["eval", "net", name]) == 0
    if name != "korean":  # whose vocabulary has so many weights that it takes seconds
        assert main(["gradcheck", name, "--hidden-size", "2", "--seq-length", "3"]) == 0
    assert main(["config", name, "--json"]) == 0
    assert main(["train", "--resume", "net", "--updates", "3"]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_of_the_same_name_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("korean").write_text("abcabcabc")
    assert main(["train", "korean", "--updates", "1", "--checkpoint", "net"]) == 0
    assert main(["predict", "net", "a", "--json"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {entry["symbol"] for entry in found["next"]} == set("abc")


@pytest.mark.parametrize("name", ["hello", "korean", "tidebook"])
def test_a_folder_of_the_same_name_is_no_text(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).mkdir()
    assert main(["config", name, "--json"]) == 0
    assert main(["config", f"{name}/", "--json"]) == 2
    assert "is a directory" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["folder", "program", "text"])
def test_without_a_name_it_is_hello_whatever_is_called_so_here(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = Path("hello")
    if kind == "folder":
        here.mkdir()
    else:
        here.write_bytes(bytes(range(256)) * 9 if kind == "program" else b"abc" * 9)
    opened: list[str | None] = []
    monkeypatch.setattr(
        "rnn_tui.tui.terminal.terminal.require_terminal", lambda stdin_is_corpus: None
    )

    def prepare(options: argparse.Namespace) -> None:
        opened.append(options.corpus)
        raise InputError("that was enough")

    monkeypatch.setattr("rnn_tui.commands.options.order.prepare", prepare)
    assert main([]) == 2
    assert opened == [str(ROOT / "corpora" / "hello.txt")]


def test_a_built_in_text_moves_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run goes on where the program has been installed elsewhere since."""
    old = tmp_path / "old" / "corpora"
    old.mkdir(parents=True)
    shutil.copy(ROOT / "corpora" / "hello.txt", old)
    net = str(tmp_path / "net")
    assert main(["train", str(old / "hello.txt"), "--updates", "2", "--checkpoint", net]) == 0
    shutil.rmtree(old)
    assert main(["train", "--resume", net, "--updates", "3"]) == 0
    assert "update 3" in capsys.readouterr().out


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpora"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(BUILT_IN)
    assert max(map(len, lines)) <= 80
    assert main(["corpora", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(Path(record["file"]).is_file() and record["shows"] for record in records)


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], "rnn-tui CORPUS"), (["train"], "rnn-tui train"), (["help"], "help")],
)
def test_help_helps(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", *words]) == 0
    helped = capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    assert helped == capsys.readouterr().out
    assert helped.startswith("usage: rnn-tui")


def run(words: list[str], **more: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "rnn_tui", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


def test_in_a_pipe_it_says_what_to_do() -> None:
    done = run([], input="some text", timeout=60)
    assert done.returncode == 2
    assert "`rnn-tui -` reads the text from it" in done.stderr
    assert "`rnn-tui train TEXT --epochs 10` trains without a screen" in done.stderr


def test_the_wheel_has_the_texts(tmp_path: Path) -> None:
    """Unpacked elsewhere, with no tree beside it."""
    builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    (wheel,) = builder.build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    words = {"cwd": tmp_path, "env": environment, "timeout": 60}
    listed = run(["corpora", "--json"], **words).stdout.splitlines()
    files = [Path(json.loads(line)["file"]) for line in listed]
    assert {file.parent for file in files} == {tmp_path / "site" / "rnn_tui" / "corpora"}
    assert [file.read_bytes() for file in files] == [
        (ROOT / "corpora" / file.name).read_bytes() for file in files
    ]
    assert run(["train", "hello", "--updates", "2"], **words).returncode == 0
    assert run(["learn", "--check", "1"], **words).returncode == 0
