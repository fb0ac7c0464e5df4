"""Texts whose lines are records: tables, JSON lines, lists in alphabetical order."""

import csv
import json
import re
import shlex
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rnn_tui.language import joined, mark, phrase

FEW = 10
"""Fewer lines show nothing."""
_MANY, _NEARLY_ALL, _ALL = 50, 0.95, 0.99
_NAMES = {"\t": mark("tabs"), ",": mark("commas"), ";": mark("semicolons"), "|": mark("bars")}


def json_lines(lines: Sequence[str]) -> str:
    """Return a note where nearly every line is an object in JSON; else nothing."""
    objects = [found for line in lines if (found := _object(line))]
    if len(lines) < FEW or len(objects) < _NEARLY_ALL * len(lines):
        return ""
    letters: Counter[str] = Counter()
    for found in objects:
        letters.update({name: len(value) for name, value in found.items() if type(value) is str})
    name = next(iter(letters.most_common(1)), ("FIELD", 0))[0]
    field = f".{name}" if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) else ".FIELD"
    return phrase(
        "It is JSON lines: braces, quotation marks and names of fields are learned like the rest. "
        "One field alone: {command}.",
        command=f"jq -r {field} FILE | rnn-tui -",
    )


def _object(line: str) -> dict[str, object] | None:
    if not line.startswith("{"):
        return None
    try:
        found: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def table(lines: Sequence[str]) -> str:
    """Return a note where nearly every line has the same number of columns; else nothing.

    Two columns by anything but tabs are believed only where all of many lines have them, without a
    blank: prose in short lines may have one comma in most.
    """
    for delimiter, name in _NAMES.items():
        rows = _rows(lines, delimiter)
        columns, count = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        sure = columns > 2 or (columns == 2 and delimiter == "\t")
        least, share = (FEW, _NEARLY_ALL) if sure else (_MANY, _ALL)
        if not sure and any(delimiter + " " in line for line in lines):
            continue
        if columns > 1 and len(rows) >= least and count >= share * len(rows):
            return _told_table([row for row in rows if len(row) == columns], delimiter, name, lines)
    return ""


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    if sum(delimiter in line for line in lines) < FEW:
        return []
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:  # a field too long
        return []


def _told_table(
    rows: Sequence[Sequence[str]], delimiter: str, name: str, lines: Sequence[str]
) -> str:
    said = phrase(
        "It is a table of {count} columns by {delimiters}, which are learned like the rest.",
        count=len(rows[0]),
        delimiters=phrase(name),
    )
    if delimiter != "\t" and any('"' in line for line in lines):
        return joined([said, phrase("A file with one column alone would be plain text.")])
    letters = [sum(map(len, column)) for column in zip(*rows, strict=True)]
    option = "" if delimiter == "\t" else f"-d{shlex.quote(delimiter)} "
    command = f"cut {option}-f{letters.index(max(letters)) + 1} FILE | rnn-tui -"
    return joined([said, phrase("One alone: {command}.", command=command)])


def in_order(lines: Sequence[str]) -> bool:
    """Return whether so many different lines stand in alphabetical order that it is no chance."""
    keys = [key for line in lines if (key := _key(line))]
    pairs = list(pairwise(keys))
    rising = sum(a <= b for a, b in pairs)
    steps = sum(a < b for a, b in pairs)
    return len(keys) >= _MANY and rising >= _ALL * len(pairs) and steps >= len(pairs) / 2


def alphabetical(lines: Sequence[str]) -> str:
    """Note that lines are `in_order`, where they begin with several letters; else nothing."""
    firsts = Counter(key[0] for line in lines if (key := _key(line)))
    if sum(count for first, count in firsts.items() if first.isalpha()) < _NEARLY_ALL * len(lines):
        return ""  # numbers that count, or times of a log
    if len(firsts) < 4:
        return ""
    return phrase(
        "Its lines are in alphabetical order, so its end, which a validation reads, begins with "
        "other letters than the rest. In any order: shuf FILE | rnn-tui -."
    )


def _key(line: str) -> str:
    """Letters and digits alone, without case and accents: as dictionaries are sorted."""
    letters = unicodedata.normalize("NFKD", line.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
