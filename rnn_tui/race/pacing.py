"""Whether the networks of a race go on: in rounds, at equal updates, or each by itself."""

from collections.abc import Callable

from rnn_tui.language import mark, phrase
from rnn_tui.protocol.commands import Command, Pause, Resume, RunToEpochEnd, RunUntil, Step
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.session import held
from rnn_tui.protocol.state import RunState
from rnn_tui.race.member import Member
from rnn_tui.race.members import Members
from rnn_tui.race.rounds import RoundLength

LATE = 3.0
"""Seconds of a round after which it is said who is waited for."""


class Pacing:
    """Tells the workers how far to train.

    At equal updates each is told to train until the same update, and the next round begins once
    all have answered; a network that can go no farther by itself is not waited for.
    """

    def __init__(
        self,
        members: Members,
        at_rest: Callable[[], None],
        clock: Callable[[], float],
        *,
        pace: Pace,
        running: bool,
    ) -> None:
        """Get ready.

        Args:
            members: Who races.
            at_rest: Called when a round has ended and none follows.
            clock: Seconds.
            pace: Whether they wait for one another.
            running: Whether they go on as soon as all stand ready.
        """
        self.members, self.pace, self.running = members, pace, running
        self._at_rest = at_rest
        self._length = RoundLength(clock)
        self._last: int | None = None
        """The update after which all stand still; None: there is none."""

    @property
    def under_way(self) -> bool:
        """Whether a round is."""
        return any(member.round is not None for member in self.members)

    def goes_on(self, member: Member) -> bool:
        """Return whether a network makes updates in rounds; between two of them it only stands."""
        return self._in_rounds and not member.out and (self.running or self.under_way)

    def go(self, command: Command) -> None:
        """Take what a person says of the run: go on, stand still, or a step.

        Flat out, the workers are to be told besides.
        """
        self.running, self._last = bool(command.goes_on), None
        chosen = self.members.chosen
        match command:
            case RunToEpochEnd() if chosen.snapshot is not None and chosen.info is not None:
                self._last = chosen.snapshot.epoch * chosen.info.windows_per_epoch
            case Step():
                self._last = max((m.update for m in self.members.ready), default=0) + 1
        for member in self.members:
            if member.out and command.goes_on:
                member.worker.send(Resume())  # going on past a limit takes a word of its own
            member.out = member.out and isinstance(command, Pause)
        self.next_round()

    def set_pace(self, pace: Pace) -> None:
        """Let them wait for one another, or not."""
        self.pace = pace
        self._break_off()
        self.go_on()

    def go_on(self) -> None:
        """Go on as before, after something has changed; who is left alone as any run does."""
        self.next_round()
        if self._in_rounds or not (self.running and self.members.complete):
            return
        for member in self.members.ready:
            if not member.out:
                member.worker.send(Resume())

    def next_round(self) -> None:
        """Begin a round, if there is to be one and none is under way."""
        if not self._in_rounds or self.under_way or not self.members.complete:
            return
        there = [member for member in self.members.ready if not member.out]
        if self._last is not None and all(member.update >= self._last for member in there):
            self.running, self._last = False, None
        if not there or (not self.running and self._last is None):
            return
        goal = min(member.update for member in there) + self._length.updates
        goal = goal if self._last is None else min(goal, self._last)
        self._length.begin()
        for member in there:
            # An answer that comes at once is one of a worker that is gone, which is told of, too.
            member.round = member.worker.send(RunUntil(goal))

    def arrived(self, member: Member, answer: Done | Refused) -> None:
        """Take the answer of a round; a text says why it has not come to the goal."""
        reached = isinstance(answer, Done) and not answer.text
        if reached and isinstance(answer.command, RunUntil):
            member.update = max(member.update, answer.command.update)
        member.out = not reached
        self.left(member)

    def left(self, member: Member) -> None:
        """Do not wait for it in this round any more; of two, the other goes on alone."""
        was_awaited, member.round = member.round is not None, None
        if not self.members.racing:
            self._break_off()
            self.go_on()
        elif was_awaited and not self.under_way:
            self._length.end()
            self.next_round()
            if not self.under_way:
                self._at_rest()

    def is_going(self, member: Member) -> bool:
        """Return whether it makes updates."""
        return member.ready and self.state_of(member)[0] == "running"

    def is_moving(self, member: Member) -> bool:
        """Return whether its next snapshot will be another one though nobody touches a key."""
        seen = member.snapshot is None or member.snapshot.update == member.update
        return self.is_going(member) or (member.ready and not seen)

    def state_of(self, member: Member) -> tuple[RunState, str]:
        """Return whether a network trains, and why not; between two rounds it does not stand."""
        if member.fault is not None:
            return "stopped", member.fault.reason
        if member.snapshot is None:
            return "paused", mark("Its worker is starting.")
        if self._is_late and member.round is not None and member.worker.stopped:
            return "paused", held(member.worker.pid)
        now = member.snapshot
        goes_on = self.running or member.round is not None
        if not (self._in_rounds and goes_on and not member.out and now.state == "paused"):
            return now.state, now.reason
        waits = self._is_late and member.round is None
        return "running", phrase(
            "Waits for {names}.", names=", ".join(self._awaited)
        ) if waits else ""

    @property
    def _awaited(self) -> list[str]:
        return [m.entrant.name for m in self.members if m.round is not None]

    @property
    def _is_late(self) -> bool:
        """Whether somebody has been waited for so long that it is to be said."""
        return self.under_way and self._length.seconds > LATE

    @property
    def _in_rounds(self) -> bool:
        return self.pace == "equal" and self.members.racing

    def _break_off(self) -> None:
        """Wait for nobody; what is answered to this round counts no more."""
        for member in self.members:
            member.round = None
        self._at_rest()
