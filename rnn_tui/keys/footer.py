"""The footer: the most important keys that fit."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.key import Key, Scope
from rnn_tui.language import cells, tr

WITHOUT_WORKER = ("train.restart", "screen.", "race.back", "app.")
"""How the names of keys begin that work while there is no worker."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the footer: the keys that share a label."""

    keys: tuple[Key, ...]
    label: str

    @property
    def spots(self) -> list[tuple[Key, str]]:
        """Every key and what stands for it; characters stand close together, as in `<> rate`."""
        close = all(len(key.face) == 1 for key in self.keys)
        between = ["" if close else " "] * (len(self.keys) - 1) + [" " + self.label]
        return [(key, key.face + more) for key, more in zip(self.keys, between, strict=True)]

    @property
    def faces(self) -> str:
        """The keys as they are shown."""
        return "".join(text for _, text in self.spots).removesuffix(f" {self.label}")

    @property
    def width(self) -> int:
        """Columns it takes: faces and label with blanks between."""
        return sum(cells(text) for _, text in self.spots)


def footer(
    width: int,
    scopes: Iterable[Scope],
    *,
    standing: bool,
    fallen: bool = False,
    relabeled: Mapping[str, str] | None = None,
    raised: Collection[str] = (),
    table: KeyTable | None = None,
) -> list[Entry]:
    """Return the entries for a footer of `width` columns, in the language that is spoken.

    The most important ones that fit keep the order of the table; two blanks stand between entries.
    Without a worker (`fallen`) few keys work, and only those are shown. `relabeled` has the labels
    of keys, by their names, that do something else than usual now, empty where they do nothing.
    The keys named in `raised` are the first to get room.
    """
    other = relabeled or {}
    shown = [key for key in (table or KeyTable()).of(scopes) if key.rank]
    shown = [key for key in shown if not fallen or key.id.startswith(WITHOUT_WORKER)]

    def label_of(key: Key) -> str:
        return tr(other.get(key.id, (standing and key.standing) or key.label))

    entries = [Entry(tuple(keys), label) for label, keys in groupby(shown, label_of) if label]
    room = width
    kept = []
    for entry in sorted(entries, key=lambda e: (e.keys[0].id not in raised, e.keys[0].rank)):
        if entry.width > room:
            break
        room -= entry.width + 2
        kept.append(entry)
    return [entry for entry in entries if entry in kept]
