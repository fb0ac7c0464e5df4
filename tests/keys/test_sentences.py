"""No sentence says a key itself: keys can be remapped, so sentences hold their names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rnn_tui
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.strokes import face

PACKAGE = Path(rnn_tui.__file__).parent
STATED = ("commands/", "keys/", "exports/", "web/", "charsets/")
"""Not the screen's: what is said without a terminal names the table (`rnn-tui keys`)."""
FACES = {face(stroke) for key in KeyTable().rows for stroke in key.strokes} | {"Esc", "Home", "End"}
KEYS = "|".join(map(re.escape, sorted(FACES - {"a", "{"}, key=len, reverse=True)))
DEEDS = (
    "goes|does|makes|saves|checks|tells|says|pauses|resumes|takes|opens|leaves|quits|shows|starts|"
    "steps|begins|turns|lowers|raises|closes|copies|explains|brings|adds|ends|undoes|writes"
)
SPOKEN = re.compile(rf"(?<![^\s(“`])(?:{KEYS})[`”]? (?:{DEEDS})\b|[Pp]ress (?:{KEYS})(?!\w|\{{)")
"""A key that does something, or that one is to press."""


def sentences(source: str) -> Iterator[str]:
    """Return the texts in a module that are sentences; values in them become an ellipsis."""
    tree = ast.parse(source)
    silent = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.JoinedStr)
        for part in (node.values if isinstance(node, ast.JoinedStr) else [node.value])
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def test_no_sentence_of_the_screen_says_a_key_itself() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(STATED):
            texts = sentences(path.read_text(encoding="utf-8"))
            found += [(name, m[0], text) for text in texts for m in SPOKEN.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "There is one branch only: [ goes back, and going on from there starts another.",
        "This run is not kept by itself. w saves it elsewhere.",
        "gradient −0.0719  c checks it",
        "→ goes through the next update, one micro-step at a time.",
        "a whole time step; End makes the update, Home goes back to before it.",
        " (? tells 2 more)",
        "Press space, then s several times.",
    ],
)
def test_such_a_sentence_would_be_found(text: str) -> None:
    assert SPOKEN.search(text)


def test_every_key_that_a_sentence_names_is_one() -> None:
    mention = re.compile(r"\{([a-z]+\.[a-z_]+)\}")
    names = {key.id for key in KeyTable().rows}
    groups = {name.partition(".")[0] for name in names}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in sentences(path.read_text(encoding="utf-8")):
            mentioned = {name for name in mention.findall(text) if name.partition(".")[0] in groups}
            assert mentioned <= names, path
