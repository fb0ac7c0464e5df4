"""A lesson read from its file: checked as a whole before anything is trained."""

from pathlib import Path

from rnn_tui.language import languages
from rnn_tui.lessons.lesson import AS_WRITTEN, Lesson, Step
from rnn_tui.lessons.source import Section, Source, read_source
from rnn_tui.lessons.starts import ENTRIES, Starts
from rnn_tui.lessons.steps import read_step

ABOVE = ("title", *ENTRIES, "step")
MOST_STEPS = 40


def read_lesson(file: Path, name: str | None = None) -> Lesson:
    """Read a lesson.

    Args:
        file: A TOML file as docs/lessons.md describes it.
        name: What to call it; None: as its file.

    Raises:
        InputError: It is none; one line says what, and on which line.
    """
    source = read_source(file)
    above = source.section(None)
    above.require_known((*ABOVE, *languages()))
    return Lesson(name or file.name, _titles(above), _steps(source, Starts(above)))


def _titles(above: Section) -> dict[str, str]:
    titles = {AS_WRITTEN: above.required("title", str)}
    for there in above.translations():
        there.require_known(("title",))
        titles[there.language] = there.required("title", str)
    return titles


def _steps(source: Source, starts: Starts) -> tuple[Step, ...]:
    tables = source.tables.get("step")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise source.error("a lesson has steps: write [[step]] above each")
    if len(tables) > MOST_STEPS:
        raise source.error(f"more than {MOST_STEPS} steps", MOST_STEPS)
    kept: dict[str, None] = {}
    return tuple(read_step(source.section(number), starts, kept) for number in range(len(tables)))
