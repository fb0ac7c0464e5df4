"""Lessons on the screen, one after the other."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_tui.commands.options.appearance import Appearance
    from rnn_tui.lessons.lesson import Lesson
    from rnn_tui.lessons.start import Start
    from rnn_tui.lessons.values import Single
    from rnn_tui.process.session import Session
    from rnn_tui.process.spawn import SpawnedWorker
    from rnn_tui.protocol.session import Listener


def play(look: "Appearance", word: str | None = None) -> int:
    """Open the screen on a lesson, and on the one after it where that is asked for.

    Args:
        look: How the screen is to look.
        word: Which one; None: the first that is not done.
    """
    from rnn_tui.commands.runs.worker import prepare_worker
    from rnn_tui.lessons.built_in import find, first_to_do, next_after
    from rnn_tui.lessons.course import require_playable

    lesson: Lesson | None = find(word) if word else first_to_do()
    prepare_worker()
    while lesson is not None:
        kept = require_playable(lesson)
        following = next_after(lesson)
        code, goes_on = open_screen(lesson, kept, following, look)
        if code or not goes_on:
            return code
        lesson = following
    return 0


def open_screen(
    lesson: "Lesson",
    kept: "Sequence[Mapping[str, Single]]",
    following: "Lesson | None",
    look: "Appearance",
) -> tuple[int, bool]:
    """Open the screen on a lesson, where it was left.

    Args:
        lesson: Which one.
        kept: For each step what is kept from the steps before it.
        following: The lesson after it.
        look: How the screen is to look.

    Returns:
        The exit code, and whether the next lesson is wanted.
    """
    from functools import partial

    from rnn_tui.commands.runs.worker import start_worker

    spawned = start_worker()
    from rnn_tui.lessons import progress
    from rnn_tui.tui.launch import run_screen
    from rnn_tui.tui.lesson_app import LessonApp
    from rnn_tui.tui.terminal.terminal import in_browser

    apps: list[LessonApp] = []
    alone = not in_browser()  # one of a class writes nothing to this machine, and stays in it

    def make() -> LessonApp:
        done = progress.steps_done().get(lesson.name, 0) if alone else 0
        step = done % len(lesson.steps)
        app = LessonApp(
            partial(session_for, lesson.steps[step].start, spawned),
            lesson=lesson,
            step=step,
            kept=kept,
            passed=partial(progress.note, lesson.name) if alone else lambda done: None,
            following=following if alone else None,
            **look,
        )
        apps.append(app)
        return app

    code = run_screen(make)
    return code, bool(apps) and apps[0].goes_on


def session_for(start: "Start", spawned: "SpawnedWorker | None", listener: "Listener") -> "Session":
    """Return the session of a lesson's run, not started; nothing of it is kept by itself."""
    from rnn_tui.process.session import Session

    return Session(
        start.config,
        start.corpus,
        listener,
        paused=True,
        checkpoint=start.checkpoint,
        spawned=spawned,
    )
