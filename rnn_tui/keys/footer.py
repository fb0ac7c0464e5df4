"""The footer: the most important keys that fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.key import Key, Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the footer: the keys that share a label."""

    keys: tuple[Key, ...]
    label: str

    @property
    def width(self) -> int:
        """Columns it takes: faces and label with blanks between."""
        return sum(len(key.face) + 1 for key in self.keys) + len(self.label)


def footer(
    width: int, scopes: Iterable[Scope], *, standing: bool, table: KeyTable | None = None
) -> list[Entry]:
    """Return the entries for a footer of `width` columns, the most important ones that fit.

    They keep the order of the table; two blanks stand between entries, one before the first.
    """
    shown = [key for key in (table or KeyTable()).of(scopes) if key.rank]
    entries = [
        Entry(tuple(keys), label)
        for label, keys in groupby(shown, lambda k: (standing and k.standing) or k.label)
    ]
    room = width - 1
    kept = []
    for entry in sorted(entries, key=lambda e: e.keys[0].rank):
        if entry.width > room:
            break
        room -= entry.width + 2
        kept.append(entry)
    return [entry for entry in entries if entry in kept]
