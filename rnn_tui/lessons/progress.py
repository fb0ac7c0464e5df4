"""How far somebody has come in the lessons: a small file in the user's data folder."""

import json
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

from rnn_tui.errors import InputError
from rnn_tui.training.checkpoint.atomic import write_whole

MOST_BYTES = 100_000


def file() -> Path:
    """Return where it is kept."""
    return user_data_path("rnn-tui", appauthor=False) / "lessons.json"


def steps_done() -> dict[str, int]:
    """Return by the name of each lesson how many of its steps are done; what is none is left out.

    A file that cannot be read is one in which nothing is done: it is no reason to refuse a lesson.
    """
    try:
        data = file().read_bytes()[:MOST_BYTES]
        found = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: count for name, count in found.items() if type(count) is int and 0 < count < 1000}


def note(name: str, done: int) -> None:
    """Note that so many steps of a lesson are done; where nothing can be written, nothing is."""
    known = steps_done()
    known[name] = max(done, known.get(name, 0))
    with suppress(OSError, InputError):
        file().parent.mkdir(parents=True, exist_ok=True)
        write_whole(file(), json.dumps(known, indent=1).encode())
