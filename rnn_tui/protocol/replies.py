"""What comes up from the worker besides snapshots."""

from dataclasses import dataclass

from rnn_tui.protocol.commands import Command
from rnn_tui.protocol.snapshot import RunInfo, Snapshot


@dataclass(frozen=True, slots=True)
class Started:
    """The network stands and training can begin; sent again after a restart."""

    info: RunInfo
    update: int = 0
    """Updates that were made before, as by the run of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Done:
    """The command was carried out; `text` says what came of it, where that is worth saying."""

    ticket: int
    command: Command
    text: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The command was not carried out, and why."""

    ticket: int
    command: Command
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker raised; it has left. `reason` is one line, `details` the traceback."""

    reason: str
    details: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker is gone without a word (killed, out of memory); made by the session."""

    exit_code: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the screen should say though it asked for nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Left:
    """The worker's last word: what became of the run."""

    update: int
    """Where the run stood."""
    kept: bool = False
    """Whether it is kept by itself."""
    unsaved: str = ""
    """Why the checkpoint that was asked for is not written; empty: it is, or none was."""


Message = Started | Done | Refused | Failed | Lost | Notice | Snapshot
"""All that a session hands to its listener."""
