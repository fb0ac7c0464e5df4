"""The moments of a lesson, made without a screen: the same as those that the screen leads to."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
        InputError: In one line, on which line of its file, and why.
    """
    passed, kept = scenes(lesson), []
    for step in lesson.steps:
        with _told(lesson, step, ""):
            scene = next(passed)
        for key, play in PARTS.items():
            with _told(lesson, step, key):
                play(scene)
        kept.append(scene.kept)
    return kept


@contextmanager
def _told(lesson: Lesson, step: Step, key: str) -> Iterator[None]:
    """Say of an error on which line it is."""
    try:
        yield
    except ExpressionError as error:
        key = next((asked for asked in (key, "number", "choices", "") if asked in step.lines), "")
        what = f"{key}: {error}" if key else str(error)
        where = f"{visible(lesson.name)}, line {step.lines[key]}"
        raise InputError(f"{where}: {visible(what)}") from None


def _answered(scene: Scene) -> None:
    step = scene.step
    verdict = judge(step, "", scene.answers)
    if step.number and not judge(step, verdict.solution, scene.answers).right:
        raise ExpressionError(
            f"{verdict.solution}, as it is shown, would be wrong: give it a tolerance"
        )


PARTS: Mapping[str, Callable[[Scene], object]] = {
    "say": lambda scene: measured([scene.step.say], scene.before),
    "ask": lambda scene: measured([scene.step.ask], scene.before),
    "choices": lambda s: measured([one.text for one in s.step.choices], s.before),
    "answer": _answered,
    "why": lambda scene: measured([scene.step.why], scene.after),
    "wrong": lambda scene: measured([scene.step.wrong] if scene.step.wrong else [], scene.after),
}
"""What is measured of a step, by the entry it stands in; the answer has one of several."""


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
