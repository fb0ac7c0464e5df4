"""What an answer is worth: compared with what the run itself gives, never with stored text."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rnn_tui.language import mark, phrase
from rnn_tui.lessons.evaluation import Names, Numbers, evaluate
from rnn_tui.lessons.expressions import Expression, parse
from rnn_tui.lessons.lesson import Step
from rnn_tui.lessons.values import ExpressionError, Value
from rnn_tui.lessons.wording import Sentence, written

LETTERS = "abcdef"
"""By which choices are called."""
ROUNDING = 1e-9
_BARE_LN = re.compile(r"ln\s*(\d*\.?\d+)", re.ASCII)
_FACTOR = re.compile(r"(?<=[\d)])\s*(?=ln\b)", re.ASCII)
"""Where a times sign is left out."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of an answer."""

    right: bool
    solution: str
    """The right answer, safe to paint; of a key its name in braces."""


def asked(step: Step) -> tuple[Expression, ...]:
    """Return what has to be measured to judge an answer, in the order `judge` takes it."""
    if step.choices:
        return tuple(choice.right for choice in step.choices)
    return () if step.number is None else (step.number,)


def judge(step: Step, answer: str, values: Sequence[Value]) -> Verdict:
    """Judge an answer.

    Args:
        step: What was asked.
        answer: The letter of a choice, a number as it was typed, or the name of a key.
        values: Those of `asked`.

    Raises:
        ExpressionError: The lesson has no answer at this moment.
    """
    if step.choices:
        right = right_choice(values)
        return Verdict(answer == LETTERS[right], LETTERS[right])
    if step.number is None:
        return Verdict(answer == step.key, f"{{{step.key}}}")
    value = values[0]
    if isinstance(value, bool) or not isinstance(value, float) or not math.isfinite(value):
        raise ExpressionError(f"{step.number.source}: is {written(value)}, no number")
    given = number(answer)
    near = ROUNDING * max(1.0, abs(value))
    return Verdict(given is not None and abs(given - value) <= step.tolerance + near, exact(value))


def right_choice(values: Sequence[Value]) -> int:
    """Return which of the choices is right; there has to be one and no more."""
    right = [place for place, value in enumerate(values) if value is True]
    if len(right) != 1 or not all(isinstance(value, bool) for value in values):
        told = ", ".join(f"{LETTERS[n]} {written(value)}" for n, value in enumerate(values))
        raise ExpressionError(f"one of the choices has to be right, and no more: {told}")
    return right[0]


def number(text: str) -> float | None:
    """Read a number as people type it: 0,35, −1/4, or what they reckon with: -ln 0.25, 2ln2/4."""
    tidy = text.strip().replace("−", "-").replace("·", "*")
    if tidy.count(",") == 1 and "(" not in tidy:
        tidy = tidy.replace(",", ".")
    tidy = _FACTOR.sub("*", _BARE_LN.sub(r"ln(\1)", tidy))
    try:
        value = evaluate(parse(tidy), Numbers())
    except ExpressionError:
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


def understood(step: Step, answer: str) -> str:
    """Return what to say of an answer that is none, a template; empty where it is one."""
    if step.choices and answer not in LETTERS[: len(step.choices)]:
        return phrase("Type a letter from a to {last}.", last=LETTERS[len(step.choices) - 1])
    if step.number is not None and number(answer) is None:
        return mark("Type a number, or what to reckon: 0.69 or -ln(0.5).")
    return ""


def exact(value: float) -> str:
    """Write a number with four digits."""
    return written(value) if value == round(value) else f"{value:.4g}".replace("-", "−")


def measured(sentences: Sequence[Sentence], names: Names) -> list[str]:
    """Return sentences with what is measured in their gaps."""
    return [
        text.filled([evaluate(expression, names) for expression in text.expressions])
        for text in sentences
    ]
