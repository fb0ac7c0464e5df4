"""One thing a key does."""

import re
from dataclasses import dataclass

from rnn_tui.keys.strokes import face

Group = str
"""Under which heading a key stands in lists."""
Scope = str
"""Where a key works: the name of a page, or one of those in `in_force`."""

_PAGE = re.compile(r"page\('(\w+)'\)")


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does."""

    id: str
    """Name for remapping."""
    keys: str
    """The keys, as they are written in `config.toml`, blanks between them."""
    action: str
    label: str
    """One or two words for the footer; neighbors with the same label share it."""
    title: str
    """What it does, for help and palette."""
    sentence: str
    """The same in a beginner's words; `{train.step}` stands for that key, whichever it is."""
    group: Group
    rank: int = 0
    """Place in the queue for room in the footer, 1 first; 0: never there."""
    scope: Scope = "app"
    """Where it is bound: everywhere, on one screen, while text is being typed."""
    standing: str = ""
    """The label while training stands still, where it differs."""
    urgent: bool = False
    """It moves the keyboard to somebody else: done before the next key finds its way."""

    @property
    def strokes(self) -> tuple[str, ...]:
        """The keys, one by one."""
        return tuple(self.keys.split())

    @property
    def page(self) -> Scope | None:
        """The page that it opens, if it opens one."""
        found = _PAGE.fullmatch(self.action)
        return found[1] if found else None

    @property
    def face(self) -> str:
        """The first of them as a person reads it."""
        return face(self.strokes[0])

    @property
    def others(self) -> str:
        """The others as a person reads them; empty where there are none."""
        return " ".join(map(face, self.strokes[1:]))
