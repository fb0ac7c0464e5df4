"""Sentences with measured values in them: `p(e) is {p[1]["e"]:.2f}`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rnn_tui.language import mark, tr, used
from rnn_tui.lessons.expressions import Expression, parse
from rnn_tui.lessons.values import ExpressionError, Table, Value
from rnn_tui.text.glyphs import glyph
from rnn_tui.text.steady import steady

MOST = 12
"""Numbers of a row that are written out."""
_GAP = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_MENTION = re.compile(r"\{([a-z]+\.[a-z_]+)\}")
_FORMAT = re.compile(r"(.*):\s*(\.[0-9][f%])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text, and in its gaps expressions; names of keys stay for the table of keys."""

    parts: "Parts"
    others: Mapping[str, "Parts"] = field(default_factory=dict)
    """The same in other languages, by their names; no gap that `parts` has not."""

    @property
    def gaps(self) -> tuple["Gap", ...]:
        """What is put in, in the order in which it is measured."""
        return tuple(part for part in self.parts if isinstance(part, Gap))

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """What has to be measured for it, in the order of the gaps."""
        return tuple(gap.expression for gap in self.gaps)

    @property
    def spoken(self) -> "Parts":
        """It in the language that is spoken."""
        return self.others.get(used(), self.parts)

    @property
    def outline(self) -> str:
        """It with … in the gaps, for where nothing is measured."""
        return "".join(part if isinstance(part, str) else "…" for part in self.spoken)

    def filled(self, values: Sequence[Value]) -> str:
        """Return it with the values of its expressions in the gaps."""
        found = {
            gap.name: written(value, gap.form) for gap, value in zip(self.gaps, values, strict=True)
        }
        return "".join(part if isinstance(part, str) else found[part.name] for part in self.spoken)

    def also(self, language: str, said: "Sentence") -> "Sentence":
        """Return it with the same in another language.

        Raises:
            ExpressionError: That one wants something measured that is not measured for this one.
        """
        known = {gap.name for gap in self.gaps}
        for gap in said.gaps:
            if gap.name not in known:
                raise ExpressionError(f"{gap.name} does not stand in what this translates")
        return replace(self, others={**self.others, language: said.parts})


@dataclass(frozen=True, slots=True)
class Gap:
    """A measured value in a sentence."""

    expression: Expression
    form: str
    """As in `.3f` and `.0%`; empty: three digits."""

    @property
    def name(self) -> str:
        """It as a lesson writes it."""
        return f"{{{self.expression.source}{self.form and f':{self.form}'}}}"


Parts = tuple[str | Gap, ...]
YES, NO = mark("yes"), mark("no")


def sentence(text: str) -> Sentence:
    """Read a sentence.

    Raises:
        ExpressionError: What stands in a gap is neither the name of a key nor an expression.
    """
    text = " ".join(text.split())
    parts: list[str | Gap] = []
    end = 0
    for found in _GAP.finditer(text):
        parts.append(_plain(text[end : found.start()]))
        parts.append(_brace_or_gap(found))
        end = found.end()
    return Sentence(tuple(part for part in (*parts, _plain(text[end:])) if part))


def keys_in(text: Sentence) -> tuple[str, ...]:
    """Return the names of keys that a sentence speaks of."""
    words = (part for part in text.parts if isinstance(part, str))
    return tuple(found[1] for part in words if (found := _MENTION.fullmatch(part)))


def written(value: Value, form: str = "") -> str:
    """Write a value as a person reads it, safe for the screen."""
    match value:
        case bool():
            return tr(YES if value else NO)
        case str():
            return steady("".join(map(glyph, value)))
        case Table(values):
            flat = values.ravel()
            shown = [written(item.item(), form) for item in np.asarray(flat[:MOST])]
            return f"[{'  '.join(shown)}{' …' if flat.size > MOST else ''}]"
    return _number(float(value), form)


def _number(value: float, form: str) -> str:
    if form.endswith("%"):
        found = f"{value:{form}}".replace("%", " %")
    elif form:
        found = f"{value:{form}}"
    else:
        whole = value == round(value) if abs(value) < 1e6 else False
        found = f"{value:,.0f}" if whole else f"{value:.3g}"
    found = found.replace("-", "−")
    return found[1:] if found.strip("−0. %") == "" and found.startswith("−") else found


def _plain(text: str) -> str:
    if "{" in text or "}" in text:
        raise ExpressionError("a { without its }, or the other way round ({{ writes a brace)")
    return text


def _brace_or_gap(found: re.Match[str]) -> str | Gap:
    """Return what stands for {{, }}, the name of a key or an expression."""
    if found[1] is None:
        return found[0][0]
    if _MENTION.fullmatch(found[0]):
        return found[0]
    source, form = found[1], ""
    if formed := _FORMAT.fullmatch(source):
        source, form = formed[1], formed[2]
    try:
        return Gap(parse(source), form)
    except ExpressionError as error:
        if ":" not in source:
            raise
        raise ExpressionError(f"{error}; after a colon stands .3f or .1%") from None
