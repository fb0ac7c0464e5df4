"""Whether the networks of a race go on: in rounds, at equal updates, or each by itself."""

from collections.abc import Callable

from rnn_tui.protocol.commands import Command, Pause, Resume, RunToEpochEnd, RunUntil, Step
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.state import RunState
from rnn_tui.race.member import Member
from rnn_tui.race.rounds import Rounds


class Pacing:
    """Tells the workers how far to train.

    At equal updates each is told to train until the same update, and the next round begins once
    all have answered; a network that can go no farther by itself is not waited for.
    """

    def __init__(
        self,
        members: list[Member],
        run_until: Callable[[Member, int], int],
        clock: Callable[[], float],
        *,
        pace: Pace,
        running: bool,
    ) -> None:
        """Get ready.

        Args:
            members: Who races; the list of the race itself.
            run_until: Tells one to train until an update and returns its ticket; `answered` is
                called with the answer.
            clock: Seconds.
            pace: Whether they wait for one another.
            running: Whether they go on as soon as all stand ready.
        """
        self.members, self.pace, self.running = members, pace, running
        self._run_until = run_until
        self._rounds = Rounds(clock)
        self._last: int | None = None
        """The update after which all stand still; None: there is none."""

    @property
    def under_way(self) -> bool:
        """Whether a round is."""
        return bool(self._rounds.awaited)

    @property
    def complete(self) -> bool:
        """Whether every worker has once stood ready."""
        return all(member.info is not None for member in self.members)

    def go(self, command: Command, chosen: Member) -> None:
        """Take what a person says of the run: go on, stand still, or a step.

        Flat out, the workers are to be told besides.
        """
        self.running, self._last = bool(command.goes_on), None
        match command:
            case RunToEpochEnd() if chosen.snapshot is not None and chosen.info is not None:
                self._last = chosen.snapshot.epoch * chosen.info.windows_per_epoch
            case Step():
                self._last = max((m.update for m in self.members if m.ready), default=0) + 1
        for member in self.members:
            if member.out and command.goes_on:
                member.worker.send(Resume())  # going on past a limit takes a word of its own
            member.out = member.out and isinstance(command, Pause)
        self.next_round()

    def set_pace(self, pace: Pace) -> None:
        """Let them wait for one another, or not; a round that is under way is broken off."""
        self.pace = pace
        self._rounds.awaited.clear()
        for member in self.members:
            member.round = None
        self.go_on()

    def go_on(self) -> None:
        """Go on as before, after something has changed."""
        self.next_round()
        if self.pace == "flat out" and self.running and self.complete:
            for member in self.members:
                if member.ready and not member.out:
                    member.worker.send(Resume())

    def next_round(self) -> None:
        """Begin a round, if there is to be one and none is under way."""
        if self.pace != "equal" or self.under_way or not self.complete or len(self.members) < 2:
            return
        there = [member for member in self.members if member.ready and not member.out]
        if self._last is not None and all(member.update >= self._last for member in there):
            self.running, self._last = False, None
        if not there or (not self.running and self._last is None):
            return
        goal = self._rounds.begin((member.update for member in there), self._last)
        self._rounds.awaited = {id(member) for member in there}
        for member in there:
            member.round = self._run_until(member, goal)

    def go_alone(self) -> None:
        """Let the last one that is left go on by itself, as any run does."""
        self._rounds.awaited.clear()
        for member in self.members:
            member.round = None
            if self.running:
                member.worker.send(Resume())

    def answered(self, member: Member, answer: Done | Refused) -> None:
        """Take the answer to `run_until`; a text says why it has not come there."""
        if answer.ticket != member.round:
            return  # of a round that was broken off
        reached = isinstance(answer, Done) and not answer.text
        if reached and isinstance(answer.command, RunUntil):
            member.update = max(member.update, answer.command.update)
        member.out = not reached
        self.left(member)

    def left(self, member: Member) -> None:
        """Do not wait for it in this round any more."""
        if self._rounds.arrived(id(member)):
            self.next_round()

    def is_going(self, member: Member) -> bool:
        """Return whether it makes updates."""
        return member.ready and self.state_of(member)[0] == "running"

    def is_moving(self, member: Member) -> bool:
        """Return whether its next snapshot will be another one though nobody touches a key."""
        seen = member.snapshot is None or member.snapshot.update == member.update
        return member.ready and not (seen and self.state_of(member)[0] != "running")

    def state_of(self, member: Member) -> tuple[RunState, str]:
        """Return whether a network trains, and why not; between two rounds it does not stand."""
        if member.fault is not None:
            return "stopped", member.fault.reason
        if member.snapshot is None:
            return "paused", "Its worker is starting."
        now = member.snapshot
        goes_on = self.running or id(member) in self._rounds.awaited
        in_step = self.pace == "equal" and goes_on and not member.out
        return ("running", "") if in_step and now.state == "paused" else (now.state, now.reason)
