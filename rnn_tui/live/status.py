"""Whether a run goes on, and if not, why: one value, so that only what is possible can be said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.language import phrase
from rnn_tui.live.remedies import told
from rnn_tui.protocol.snapshot import RunState


@dataclass(frozen=True, slots=True)
class Running:
    """Updates follow one another."""

    until: int | None = None
    """The update to pause after; None: there is none."""
    there: str = ""
    """What is to be said then, in a sentence."""

    name: ClassVar[RunState] = "running"
    reason: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Paused:
    """It stands still until somebody says otherwise."""

    reason: str

    name: ClassVar[RunState] = "paused"


@dataclass(frozen=True, slots=True)
class Travelling:
    """Updates of the past are replayed on the way to another moment."""

    goal: int
    """The update of that moment."""
    then: Callable[[], object] | None = None
    """What to do there; None: nothing."""

    name: ClassVar[RunState] = "paused"

    @property
    def reason(self) -> str:
        """Where it goes, in a sentence."""
        return phrase("Going to update {update} …", update=f"{self.goal:,}")


@dataclass(frozen=True, slots=True)
class Finished:
    """A limit of the settings is reached."""

    reason: str

    name: ClassVar[RunState] = "finished"


@dataclass(frozen=True, slots=True)
class Diverged:
    """The next update was not made."""

    finding: Finding

    name: ClassVar[RunState] = "diverged"

    @property
    def reason(self) -> str:
        """What was found, and the keys that help, in a sentence."""
        return told(self.finding)


Status = Running | Paused | Travelling | Finished | Diverged
"""Each has a `name` for the screen and a `reason` why the run stands still; empty: it does not."""
