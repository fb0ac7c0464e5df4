"""What a page shows, to the clipboard of the terminal it is shown in (OSC 52)."""

from dataclasses import dataclass
from typing import Literal, Protocol

from textual.app import App

from rnn_tui.language import counted, mark, phrase
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.pasteable import pasteable
from rnn_tui.text.vocab import Units, Vocab
from rnn_tui.tui.control.controls import Controls

MOST_BYTES = 50_000
"""Of UTF-8: 66,668 of base64. Terminals drop or cut sequences that are longer than about 74,000."""
NOTHING = mark("There is nothing to copy here yet.")

CopyKind = Literal["page", "sample"]

_UNITS: dict[str, Units] = {"byte": "byte", "letter": "jamo"}
"""By what one symbol is called; any other is a character."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A text and what it is called after `the`."""

    what: str
    text: str


def newest_sample(snapshot: Snapshot, info: RunInfo) -> Copied | None:
    """Return the newest sample as it was written, all of it."""
    ids = snapshot.samples[0].ids.tolist() if snapshot.samples else []
    return Copied(mark("the sample"), _decoded(ids, info)) if ids else None


def continuation(snapshot: Snapshot, info: RunInfo) -> Copied | None:
    """Return what the network would write after the prefix; None: there is no prefix."""
    view = snapshot.prefix
    if view is None or not view.continuation.size:
        return None
    ids = [*view.unfinished.tolist(), *view.continuation.tolist()]
    return Copied(mark("the prefix's continuation"), _decoded(ids, info))


def _decoded(ids: list[int], info: RunInfo) -> str:
    return Vocab(info.letters, _UNITS.get(info.unit, "char")).decode(ids)


def within(text: str, most: int = MOST_BYTES) -> str:
    """Return as much of a text as takes at most `most` bytes; no character is cut in two."""
    return text.encode()[:most].decode(errors="ignore")


def told(copied: Copied, kept: str, whole: str) -> str:
    """Say what was copied, and what was left out."""
    what, count = phrase(copied.what), counted(len(whole), "character")
    if len(kept) < len(whole):
        return phrase(
            "Copied the first {first} of the {all} of {what}.",
            first=f"{len(kept):,}",
            all=count,
            what=what,
        )
    return phrase("Copied {what}, {all}.", what=what, all=count)


class Page(Protocol):
    """A screen that has something to copy."""

    @property
    def nothing_to_copy(self) -> str:
        """What is said where it has nothing."""

    def copied(self, kind: CopyKind) -> Copied | None:
        """Return what is wished for; None: it is not there."""


class Copying(App[None]):
    """The action of the keys that copy; nothing is asked of the worker, which may be gone."""

    controls: Controls

    @property
    def front(self) -> Page | None:
        """The screen that shows the run."""
        raise NotImplementedError

    def _tell(self) -> None:
        raise NotImplementedError

    def action_copy(self, kind: CopyKind) -> None:
        """Copy what the page shows, and say what that was."""
        front = self.front
        copied = front.copied(kind) if front else None
        if copied is None:
            self.controls.say(front.nothing_to_copy if front else NOTHING)
        else:
            whole = pasteable(copied.text)
            kept = within(whole)
            self.copy_to_clipboard(kept)
            self.controls.say(told(copied, kept, whole))
        self._tell()
