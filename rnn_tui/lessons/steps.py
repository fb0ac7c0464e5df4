"""One step of a lesson read from its table."""

import re
from collections.abc import Collection
from typing import Any

from rnn_tui.keys.in_force import NO_LESSON, PAGES
from rnn_tui.keys.table import KEYS
from rnn_tui.language import languages
from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.facts import FACTS
from rnn_tui.lessons.functions import FUNCTIONS, READS_TEXT
from rnn_tui.lessons.lesson import Choice, Step
from rnn_tui.lessons.said import choices_of, require_translations, sentence_of
from rnn_tui.lessons.source import Section
from rnn_tui.lessons.start import Start
from rnn_tui.lessons.starts import ENTRIES as OF_NETWORK
from rnn_tui.lessons.starts import Starts
from rnn_tui.slips import near

ENTRIES = (
    "say", "ask", "choices", "number", "tolerance", "key", "why", "wrong", "update", "then", "see",
    "at", "unit", "cover", "gates", "formulas", "micro_step", "micro_step_then", "weight", "keep",
    "keep_then",
    *OF_NETWORK,
)  # fmt: skip
QUESTIONS = ("choices", "number", "key")
MOST_UPDATES, MOST_CHOICES = 5_000, 6
FEW = 20
"""Names that are fewer are listed."""
_NAME = re.compile(r"[a-z][a-z_0-9]*")


def read_step(section: Section, starts: Starts, kept: dict[str, None]) -> Step:
    """Read a step.

    Args:
        section: Its table.
        starts: The lesson's networks.
        kept: The names that steps before it keep; this one's are added.

    Raises:
        InputError: It is none.
    """
    section.require_known((*ENTRIES, *languages()))
    asked = [key for key in QUESTIONS if key in section.entries]
    if len(asked) != 1:
        where = asked[1] if asked else ""
        raise section.error(where, f"a step has one of {', '.join(QUESTIONS)}, and only one")
    start = starts.of(section)
    update, then = _moment(section, start)
    known = {*FACTS, *kept}
    keep = _keep(section, "keep", known)
    after = known | {*keep}
    keep_then = _keep(section, "keep_then", after)
    kept |= dict.fromkeys((*keep, *keep_then))
    number = section.get("number", str)
    step = Step(
        start=start,
        say=sentence_of(section, "say", known),
        ask=sentence_of(section, "ask", known),
        why=sentence_of(section, "why", after),
        wrong=sentence_of(section, "wrong", after) if "wrong" in section.entries else None,
        choices=_choices(section, known, after),
        number=None if number is None else section.expression("number", after, number),
        tolerance=_tolerance(section),
        key=_key(section),
        update=update,
        then=then,
        see=_one_of(section, "see", [page for page in PAGES if page not in NO_LESSON]),
        at=_place(section, "at", start.config.seq_length),
        unit=_place(section, "unit", start.config.hidden_size) or 1,
        cover=section.get("cover", bool, False),
        gates=section.get("gates", bool, False),
        formulas=section.get("formulas", bool, False),
        micro_step=_micro_step(section, "micro_step", start),
        micro_step_then=_micro_step(section, "micro_step_then", start),
        weight=_weight(section, start),
        lines={key: section.line(key) for key in ("", *section.entries)},
        keep=keep,
        keep_then=keep_then,
    )
    require_translations(section)
    return step


def _moment(section: Section, start: Start) -> tuple[int, int | None]:
    update, then = section.get("update", int, start.update), section.get("then", int)
    first, last = start.update, start.update + MOST_UPDATES
    for key, value in (("update", update), ("then", then)):
        if value is not None and not first <= value <= last:
            raise section.error(key, f"a number of updates from {first:,} to {last:,}")
    if then is not None and then < update:
        raise section.error("then", f"it comes after update {update:,}, at which is asked")
    return update, then


def _place(section: Section, key: str, last: int, *, first: int = 1) -> int | None:
    place: int | None = section.get(key, int)
    if place is not None and not first <= place <= last:
        raise section.error(key, f"a whole number from {first} to {last}")
    return place


def _micro_step(section: Section, key: str, start: Start) -> int | None:
    """Return a place in an update, but not its end, where it would be made."""
    return _place(section, key, start.micro_steps - 1, first=0)


def _weight(section: Section, start: Start) -> tuple[int, int, int]:
    text = section.get("weight", str)
    found = (0, 0, 0) if text is None else start.weight(text)
    if found is None:
        raise section.error(
            "weight", "row and column of a weight there is, as W_hh[3, 1] or b_h[2]"
        )
    return found


def _choices(
    section: Section, known: Collection[str], after: Collection[str]
) -> tuple[Choice, ...]:
    table: dict[str, Any] = section.get("choices", dict, {})
    if "choices" in section.entries and not 2 <= len(table) <= MOST_CHOICES:
        raise section.error("choices", f"2 to {MOST_CHOICES} answers to choose from")
    rights = (section.expression(f"choices.{text}", after, to) for text, to in table.items())
    return tuple(map(Choice, choices_of(section, known), rights))


def _tolerance(section: Section) -> float:
    tolerance: float = section.get("tolerance", float, 0.0)
    if "tolerance" in section.entries and "number" not in section.entries:
        raise section.error("tolerance", "only a number has one")
    if not 0 <= tolerance < float("inf"):
        raise section.error("tolerance", "a number from 0")
    return tolerance


def _key(section: Section) -> str:
    return _one_of(section, "key", [row.id for row in KEYS])


def _one_of(section: Section, key: str, known: Collection[str]) -> str:
    value: str = section.get(key, str, "")
    if key in section.entries and value not in known:
        few = f"there are {', '.join(known)}" if len(known) < FEW else ""
        hint = near(value, known) or few or "rnn-tui keys lists the names"
        raise section.error(key, f"there is no {value}; {hint}")
    return value


def _keep(section: Section, key: str, known: Collection[str]) -> dict[str, Expression]:
    keep: dict[str, Expression] = {}
    for name, text in section.get(key, dict, {}).items():
        if not _NAME.fullmatch(name):
            raise section.error(f"{key}.{name}", "a name is small letters, digits and _")
        if name in FACTS or name in FUNCTIONS or name == READS_TEXT:
            raise section.error(f"{key}.{name}", "this is measured anyway; take another name")
        keep[name] = section.expression(f"{key}.{name}", known, text)
    return keep
