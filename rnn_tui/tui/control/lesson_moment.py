"""How far a lesson has come, and what has to be measured there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.judging import Verdict, asked
from rnn_tui.lessons.lesson import Step
from rnn_tui.lessons.values import Single, Table, Value
from rnn_tui.lessons.wording import Sentence

Phase = Literal["leading", "asking", "working", "answered", "astray", "done"]
"""On the way to the moment of a question; asking; working the answer out; answered; the run is not
where it should be; all steps are done."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a lesson, in no language."""

    at: int = 0
    """The step, from 0."""
    phase: Phase = "leading"
    first: tuple[Value, ...] = ()
    """What is put into the sentences that ask."""
    last: tuple[Value, ...] = ()
    """What is put into those that follow an answer."""
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()
    """What is to be said of what was typed or pressed last; templates."""
    right: int = 0
    """Questions that were answered right at once, once all are done."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be measured."""

    judged: tuple[Expression, ...] = ()
    """What an answer is judged by."""
    told: tuple[Expression, ...] = ()
    """What sentences tell."""
    kept: Mapping[str, Expression] | None = None
    """What later steps speak of, by name."""

    @property
    def sources(self) -> tuple[str, ...]:
        """All expressions, as the worker takes them."""
        every = (*self.judged, *self.told, *(self.kept or {}).values())
        return tuple(expression.source for expression in every)

    def divided(
        self, values: Sequence[Value]
    ) -> tuple[tuple[Value, ...], tuple[Value, ...], dict[str, Single]]:
        """Return the values of what is judged, told and kept."""
        first, second = len(self.judged), len(self.judged) + len(self.told)
        kept = zip(self.kept or {}, values[second:], strict=True)
        singles = {name: value for name, value in kept if not isinstance(value, Table)}
        return tuple(values[:first]), tuple(values[first:second]), singles


def wanted(step: Step, phase: Phase) -> Wanted:
    """Return what has to be measured in a phase."""
    if phase == "leading":
        return Wanted(told=_expressions(first_sentences(step)), kept=step.keep)
    if phase == "working":
        return Wanted(asked(step), _expressions(last_sentences(step)), step.keep_then)
    return Wanted()


def first_sentences(step: Step) -> list[Sentence]:
    """Return what is said when it is asked."""
    return [step.say, step.ask, *(choice.text for choice in step.choices)]


def last_sentences(step: Step) -> list[Sentence]:
    """Return what is said once there is an answer."""
    return [step.why] if step.wrong is None else [step.why, step.wrong]


def filled(sentences: Sequence[Sentence], values: Sequence[Value]) -> list[str]:
    """Return sentences with the values of their expressions, in the language that is spoken."""
    rest = iter(values)
    return [sentence.filled([next(rest) for _ in sentence.expressions]) for sentence in sentences]


def _expressions(sentences: Sequence[Sentence]) -> tuple[Expression, ...]:
    return tuple(one for sentence in sentences for one in sentence.expressions)
