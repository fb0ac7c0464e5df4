"""No byte of a corpus, a name, a checkpoint or an option reaches a terminal as a control."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import safetensors
import safetensors.numpy

from rnn_tui.cli import main
from rnn_tui.training.checkpoint.container import digest
from tests.e2e.escapes import OnPty, obeyed, said_on_terminal, stripped

EVIL = (
    "\x1b[31337m\x1b]0;owned\x07\x1b[5i\x1b[6n\x9b7m\x90q\x9c[red][/x][@click=app.quit]"
    "\u202e\u2066\x7f\b"
)
RNN_TUI = [sys.executable, "-m", "rnn_tui"]
NAME = f"a{EVIL}b\n\r.txt".replace("/", "")
Run = Callable[..., OnPty]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Start the program on a terminal of ours, in a folder where it may save."""
    monkeypatch.chdir(tmp_path)
    begun: list[OnPty] = []
    environment = {
        "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor",
    }  # fmt: skip

    def start(*arguments: str) -> OnPty:
        begun.append(OnPty([*RNN_TUI, *arguments], environment))
        return begun[-1]

    yield start
    for program in begun:
        program.close()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hostile text in a file of a hostile name."""
    path = tmp_path_factory.mktemp("hostile") / NAME
    path.write_text(f"hello {EVIL} world\n{EVIL}\n" * 20, encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def checkpoint(corpus: Path) -> Path:
    """A network trained on it, with hostile metadata besides."""
    path = corpus.with_name("net.safetensors")
    options = ["--updates", "3", "--hidden-size", "5", "--checkpoint", str(path)]
    assert main(["train", str(corpus), *options]) == 0
    with safetensors.safe_open(path, framework="np") as file:
        metadata = dict(file.metadata())
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    metadata["corpus"] = json.dumps(json.loads(metadata["corpus"]) | {"name": EVIL})
    metadata["digest"] = digest(tensors, metadata)
    path.write_bytes(safetensors.numpy.save(tensors, metadata))
    return path


def test_the_parser_is_strict() -> None:
    assert stripped("\x1b[1;2H\x1b[38;2;255;0;9mx\x1b[0m\x1b[?2026h\x1b[2K") == "x"
    for sequence in ("\x1b[31337m", "\x1b]0;t\x07", "\x1bP1\x1b\\", "\x9b1m", "\x1b[5i", "\x1bc"):
        assert obeyed(f"a{sequence}b")


def test_every_screen(run: Run, corpus: Path, tmp_path: Path) -> None:
    program = run(str(corpus), "--hidden-size", "4", "--seq-length", "6", "--updates", "40")
    program.wait_for("finished")
    program.type("/\x1b[200~q" + EVIL.replace("\x1b", "") + "\x1b[201~")
    program.wait_for("goes on|never")
    program.type("\x1b")
    program.wait_for("space go on")
    for key, title in (("2", "Unrolled|W_xh"), ("3", "micro|forward|Update"), ("4", "radient")):
        program.type(key)
        program.wait_for(title)
    program.type("?")
    program.wait_for("vocabulary|weights")
    program.type("?")
    program.type("1w")
    program.wait_for("aved|rote")
    program.type("q")
    output = program.finish()
    assert program.code == 0
    assert list(tmp_path.glob("a_*-40.safetensors"))
    assert "␛" in stripped(output), "the controls are shown, not hidden"
    assert not obeyed(output)


@pytest.mark.parametrize(
    ("command", "code", "shown"),
    [
        ("train {corpus} --updates 30 --hidden-size 4", 0, "30 updates are done"),
        ("train {corpus} --updates 2 --units byte --checkpoint {corpus}.st", 0, "saved to"),
        ("sample {net} --prefix {evil} --temperature 3 --length 900", 0, "␛"),
        ("predict {net} {evil} --top 40", 0, "␛"),
        ("eval {net} {corpus}", 0, "nats"),
        ("predict {net} é{evil}", 2, "never seen"),
        ("train {corpus}{evil} --updates 1", 2, "no such file"),
        ("train --resume {net} {other} --updates 9 --no-save", 0, "A run of its own"),
        ("train {corpus} --updates {evil}", 2, "is no whole number"),
        ("train {corpus} --encoding {evil} --updates 1", 2, "unknown encoding"),
        ("train {latin} --updates 1", 2, "not UTF-8"),
        ("sample {corpus}", 2, "␛"),
    ],
)
def test_every_command(corpus: Path, checkpoint: Path, command: str, code: int, shown: str) -> None:
    other, latin = corpus.with_name("other.txt"), corpus.with_name(f"latin{NAME}")
    other.write_text("something else\n")
    latin.write_bytes(b"\x1b[31337m voil\xe0 \xe9t\xe9\n" * 9)
    given = {"corpus": corpus, "net": checkpoint, "evil": EVIL, "other": other, "latin": latin}
    words = [word.format_map(given) for word in command.split()]
    came, output = said_on_terminal(main, words)
    assert shown in stripped(output)
    assert not obeyed(output)
    assert came == code


@pytest.mark.parametrize("options", [[EVIL], ["--theme", EVIL, NAME], ["--resume", NAME]])
def test_a_screen_that_does_not_open(run: Run, corpus: Path, options: list[str]) -> None:
    program = run(*(str(corpus) if word == NAME else word for word in options))
    output = program.finish()
    assert "␛[31337m" in stripped(output)
    assert not obeyed(output)
    assert program.code == 2


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x9b31m.txt")
    Path(name).write_bytes(b"")
    code, output = said_on_terminal(main, ["train", name, "--updates", "1"])
    assert "is empty" in output
    assert not obeyed(output)
    assert code == 2


def test_a_pipe_gets_the_text_as_it_is(
    checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sample", str(checkpoint), "--prefix", EVIL, "--length", "1"]) == 0
    assert capsys.readouterr().out.startswith(EVIL)
