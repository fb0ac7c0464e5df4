"""The commands that lead the run to the moment of a question."""

from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.protocol.commands import Command, Restart, RunUntil, SetLearningRate, SetSpeed
from rnn_tui.protocol.snapshot import Snapshot

SECONDS = 3.0
"""That a longer stretch of training takes, so that one can watch it."""
SLOWEST = 12.0
"""Updates a second."""


def commands_to(lesson: Lesson, step: Step, snapshot: Snapshot, *, anew: bool) -> list[Command]:
    """Return what leads to a step; the network is begun anew unless it came the same way.

    Args:
        lesson: The lesson.
        step: Its step.
        snapshot: Where the run is.
        anew: Whether to begin anew in any case.
    """
    rate = lesson.rate(step)
    commands: list[Command] = [SetSpeed(0.0)]
    if anew or not is_on_the_way(lesson, step, snapshot):
        commands.append(Restart(lesson.config.seed))
        if snapshot.learning_rate != rate:
            commands.append(SetLearningRate(rate))
    return [*commands, RunUntil(step.update)]


def is_on_the_way(lesson: Lesson, step: Step, snapshot: Snapshot) -> bool:
    """Tell whether a run is one that comes by a step's moment, with nothing else done to it."""
    past = snapshot.past
    return (
        snapshot.state in ("paused", "running")
        and snapshot.seed == lesson.config.seed
        and snapshot.learning_rate == lesson.rate(step)
        and snapshot.update <= step.update
        and not any(mark.update for mark in snapshot.curves.marks)
        and (past is None or (len(past.branches) <= 1 and past.goal is None))
        and (past is None or past.head <= snapshot.update)
    )


def pace_of(step: Step) -> float:
    """Return the updates a second at which one can watch what comes after the answer."""
    return max(SLOWEST, (step.judged_at - step.update) / SECONDS)
