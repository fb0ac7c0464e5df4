"""What the screen asks to see of a race, and what it is shown."""

import os
from collections.abc import Callable
from dataclasses import replace

from rnn_tui.protocol.commands import View
from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.member import Member
from rnn_tui.race.members import Members
from rnn_tui.race.pacing import Pacing


class Looking:
    """Asks the workers, and answers with the chosen one's snapshot and, in it, all of them.

    The others are shown as they were when last heard of: nobody waits for a slow one.
    """

    def __init__(
        self, members: Members, pacing: Pacing, listener: Listener, clock: Callable[[], float]
    ) -> None:
        """Get ready.

        Args:
            members: Who races.
            pacing: Whether they go on.
            listener: Gets the snapshots.
            clock: Seconds.
        """
        self._members, self._pacing = members, pacing
        self._listener, self._clock = listener, clock
        self._view = View()
        self._waiting = False
        """Whether the screen waits for a snapshot."""
        self._changed = False
        """Whether the race itself is another since the last one: then the answer is what was last
        heard, for a worker may take long."""

    @property
    def of_all(self) -> bool:
        """Whether the screen looks at the race, and its keys are about all networks."""
        return self._members.racing and self._view.race

    def ask(self, view: View) -> None:
        """Ask all that are looked at."""
        self._view, self._waiting = view, True
        chosen = self._members.chosen
        if chosen.fault is not None and not view.race:
            self._waiting = False
            self._listener(chosen.fault)
            return
        chosen.look(view)
        for member in self._members.others if view.race else ():
            busy = member.snapshot is not None and member.snapshot.busy
            if busy or self._pacing.is_moving(member):
                self._look_beside(member)
            else:
                self._look_if_other(member)
        if chosen.fault is not None or (self._changed and view.race):
            self._answer()

    def again(self) -> None:
        """Ask what the screen waits for once more: the chosen one is another, or its worker."""
        if self._waiting:
            self.ask(self._view)

    def race_changed(self) -> None:
        """Take that there is more to see than workers have told."""
        self._changed = True
        self.again()

    def saw(self, member: Member, snapshot: Snapshot) -> None:
        """Take a snapshot; that of the chosen one is what the screen may wait for."""
        member.saw(snapshot, self._clock())
        if member is self._members.chosen:
            if self._waiting:
                self._answer()
        elif self.of_all:
            self._look_if_other(member)

    @property
    def _beside(self) -> View:
        """What is looked at of those that are not chosen."""
        return replace(self._view, steps=0, samples=1, memorized=False, inside=(), race=False)

    def _look_if_other(self, member: Member) -> None:
        """Ask for what its snapshot does not show yet, as a prefix that was typed meanwhile."""
        if member.shown != self._beside:
            self._look_beside(member)

    def _look_beside(self, member: Member) -> None:
        if member.asked is None:
            member.look(self._beside)

    def _answer(self) -> None:
        chosen = self._members.chosen
        now = chosen.snapshot
        if now is None and chosen.fault is not None:
            # It was gone before anybody looked: of the race there is more to see than of it.
            now = next((m.snapshot for m in self._members if m.snapshot is not None), None)
        if now is None:
            return
        self._waiting = self._changed = False
        self._listener(self._with_race(now) if self._members.racing else now)

    def _with_race(self, now: Snapshot) -> Snapshot:
        """Return the chosen one's snapshot as the race has it."""
        members, pacing, chosen = self._members, self._pacing, self._members.chosen
        state, reason = pacing.state_of(chosen)
        if self.of_all and any(map(pacing.is_going, members)):
            state, reason = "running", ""  # what the keys of its page are about is the race
        more_to_come = any(map(pacing.is_moving, members)) or any(
            member.asked is not None for member in members.others if member.ready
        )
        return replace(
            now,
            state=state,
            reason=reason,
            updates_per_second=chosen.pace.rate(self._clock()) if state == "running" else 0.0,
            busy=now.busy or more_to_come,
            race=self._race(),
        )

    def _race(self) -> RaceView:
        chosen = self._members.chosen
        config = chosen.info.config if chosen.info else chosen.entrant.config
        return RaceView(
            entrants=tuple(m.view(*self._pacing.state_of(m)) for m in self._members),
            chosen=self._members.chosen_place,
            pace=self._pacing.pace,
            cores=os.cpu_count() or 1,
            characters=config.batch_size * config.seq_length,
        )
