"""The lessons that come with the program, in their order, and the files that teachers write."""

from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.lessons.progress import steps_done
from rnn_tui.lessons.reading import read_lesson
from rnn_tui.slips import near
from rnn_tui.text.visible import visible

FOLDER = Path(__file__).parent / "data"


def names() -> tuple[str, ...]:
    """Return the names of the built-in lessons, in their order."""
    return tuple(name_of(file) for file in files())


def files() -> list[Path]:
    """Return their files: a number, and the name."""
    return sorted(FOLDER.glob("*.toml"))


def name_of(file: Path) -> str:
    """Return the name of a built-in lesson: of `01-one-hot.toml` it is one-hot."""
    return file.stem.partition("-")[2]


def lessons() -> list[Lesson]:
    """Read all built-in lessons."""
    return [read_lesson(file, name_of(file)) for file in files()]


def find(word: str) -> Lesson:
    """Find a lesson by its number, its name, or its file.

    Raises:
        InputError: There is none, or it is no lesson.
    """
    known = files()
    for number, file in enumerate(known, 1):
        if word in (str(number), name_of(file)):
            return read_lesson(file, name_of(file))
    if word.endswith(".toml") or Path(word).is_file():
        return read_lesson(Path(word))
    hint = near(word, names()) or "rnn-tui learn --list tells which there are"
    raise InputError(f"there is no lesson {visible(word)}; {hint}")


def first_to_do() -> Lesson:
    """Return the first built-in lesson that is not done; the very first where all are."""
    done, all = steps_done(), lessons()
    left = (lesson for lesson in all if done.get(lesson.name, 0) < len(lesson.steps))
    return next(left, all[0])


def next_after(lesson: Lesson) -> Lesson | None:
    """Return the built-in lesson after one; None: it is the last, or none of them."""
    known = names()
    if lesson.name not in known[:-1]:
        return None
    return find(known[known.index(lesson.name) + 1])
