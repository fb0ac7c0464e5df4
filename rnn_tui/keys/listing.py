"""The keys as a list: for the documentation, and for `rnn-tui keys`."""

from collections.abc import Iterator
from itertools import groupby

from rnn_tui.keys.in_force import KeyTable

_KEYS, _NAME = 18, 24
"""Columns for the keys and for the name."""


def markdown(table: KeyTable) -> str:
    """Return the keys as a Markdown table."""
    rows = ["| key | name | what it does |", "|---|---|---|"]
    for key in table.rows:
        keys = " ".join(f"`{stroke}`" for stroke in key.strokes)
        rows.append(f"| {keys} | `{key.id}` | {key.title}. {table.named(key.sentence)} |")
    return "\n".join(rows).replace("`|`", "`\\|`") + "\n"


def lines(table: KeyTable) -> Iterator[str]:
    """Yield the lines of a list for people; what the user has remapped has a star."""
    for group, keys in groupby(table.rows, lambda key: key.group):
        yield ""
        yield group
        for key in keys:
            star = "*" if key.id in table.changed else " "
            yield f"{star} {'  '.join(key.strokes):{_KEYS}}  {key.id:{_NAME}}  {key.title}"


def records(table: KeyTable) -> Iterator[dict[str, object]]:
    """Yield the keys for programs."""
    for key in table.rows:
        yield {
            "name": key.id,
            "keys": list(key.strokes),
            "where": key.scope,
            "title": key.title,
            "sentence": table.named(key.sentence),
            "remapped": key.id in table.changed,
        }
