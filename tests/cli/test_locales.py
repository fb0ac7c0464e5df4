"""Locales that have ASCII alone, in real processes: text comes in as it was typed, none is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.cli import main

TEXT = "모든 인간은\u200e 좋\xad다\ufeff — naïve\n" * 9
POSIX = {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}
LOCALES = [POSIX, POSIX | {"PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small network and its text, both with names beyond ASCII, and the script made of it."""
    folder = tmp_path_factory.mktemp("locales")
    (folder / "모든.txt").write_text(TEXT, "utf-8")
    net = str(folder / "망.safetensors")
    words = ["--updates", "5", "--hidden-size", "3", "--seq-length", "7", "--batch-size", "1"]
    assert main(["train", str(folder / "모든.txt"), *words, "--checkpoint", net]) == 0
    assert main(["export", "--format", "numpy", net, str(folder / "쓰기.py")]) == 0
    return folder


def run(
    folder: Path, locale: dict[str, str], *words: str | bytes
) -> "subprocess.CompletedProcess[bytes]":
    program: tuple[str, ...] = () if words[0] == "쓰기.py" else ("-m", "rnn_tui")
    environment = {name: v for name, v in os.environ.items() if not name.startswith(("LC_", "PY"))}
    environment |= locale | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [sys.executable, *program, *words],
        capture_output=True,
        timeout=60,
        cwd=folder,
        env=environment,
        check=False,
    )


def escaped(data: bytes) -> str:
    return data.decode("ascii").encode().decode("unicode_escape")


@pytest.mark.parametrize("locale", LOCALES, ids=str)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sample", "망.safetensors", "--prefix", "모든", "--length", "5"], "모든"),
        (["sample", "망.safetensors", "--prefix", "모든", "--length", "5", "--json"], "모든"),
        (["predict", "망.safetensors", "모든"], "U+200E"),
        (["predict", "망.safetensors", "모든", "--json"], "모든"),
        (["eval", "망.safetensors", "모든.txt"], "perplexity"),
        (["eval", "망.safetensors", "모든.txt", "--tsv"], "\t은\t"),
        (["eval", "망.safetensors", "모든.txt", "--surprise"], "MoDn InGn"),
        (
            ["train", "모든.txt", "--updates", "2", "--checkpoint", "새.safetensors"],
            "새.safetensors",
        ),
        (["쓰기.py", "--prefix", "모든", "--length", "5"], "모든"),
        (["쓰기.py", "--help"], "--prefix"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_text_goes_in_and_comes_out(
    folder: Path, locale: dict[str, str], words: list[str], expected: str
) -> None:
    done = run(folder, locale, *words)
    assert done.returncode == 0, done.stderr
    assert expected in escaped(done.stdout)


@pytest.mark.parametrize(
    ("words", "named", "said"),
    [
        (["predict", "망.safetensors", "모\xff"], "PREFIX", "모\ufffd"),
        (["sample", "망.safetensors", "--prefix", "\xfe\xff"], "--prefix", "\ufffd\ufffd"),
        (["쓰기.py", "--prefix", "\xff"], "--prefix", "locale"),
    ],
    ids=str,
)
@pytest.mark.parametrize("locale", [POSIX, {}], ids=str)
def test_what_is_no_text_in_any_way_is_named(
    folder: Path, locale: dict[str, str], words: list[str], named: str, said: str
) -> None:
    raw = [word.encode() if word.isascii() else as_typed(word) for word in words]
    done = (
        run(folder, locale, words[0], *raw[1:])
        if words[0] == "쓰기.py"
        else run(folder, locale, *raw)
    )
    line = done.stderr.decode().splitlines()[-1]
    line = line.encode().decode("unicode_escape") if line.isascii() else line
    assert done.returncode == 2
    assert named in line
    assert said in line
    assert "locale cannot read" in line


def as_typed(word: str) -> bytes:
    """The word in UTF-8, but for U+00FE and U+00FF: these bytes, which UTF-8 never has."""
    return b"".join(bytes([ord(c)]) if c in "\xfe\xff" else c.encode() for c in word)


@pytest.mark.parametrize(
    "words",
    [
        ["train", "없는.txt"],
        ["replay", "없는.txt"],
        ["import", "없는.txt", "out"],
        ["train", "모든.txt", "--preset", "없는.txt"],
    ],
    ids=str,
)
def test_names_of_files_are_known_again(folder: Path, words: list[str]) -> None:
    done = run(folder, POSIX, *words)
    assert done.returncode == 2
    assert "없는.txt" in escaped(done.stderr)


def test_a_symbol_never_seen_is_named(folder: Path) -> None:
    assert "seen: 쀍, U+200F" in escaped(
        run(folder, POSIX, "predict", "망.safetensors", "모쀍\u200f").stderr
    )
