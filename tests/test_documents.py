"""Every command line that the documents show is run; what cannot be is named here, with why."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rnn_tui.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT, ROOT / "docs", ROOT / "corpora", ROOT / "benchmarks")
PAGES = sorted(page for folder in FOLDERS for page in folder.glob("*.md"))
NOT_RUN = {
    "make": "the tests themselves are run by it",
    "pip": "changes the environment",
}
NEED_MORE = {"export": "onnx may be missing", "import": "needs weights trained elsewhere"}
"""Commands with tests of their own that run what the documents say of them."""


def lines(page: Path) -> list[str]:
    """The command lines of a page, without their comments."""
    blocks = re.findall(r"^```(?:sh|console|bash)\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    found = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for text in found if (line := re.sub(r"(^|\s+)#\s.*", "", text).strip())]


CASES = sorted({line for page in PAGES for line in lines(page)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the documents speak of."""
    folder = tmp_path_factory.mktemp("documents")
    text = "The cat sat on the mat. 오늘 날씨가 좋다. " * 30
    for name in ("my.txt", "other.txt", "korean.txt", "a.md"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "notes.txt").write_bytes("오늘 날씨가 좋다. ".encode("cp949") * 30)
    (folder / "picture.png").write_bytes(bytes(range(256)) * 4)
    (folder / "corpora").symlink_to(ROOT / "corpora")
    net = str(folder / "my.safetensors")
    small = ["--hidden-size", "8", "--updates", "3", "--log", str(folder / "my.jsonl")]
    assert main(["train", str(folder / "my.txt"), *small, "--checkpoint", net]) == 0
    return folder


def runnable(line: str) -> str:
    """The line as it can be run without a terminal: a screen's options are read and checked."""
    before, word, after = line.partition("rnn-tui")
    name, *_ = after.split() or [""]
    if name == "serve" and "--lesson " in after:
        after = after.replace(" serve --lesson ", " learn --check ")
    elif name in ("serve", "replay", "--bundle") or (
        name not in COMMANDS and not name.startswith("--")
    ):
        after = f" config {after.removeprefix(' serve ')}"
    if name == "learn" and "--" not in after:
        after = (
            after.replace(" learn ", " learn --check ") if " learn " in after else " learn --list"
        )
    if name in ("race", "sweep"):
        after = re.sub(r" --updates \d+", " --updates 2", after)
        after += " --updates 2" if name == "race" and "--updates" not in after else ""
    return f"{before}{word}{after}"


@pytest.mark.parametrize("line", CASES)
def test_line(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    if (first := line.split()[0]) in NOT_RUN:
        pytest.skip(NOT_RUN[first])
    assert "rnn-tui" in line.split(), f"how is this to be run? {line}"
    if named := NEED_MORE.keys() & line.split():
        pytest.skip(NEED_MORE[named.pop()])
    line = runnable(line)
    if line.startswith("rnn-tui"):
        assert main(shlex.split(line)[1:]) == 0, capsys.readouterr().err
        return
    program = f'rnn-tui() {{ {shlex.quote(sys.executable)} -m rnn_tui "$@"; }}; '
    done = subprocess.run(
        ["bash", "-c", program + line], capture_output=True, text=True, env=os.environ, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_there_are_lines() -> None:
    assert len(CASES) > 20


def test_the_recording_is_small_and_whole() -> None:
    path = ROOT / "docs" / "pictures" / "recording.svg"
    assert path.stat().st_size < 500_000
    tree = ElementTree.parse(path)
    space = "{http://www.w3.org/2000/svg}"
    rows = {group.get("id") for group in tree.iter(f"{space}g")} - {None}
    frames = [group for group in tree.iter(f"{space}g") if group.get("class") == "f"]
    assert len(frames) > 30
    for frame in frames:
        assert {str(use.get("href"))[1:] for use in frame} <= rows
    text = " ".join(word.text or "" for word in tree.iter(f"{space}text"))
    for shown in ("nats per character", "bigram", "tanh(W_xh", "of 19", "∂L"):
        assert shown in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_the_korean_readme_has_the_same_chapters_and_commands() -> None:
    english, korean = (ROOT / name for name in ("README.md", "README.ko.md"))

    def commands(page: Path) -> set[str]:
        return {line.partition("--prefix")[0].split('"')[0].strip() for line in lines(page)}

    assert commands(english) - commands(korean) <= {"rnn-tui picture.png --units byte"}
    assert commands(korean) <= commands(english)


def test_the_commands_page_is_what_help_says() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import make_commands; print(make_commands.page(), end='')"],
        cwd=ROOT / "scripts", capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    if sys.version_info[:2] == (3, 11):  # argparse words its usage otherwise in later versions
        assert page == done.stdout, "run python scripts/make_commands.py"
    for name in COMMANDS:
        assert f"## rnn-tui {name}\n" in page
