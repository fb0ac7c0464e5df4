"""Bad input: exit code 2 and one clear line, whatever was given."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.cli import main


def one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command; it must fail with code 2 and one line that is safe to print."""
    try:
        code = main(arguments)
    except SystemExit as exit:
        code = exit.code if isinstance(exit.code, int) else 1
    out, err = capsys.readouterr()
    assert code == 2, err
    assert out == ""
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in err[:-1])
    return err


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "one.txt").write_bytes(b"x")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9 noir")
    (tmp_path / "cp949.txt").write_bytes("안녕하세요 여러분".encode("cp949"))
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "many.txt").write_text("".join(map(chr, range(0x4E00, 0x4E00 + 20_900))) + "가" * 9)
    (tmp_path / "fine.txt").write_text("hello hello hello\n")
    (tmp_path / "bad\x1b[31m.txt").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("missing.txt", ["missing.txt", "no such file"]),
        (".", ["directory"]),
        ("empty.txt", ["empty"]),
        ("one.txt", ["at least 2"]),
        ("latin.txt", ["0xe9", "3", "--encoding"]),
        ("cp949.txt", ["0xbe", "--encoding cp949"]),
        ("binary", ["--units byte"]),
        ("many.txt", ["20,90"]),
        ("bad\x1b[31m.txt", ["bad␛[31m.txt"]),
    ],
)
def test_corpus(
    texts: Path, name: str, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line = one_line(["train", str(texts / name), "--updates", "1"], capsys)
    for part in expected:
        assert part in line


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_corpus(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "fine.txt").chmod(0)
    assert "permission" in one_line(["train", str(texts / "fine.txt"), "--updates", "1"], capsys)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], "--until-loss"),
        (["--updates", "0"], "--updates must be at least 1"),
        (["--updates", "1", "--keep", "best"], "--keep best needs --checkpoint FILE"),
        (["--updates", "1", "--keep", "best", "--checkpoint", "x"], "--keep best waits for valid"),
        (["--patience", "0"], "--patience must be at least 1"),
        (["--patience", "3"], "--patience waits for validation, for which no part of this text is"),
        (["--updates", "1", "--weight-decay", "-1"], "--weight-decay must not be negative"),
        (["--updates", "1", "--dropout", "1"], "--dropout must be at least 0 and below 1, not 1"),
        (["--updates", "ten"], "argument --updates: 'ten' is no whole number"),
        (["--updates", "1e3"], "argument --updates: '1e3' is no whole number"),
        (["--learning-rate", "fast"], "argument --learning-rate: 'fast' is no number, such as"),
        (["--updates", "1", "--hidden-size", "-3"], "--hidden-size"),
        (["--updates", "1", "--learning-rate", "nan"], "--learning-rate must be a finite number"),
        (["--updates", "1", "--cell", "tree"], "--cell"),
        (["--updates", "1", "--preset", "\x1b[2J"], "min-char-rnn"),
        (["--updates", "1", "--encoding", "klingon"], "klingon"),
        (["--updates", "1", "--clip-norm", "1", "--no-clip"], "--no-clip"),
        (["--updates", "1", "--checkpoint-every", "5"], "--checkpoint"),
        (["--updates", "9", "--checkpoint", "no/folder/net.safetensors"], "cannot write no/folder"),
        (["--updates", "9", "--checkpoint", "."], "is a folder"),
        (["--updates", "9", "--checkpoint", "x", "--log", "./x"], "same file, x; name another"),
        (["--updates", "9", "--checkpoint", os.devnull], "is a pipe or a device"),
        (["--updates", "1", "--hidden-size", "9000000"], "of memory to train"),
        (["--updates", "1", "--val-fraction", "0.99"], "--val-fraction"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_option(
    texts: Path, options: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in one_line(["train", str(texts / "fine.txt"), *options], capsys)


def test_a_text_is_not_overwritten(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = str(texts / "fine.txt")
    line = one_line(["train", text, "--updates", "1", "--checkpoint", text], capsys)
    assert "something else than a checkpoint" in line
    assert (texts / "fine.txt").read_text() == "hello hello hello\n"
    assert not list(texts.glob(".*"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["sample", "missing.safetensors"], "no such file"),
        (["sample", "fine.txt"], "fine.txt: not a checkpoint"),
        (["sample", "."], "is a folder"),
        (["predict", "missing.safetensors", "x"], "no such file"),
        (["predict", "net.safetensors", ""], "PREFIX"),
        (["predict", "net.safetensors", "q\x1b"], "q"),
        (["sample", "net.safetensors", "--temperature", "-1"], "--temperature is a number from 0"),
        (["sample", "net.safetensors", "--temperature", "nan"], "from 0, not nan"),
        (["sample", "net.safetensors", "--prefix", "Q"], "Q"),
        (["sample", "net.safetensors", "--top-k", "0"], "--top-k is at least 1, not 0"),
        (["sample", "net.safetensors", "--top-p", "0"], "--top-p is above 0 and at most 1, not 0"),
        (["sample", "net.safetensors", "--top-p", "nan"], "--top-p"),
        (["sample", "net.safetensors", "--count", "0"], "--count"),
        (["sample", "net.safetensors", "--seed", "-1"], "--seed"),
        (["sample"], "FILE"),
        (["eval", "net.safetensors", "fine.txt", "--json", "--tsv"], "not allowed with"),
        (["eval", "net.safetensors"], "TEXT"),
        (["predict", "net.safetensors"], "PREFIX"),
        (["gradcheck", "--updates", "-1"], "--updates"),
        (["presets", "hello"], "unrecognized arguments: hello"),
        (["eval", "net.safetensors", "empty.txt"], "empty"),
        (["import", "net.safetensors", "out.safetensors"], "is a checkpoint already"),
        (["trian", "fine.txt"], "trian: no command and no file; did you mean train?"),
        (["smaple\x1b", "net.safetensors"], "smaple␛: no command and no file"),
        (["train"], "CORPUS is missing: a text file to learn, a built-in text such as hello"),
    ],
)
def test_checkpoint(
    texts: Path,
    arguments: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(texts)
    assert main(["train", "fine.txt", "--updates", "1", "--checkpoint", "net.safetensors"]) == 0
    capsys.readouterr()
    assert expected in one_line(arguments, capsys)


def test_the_screen_wants_a_terminal() -> None:
    """In a real process: nothing painted, no hang."""
    done = subprocess.run(
        [sys.executable, "-m", "rnn_tui", "corpora/hello.txt"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "terminal" in done.stderr
    assert "rnn-tui train" in done.stderr


def run(words: list[str], **more: Any) -> "subprocess.CompletedProcess[str]":
    """The program in a process of its own; its standard error is captured."""
    command = [sys.executable, "-m", "rnn_tui", *words]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False, **more)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_loses_no_checkpoint(texts: Path) -> None:
    words = ["train", "fine.txt", "--updates", "3", "--json", "--checkpoint", "net.safetensors"]
    with Path("/dev/full").open("w") as full:
        done = run(words, cwd=texts, stdout=full)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "standard output" in done.stderr
    assert (texts / "net.safetensors").exists()


def test_a_reader_that_leaves_loses_no_checkpoint(texts: Path) -> None:
    words = ["train", "fine.txt", "--updates", "3", "--json", "--checkpoint", "net.safetensors"]
    reader, writer = os.pipe()
    os.close(reader)
    done = run(words, cwd=texts, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")
    assert (texts / "net.safetensors").exists()


def test_letters_that_the_output_cannot_spell(texts: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    words = ["train", "fine.txt", "--updates", "2"]
    done = run(words, cwd=texts, env=environment, stdout=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"$@" - < /dev/zero', "looks binary"),
        ('"$@" - < /dev/urandom', "looks binary"),
        ('cat /dev/zero | "$@" -', "looks binary"),
        ('"$@" sparse', "looks binary"),
        ('"$@" - < sparse', "looks binary"),
        ('yes | "$@" -', "does not end within"),
        ('"$@" - --units byte < /dev/zero', "does not end within"),
    ],
)
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device that never ends")
def test_what_never_ends_is_refused_before_it_takes_the_memory(
    tmp_path: Path, line: str, said: str
) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(400_000_000)
    program = [sys.executable, "-m", "rnn_tui", "train", "--updates", "1"]
    done = subprocess.run(
        ["sh", "-c", f"ulimit -v 1000000; {line}", "sh", *program],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
