"""The commands that lead the run to the moment of a question."""

from rnn_tui.lessons.lesson import Step
from rnn_tui.lessons.start import Start
from rnn_tui.protocol.commands import Begin, Command, RunUntil, SetSpeed
from rnn_tui.protocol.snapshot import Snapshot

SECONDS = 3.0
"""That a longer stretch of training takes, so that one can watch it."""
SLOWEST = 12.0
"""Updates a second."""


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
