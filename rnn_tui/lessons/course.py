"""The moments of a lesson, made without a screen: the same as those that the screen leads to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rnn_tui.errors import InputError
from rnn_tui.lessons.evaluation import evaluate
from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.facts import Facts
from rnn_tui.lessons.judging import asked, judge, measured
from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.lessons.start import Start
from rnn_tui.lessons.values import ExpressionError, Single, Table, Value, told
from rnn_tui.text.visible import visible
from rnn_tui.training.trainer import Trainer, TrainerState

Runs = dict[Start, TrainerState]
"""Where each network was led to last."""


@dataclass(frozen=True, eq=False, slots=True)
class Scene:
    """One step with its numbers."""

    step: Step
    before: Facts
    """When the question is asked."""
    after: Facts
    """When the answer is worked out."""
    kept: Mapping[str, Single]
    """What steps before it measured, by name."""

    @property
    def answers(self) -> list[Value]:
        """What an answer is judged by."""
        return [evaluate(expression, self.after) for expression in asked(self.step)]


def scenes(lesson: Lesson) -> Iterator[Scene]:
    """Go through a lesson, step by step.

    Raises:
        ExpressionError: Something cannot be measured.
    """
    kept: dict[str, Single] = {}
    runs: Runs = {}
    for step in lesson.steps:
        earlier = kept
        trainer = _trained(step.start, step.update, runs)
        before = Facts(trainer, kept)
        kept = kept | {name: _single(one, before) for name, one in step.keep.items()}
        later = trainer if step.then is None else _trained(step.start, step.then, runs)
        after = Facts(later, kept)
        yield Scene(step, before, after, earlier)
        kept = kept | {name: _single(one, after) for name, one in step.keep_then.items()}


def require_playable(lesson: Lesson) -> list[Mapping[str, Single]]:
    """Play a lesson through: everything is measured, and each question has an answer.

    Returns:
        For each step what is kept from the steps before it.

    Raises:
        InputError: In one line, which step has none, and why.
    """
    passed, kept = scenes(lesson), []
    for number in range(1, len(lesson.steps) + 1):
        try:
            kept.append(_played(next(passed)))
        except ExpressionError as error:
            where = f"lesson {visible(lesson.name)}, step {number}"
            raise InputError(f"{where}: {visible(str(error))}") from None
    return kept


def _played(scene: Scene) -> Mapping[str, Single]:
    step = scene.step
    measured([step.say, step.ask, *(choice.text for choice in step.choices)], scene.before)
    verdict = judge(step, "", scene.answers)
    if step.number and not judge(step, verdict.solution, scene.answers).right:
        raise ExpressionError(
            f"{verdict.solution}, as it is shown, would be wrong: give it a tolerance"
        )
    measured([step.why] if step.wrong is None else [step.why, step.wrong], scene.after)
    return scene.kept


def _single(expression: Expression, facts: Facts) -> Single:
    value = evaluate(expression, facts)
    if isinstance(value, Table):
        raise ExpressionError(f"{expression.source}: {told(value)} is too much to keep")
    return value


def _trained(start: Start, updates: int, runs: Runs) -> Trainer:
    """Return the network of a step; it goes on from where it was led to last."""
    trainer = start.trainer()
    if start in runs and runs[start].update <= updates:
        trainer.restore(runs[start])
    while trainer.update < updates:
        if trainer.step().diverged:
            raise ExpressionError(f"training diverged at update {trainer.update + 1:,}")
    runs[start] = trainer.capture()
    return trainer
