"""Leading the run to the moment of a question."""

from collections.abc import Callable, Sequence

from rnn_tui.lessons.lesson import Step
from rnn_tui.lessons.start import Start
from rnn_tui.protocol.commands import Begin, Command, GoThrough, RunUntil, SetSpeed
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.snapshot import Snapshot

SECONDS = 3.0
"""That a longer stretch of training takes, so that one can watch it."""
SLOWEST = 12.0
"""Updates a second."""


class Way:
    """Commands on their way to the worker; `there` once the last of them is carried out."""

    def __init__(self, send: Callable[[Command], int]) -> None:
        self._send = send
        self._sent: set[int] = set()
        self._awaited: int | None = None
        self._at_last: Sequence[Command] = ()
        self.there = False

    def lead(self, commands: Sequence[Command], at_last: Sequence[Command] = ()) -> None:
        """Send commands, the last of which leads to where the run has to be.

        Args:
            commands: What is sent now.
            at_last: What is sent once the run is there, and stands still.
        """
        self.there, self._at_last = False, at_last
        for command in commands:
            self._awaited = self.send(command)

    def send(self, command: Command) -> int:
        """Send a command that leads nowhere."""
        ticket = self._send(command)
        self._sent.add(ticket)
        return ticket

    def forget(self) -> None:
        """Await nothing: whoever would answer is gone."""
        self._sent.clear()

    def answered(self, reply: Done | Refused) -> str | None:
        """Take an answer; return what went wrong, or None: it is to nothing that was sent here."""
        if reply.ticket not in self._sent:
            return None
        self._sent.discard(reply.ticket)
        last = reply.ticket == self._awaited
        if isinstance(reply, Refused):
            self.there = self.there or last
            return reply.reason
        if last and self._at_last and not reply.text:
            self.lead(self._at_last)
            return ""
        self.there = self.there or last
        return reply.text if last else ""


def commands_to(step: Step, begun: Start | None, snapshot: Snapshot) -> list[Command]:
    """Return what leads to a step; its network is begun anew unless it came the same way.

    Args:
        step: The step.
        begun: What the run began with; None: it is to begin anew in any case.
        snapshot: Where the run is.
    """
    there = is_on_the_way(step, begun, snapshot)
    anew = [] if there else [Begin(step.start)]
    return [*anew, SetSpeed(0.0), RunUntil(step.update)]


def place_in_update(done: int | None) -> Sequence[Command]:
    """Return what goes to where so many micro-steps are done; None: nowhere."""
    return [] if done is None else [GoThrough("place", done=done)]


def is_on_the_way(step: Step, begun: Start | None, snapshot: Snapshot) -> bool:
    """Tell whether a run is one that comes by a step's moment, with nothing else done to it."""
    past, start = snapshot.past, step.start
    return (
        begun is start
        and snapshot.state in ("paused", "running")
        and snapshot.seed == start.config.seed
        and (start.checkpoint or snapshot.learning_rate == start.config.learning_rate)
        and snapshot.update <= step.update
        and not any(mark.update for mark in snapshot.curves.marks)
        and (past is None or (len(past.branches) <= 1 and past.goal is None))
        and (past is None or past.head <= snapshot.update)
    )


def pace_of(step: Step) -> float:
    """Return the updates a second at which one can watch what comes after the answer."""
    return max(SLOWEST, (step.judged_at - step.update) / SECONDS)
