"""A copy of the program, to be extended by the files that CONTRIBUTING names."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("rnn_tui", "scripts", "docs")


def copied(folder: Path) -> Path:
    """Copy the program, its scripts and documents into a folder, and return the package there."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "rnn_tui"


def put(file: Path, mark: str, text: str) -> None:
    """Put text in the place of a mark that stands there once."""
    code = file.read_text(encoding="utf-8")
    assert code.count(mark) == 1, (file, mark)
    file.write_text(code.replace(mark, text), encoding="utf-8")


def changed(package: Path) -> set[str]:
    """Return the files of a copied package that are not as they are here."""
    return {
        name
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        for name in [path.relative_to(package).as_posix()]
        if not (ours := ROOT / "rnn_tui" / name).is_file() or ours.read_bytes() != path.read_bytes()
    }


def unnamed(package: Path, *things: str) -> set[str]:
    """Return the changed files that CONTRIBUTING does not name for adding these things.

    It names files, and folders for a new file.
    """
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [re.search(rf"^\| {thing} \| (.*) \|$", table, re.MULTILINE) for thing in things]
    named = {name for row in rows if row for name in re.findall(r"`([\w/]+(?:\.py|/))`", row[1])}
    assert all(rows), things
    new = {name for name in changed(package) if not (ROOT / "rnn_tui" / name).exists()}
    folders = {name for name in new if f"{Path(name).parent.as_posix()}/" in named}
    return changed(package) - named - folders


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    """Run the program in a folder that it was copied to; return exit code and both outputs."""
    done = subprocess.run(
        [sys.executable, "-m", "rnn_tui", *words],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr
