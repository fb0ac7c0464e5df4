"""`rnn-tui race … --updates N`: networks trained side by side without a screen, and compared."""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from queue import Empty, SimpleQueue

from rnn_tui.plain.race.told import nothing, print_table, tell_entrant, tell_point
from rnn_tui.plain.train.stop import Stop
from rnn_tui.protocol.commands import Look, RunUntil, View
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Notice, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entering import MakeWorker
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.member import Member
from rnn_tui.standard_streams import complain

GONE = 3
"""Exit code where a network did not come to the end."""
PATIENCE = 0.2
"""Seconds between two looks whether a signal has come."""
VIEW = View(steps=0, rows=1, bins=1, continuation=1, samples=0)


def points_of(updates: int, count: int) -> tuple[int, ...]:
    """Return at most `count` updates, evenly apart, the last of them `updates`."""
    return tuple(sorted({ceil(updates * number / count) for number in range(1, count + 1)}))


class Course:
    """Networks that train from point to point; at equal updates all wait for the last one."""

    def __init__(
        self,
        entrants: Sequence[Entrant],
        make: MakeWorker,
        points: tuple[int, ...],
        pace: Pace,
        told: Callable[[Member], None],
    ) -> None:
        """Get ready.

        Args:
            entrants: Who races.
            make: Makes a session that stands still at first.
            points: Updates after which `told` is called, for each network.
            pace: Whether they wait for one another.
            told: Takes a network that has come to a point.
        """
        self.points, self.pace, self.told = points, pace, told
        self._inbox: SimpleQueue[tuple[int, Message]] = SimpleQueue()
        self.members = [
            Member(entrant, make(entrant, partial(self._put, number)))
            for number, entrant in enumerate(entrants)
        ]

    def _put(self, number: int, message: Message) -> None:
        self._inbox.put((number, message))

    def run(self, stop: Stop) -> None:
        """Train until all have come to the last point, or cannot, or a signal has come."""
        try:
            for member in self.members:
                member.worker.start()
            while not stop.signal and any(map(self._on_the_way, self.members)):
                try:
                    number, message = self._inbox.get(timeout=PATIENCE)
                except Empty:
                    continue
                self._take(self.members[number], message)
        finally:
            for member in self.members:
                member.worker.close()

    def _on_the_way(self, member: Member) -> bool:
        return self._busy(member) or self._can_go(member)

    def _busy(self, member: Member) -> bool:
        """Return whether it trains, or was not told of where it stands."""
        return member.round is not None or member.asked is not None

    def _can_go(self, member: Member) -> bool:
        return not member.out and self._goal(member) is not None

    def _goal(self, member: Member) -> int | None:
        """Return the first point that a network has not come to; None: there is none."""
        return next((point for point in self.points if point > member.update), None)

    def _take(self, member: Member, message: Message) -> None:
        match message:
            case Started(info, update):
                member.began(info, update)
                if self._goal(member) is None:  # it was saved farther on
                    member.look(VIEW)
                self._send_on()
            case Done(command=RunUntil()):
                member.out, member.round = bool(message.text), None
                member.look(VIEW)
            case Snapshot():
                member.saw(message, 0.0)
                self.told(member)
                if member.out:
                    self._complain(member, why(message))
                self._send_on()
            case Failed() | Lost():
                member.fault = message
                self._give_up(member, message.reason)
            case Refused(reason=reason) if not (member.fault or isinstance(message.command, Look)):
                self._give_up(member, reason)
            case Notice(text):
                self._complain(member, text)

    def _send_on(self) -> None:
        """Send on whoever need not wait any more."""
        starting = [one for one in self.members if one.info is None and not one.out]
        busy = [one for one in self.members if self._busy(one)]
        if self.pace == "equal" and (starting or busy):
            return
        free = [one for one in self.members if one.ready and self._can_go(one) and one not in busy]
        goals = [(one, goal) for one in free if (goal := self._goal(one)) is not None]
        behind = min((goal for _, goal in goals), default=0)
        for one, goal in goals:
            if self.pace == "flat out" or goal == behind:
                one.round = one.worker.send(RunUntil(goal))

    def _give_up(self, member: Member, reason: str) -> None:
        member.out, member.round, member.asked = True, None, None
        self._complain(member, reason)
        self._send_on()

    def _complain(self, member: Member, text: str) -> None:
        complain(f"{member.entrant.name}: {text}")


def why(now: Snapshot) -> str:
    """Return why a network did not come to the end, without the keys that a screen would have."""
    return now.divergence.finding.what if now.divergence else now.reason


def race(
    entrants: Sequence[Entrant],
    make: MakeWorker,
    points: tuple[int, ...],
    pace: Pace,
    as_json: bool,
) -> int:
    """Train all, tell what they come to, and return the exit code."""
    running = Course(entrants, make, points, pace, tell_point if as_json else nothing)
    if as_json:
        for entrant in entrants:
            tell_entrant(entrant)
    with Stop().listening() as stop:
        running.run(stop)
    if not as_json:
        print_table(running.members)
    if stop.signal:
        return 128 + stop.signal
    return GONE if any(member.out for member in running.members) else 0
