"""One network of a race, seen from the race: its worker and what was last heard of it."""

from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from rnn_tui.live.pace import Meter
from rnn_tui.protocol.commands import Look, View
from rnn_tui.protocol.curves import Curves, Floats, Ints
from rnn_tui.protocol.race import EntrantView
from rnn_tui.protocol.replies import Failed, Lost
from rnn_tui.protocol.session import SessionLike
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.state import RunState
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.working_time import WorkingTime

NONE: Floats = np.empty(0)
NO_CURVES = Curves(NONE, NONE, NONE, NONE, NONE, NONE)
NO_IDS: Ints = np.empty(0, np.int64)


class Worker(SessionLike, Protocol):
    """What a race needs of a session."""

    def step_back(self) -> None:
        """Let the screen have the processor first."""


@dataclass(eq=False)
class Member:
    """One of the networks."""

    entrant: Entrant
    worker: Worker
    number: int = 0
    """Its own among those in the race."""
    info: RunInfo | None = None
    """None: its worker is still starting."""
    snapshot: Snapshot | None = None
    fault: Failed | Lost | None = None
    """What ended its worker; None: there is one."""
    update: int = 0
    """Updates it has made, as far as is known."""
    out: bool = False
    """Whether it can go no farther by itself: it is finished, has diverged, or is elsewhere."""
    round: int | None = None
    """The ticket of its part in the present round; None: it has none, or has arrived."""
    asked: View | None = None
    """What it was asked to show and has not yet; None: nothing."""
    shown: View | None = None
    """What its snapshot shows; None: there is none of this worker."""
    time: WorkingTime = field(default_factory=WorkingTime)
    work: Meter = field(default_factory=Meter)
    """Updates by the seconds at work."""
    pace: Meter = field(default_factory=Meter)
    """Updates by the clock, what it waits for the others included."""

    @property
    def ready(self) -> bool:
        """Whether it has a worker that can train."""
        return self.info is not None and self.fault is None

    def look(self, view: View) -> None:
        """Ask its worker what is to be seen of it alone."""
        if self.ready:
            self.asked = replace(view, race=False)
            self.worker.send(Look(self.asked))

    def saw(self, snapshot: Snapshot, now: float) -> None:
        """Take what its worker tells of now, by the clock."""
        self.asked, self.shown, before = None, self.asked, self.snapshot
        travels = snapshot.past is not None and snapshot.past.goal is not None
        if travels or (before is not None and snapshot.update < before.update):
            self._forget_pace()
        self.snapshot, self.update = snapshot, snapshot.update
        self.time.note(snapshot.update, snapshot.seconds)
        self.work.note(snapshot.seconds, snapshot.update)
        self.pace.note(now, snapshot.update)

    def began(self, info: RunInfo, update: int) -> None:
        """Take that it stands ready, or begins anew."""
        self.info, self.update, self.fault, self.out = info, update, None, False
        self.asked = self.shown = None
        self._forget_pace()

    def _forget_pace(self) -> None:
        self.work.clear()
        self.pace.clear()

    def view(self, state: RunState, reason: str) -> EntrantView:
        """Return what the screen sees of it, standing or going as the race says."""
        now, info = self.snapshot, self.info
        curves = now.curves if now else NO_CURVES
        prefix = now.prefix if now else None
        return EntrantView(
            name=self.entrant.name,
            number=self.number,
            config=info.config if info else self.entrant.config,
            parameter_count=info.parameter_count if info else 0,
            state=state,
            reason=reason,
            update=self.update,
            smoothed=now.smoothed if now else np.nan,
            validation=now.validation if now else None,
            updates_per_second=self.work.rate(self.work.points[-1][0]) if self.work.points else 0.0,
            curves=curves,
            seconds=self.time.at(curves.update),
            sample=now.samples[0].ids if now and now.samples else NO_IDS,
            next_ids=prefix.top_ids if prefix else NO_IDS,
            next_probs=prefix.top_probs if prefix else NONE,
        )
