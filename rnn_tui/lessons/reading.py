"""A lesson read from its file: checked as a whole before anything is trained."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.lessons.source import Section, Source, read_source
from rnn_tui.lessons.steps import read_step
from rnn_tui.text.built_in import BUILT_IN, built_in
from rnn_tui.text.corpus import Corpus, corpus_from_bytes, read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config

SETTINGS: Mapping[str, tuple[type, float]] = {
    "cell": (str, 0),
    "activation": (str, 0),
    "optimizer": (str, 0),
    "hidden_size": (int, 64),
    "seq_length": (int, 40),
    "seed": (int, 10**9),
    "learning_rate": (float, 100),
}
"""Of the run: kind and largest value. The largest network is measured in a few milliseconds."""
ABOVE = ("title", "text", "corpus", *SETTINGS, "step")
MOST_CHARACTERS, MOST_STEPS = 20_000, 40
USUAL_LENGTH = 20
"""Time steps of a window, where the lesson does not say."""


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
    above.require_known(ABOVE)
    title = above.required("title", str)
    corpus = _corpus(above)
    config = _config(above, corpus)
    steps = _steps(source)
    return Lesson(name or file.name, title, corpus, config, steps)


def _corpus(above: Section) -> Corpus:
    named, text = above.get("corpus", str), above.get("text", str)
    if (named is None) == (text is None):
        raise above.error("text" if named else "", "a lesson has either a text or a corpus")
    file = built_in(named) if named else None
    if named is not None and file is None:
        raise above.error("corpus", f"there is no {named}; there are {', '.join(BUILT_IN)}")
    try:
        corpus = read_corpus(file) if file else corpus_from_bytes(text.encode(), "lesson")
    except InputError as error:
        raise above.error("text", str(error)) from None
    if len(corpus.ids) > MOST_CHARACTERS:
        raise above.error("corpus", f"longer than {MOST_CHARACTERS:,} characters")
    return corpus


def _config(above: Section, corpus: Corpus) -> Config:
    given: dict[str, Any] = {"val_fraction": 0.0}
    for key, (kind, most) in SETTINGS.items():
        value = above.get(key, kind)
        if isinstance(value, int | float) and value > most:
            raise above.error(key, f"at most {most:g}")
        given |= {} if value is None else {key: value}
    given.setdefault("seq_length", min(len(corpus.ids) - 1, USUAL_LENGTH))
    try:
        return choose_config(corpus, "hello", given)[0]
    except InputError as error:
        wrong = next((key for key in SETTINGS if key.replace("_", "-") in str(error)), "")
        raise above.error(wrong, str(error)) from None


def _steps(source: Source) -> tuple[Step, ...]:
    tables = source.tables.get("step")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise source.error("a lesson has steps: write [[step]] above each")
    if len(tables) > MOST_STEPS:
        raise source.error(f"more than {MOST_STEPS} steps", MOST_STEPS)
    kept: dict[str, None] = {}
    return tuple(read_step(source.section(number), kept) for number in range(len(tables)))
