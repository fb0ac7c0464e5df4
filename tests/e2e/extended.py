"""A copy of the program, to be extended by the files that CONTRIBUTING names."""

import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.cli.forked import run_forked

ROOT = Path(__file__).parents[2]
PARTS = ("rnn_tui", "scripts", "docs")


def copied(folder: Path) -> Path:
    """Copy the program, its scripts and documents into a folder, and return the package there."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)  # what is compiled, too
    return folder / "rnn_tui"


def put(file: Path, mark: str, text: str) -> None:
    """Put text in the place of a mark that stands there once."""
    code = file.read_text(encoding="utf-8")
    assert code.count(mark) == 1, (file, mark)
    file.write_text(code.replace(mark, text), encoding="utf-8")


def contents(package: Path) -> dict[str, bytes]:
    """Return what the files of a package hold."""
    paths = (path for path in package.rglob("*") if path.is_file())
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in paths
        if "__pycache__" not in path.parts
    }


def unnamed(touched: Collection[str], old: Collection[str], *things: str) -> set[str]:
    """Return the files that CONTRIBUTING does not name for adding these things.

    It names files, and folders for new ones.

    Args:
        touched: Files that are new or changed.
        old: Files that were there before.
        things: First words of rows in its table.
    """
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [re.search(rf"^\| {thing} \| (.*) \|$", table, re.MULTILINE) for thing in things]
    assert all(rows), things
    named = {name for row in rows if row for name in re.findall(r"`([\w/]+(?:\.py|/))`", row[1])}
    rooms = {name: f"{Path(name).parent.as_posix()}/" for name in touched if name not in old}
    return {name for name in touched if name not in named and rooms.get(name) not in named}


@contextmanager
def adding(package: Path, *things: str, places: int | None = None) -> Iterator[None]:
    """Add things to a copied package by files that CONTRIBUTING names for them.

    Args:
        package: The copy.
        things: First words of rows in its table.
        places: How many files that takes; None: any number.
    """
    before = contents(package)
    yield
    touched = {name for name, held in contents(package).items() if before.get(name) != held}
    assert not unnamed(touched, before, *things)
    assert len(touched) == (places or len(touched))


def run(folder: Path, *lines: Sequence[str]) -> list[tuple[int, str, str]]:
    """Run lines one after the other in a folder that the program was copied to.

    Returns:
        Exit code and both outputs of each.
    """
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return [
        (done.returncode, done.stdout.decode(), done.stderr.decode())
        for done in run_forked(lines, folder=folder, environment=environment)
    ]
