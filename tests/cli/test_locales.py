"""Locales that have ASCII alone, in real processes: text comes in as it was typed, none is lost."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from rnn_tui.cli import main
from tests.cli.forked import run_forked

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


def surroundings(locale: dict[str, str]) -> dict[str, str]:
    ours = {name: v for name, v in os.environ.items() if not name.startswith(("LC_", "PY"))}
    return ours | locale | {"PYTHONPATH": str(Path(__file__).parents[2])}


def script(
    folder: Path, locale: dict[str, str], *words: str | bytes
) -> "subprocess.CompletedProcess[bytes]":
    """Run the exported script."""
    return subprocess.run(
        [sys.executable, "쓰기.py", *words],
        capture_output=True,
        timeout=60,
        cwd=folder,
        env=surroundings(locale),
        check=False,
    )


def run(
    folder: Path, locale: dict[str, str], *lines: Sequence[str | bytes]
) -> "list[subprocess.CompletedProcess[bytes]]":
    return run_forked(lines, folder=folder, environment=surroundings(locale))


def escaped(data: bytes) -> str:
    return data.decode("ascii").encode().decode("unicode_escape")


SAMPLE = ["--prefix", "모든", "--length", "5"]
SAID = [
    (["sample", "망.safetensors", *SAMPLE], "모든"),
    (["sample", "망.safetensors", *SAMPLE, "--json"], "모든"),
    (["predict", "망.safetensors", "모든"], "U+200E"),
    (["predict", "망.safetensors", "모든", "--json"], "모든"),
    (["eval", "망.safetensors", "모든.txt"], "perplexity"),
    (["eval", "망.safetensors", "모든.txt", "--tsv"], "\t은\t"),
    (["eval", "망.safetensors", "모든.txt", "--surprise"], "MoDn InGn"),
    (["train", "모든.txt", "--updates", "2", "--checkpoint", "새.safetensors"], "새.safetensors"),
]
"""Lines, and what they print."""


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_text_goes_in_and_comes_out(folder: Path, locale: dict[str, str]) -> None:
    every = run(folder, locale, *(words for words, _ in SAID))
    for done, (words, expected) in zip(every, SAID, strict=True):
        assert done.returncode == 0, (words, done.stderr)
        assert expected in escaped(done.stdout), words


@pytest.mark.parametrize("locale", LOCALES, ids=str)
@pytest.mark.parametrize(("words", "expected"), [(SAMPLE, "모든"), (["--help"], "--prefix")])
def test_and_of_the_exported_script(
    folder: Path, locale: dict[str, str], words: list[str], expected: str
) -> None:
    done = script(folder, locale, *words)
    assert done.returncode == 0, done.stderr
    assert expected in escaped(done.stdout)


@pytest.mark.parametrize("locale", [POSIX, {}], ids=str)
def test_what_is_no_text_in_any_way_is_named(folder: Path, locale: dict[str, str]) -> None:
    lines = [
        ["predict", "망.safetensors", "모\xff"],
        ["sample", "망.safetensors", "--prefix", "\xfe\xff"],
    ]
    typed = [
        [word.encode() if word.isascii() else as_typed(word) for word in line] for line in lines
    ]
    predict, sample = run(folder, locale, *typed)
    require_named(predict, "PREFIX", "모\ufffd")
    require_named(sample, "--prefix", "\ufffd\ufffd")
    require_named(script(folder, locale, "--prefix", as_typed("\xff")), "--prefix", "locale")


def require_named(done: "subprocess.CompletedProcess[bytes]", named: str, said: str) -> None:
    line = done.stderr.decode().splitlines()[-1]
    line = line.encode().decode("unicode_escape") if line.isascii() else line
    assert done.returncode == 2
    assert named in line
    assert said in line
    assert "locale cannot read" in line


def as_typed(word: str) -> bytes:
    """The word in UTF-8, but for U+00FE and U+00FF: these bytes, which UTF-8 never has."""
    return b"".join(bytes([ord(c)]) if c in "\xfe\xff" else c.encode() for c in word)


UNKNOWN = [
    ["train", "없는.txt"],
    ["replay", "없는.txt"],
    ["import", "없는.txt", "out"],
    ["train", "모든.txt", "--preset", "없는.txt"],
]


def test_names_are_known_again(folder: Path) -> None:
    *files, symbol = run(folder, POSIX, *UNKNOWN, ["predict", "망.safetensors", "모쀍\u200f"])
    for done in files:
        assert done.returncode == 2, done.args
        assert "없는.txt" in escaped(done.stderr), done.args
    assert "seen: 쀍, U+200F" in escaped(symbol.stderr)
