"""`rnn-tui learn`: lessons beside the real screens."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.commands.options.appearance import add_appearance, appearance
from rnn_tui.commands.options.parser import Parser, name
from rnn_tui.commands.options.shared import add_config

if TYPE_CHECKING:
    from rnn_tui.commands.options.appearance import Appearance
    from rnn_tui.lessons.lesson import Lesson
    from rnn_tui.process.session import Session
    from rnn_tui.process.spawn import SpawnedWorker
    from rnn_tui.protocol.session import Listener

NAME = "learn"
DOES = "lessons that ask first and compute the answer from the run"
MORE = (
    "LESSON is a number or a name of the list, or a file of your own: one TOML file, which "
    "docs/lessons.md describes. Without it, the first one that is not done yet. --check reads a "
    "lesson, plays it through without a screen, and says what is wrong and on which line; exit "
    "code 2: something is. How far one has come is kept in the user's data folder."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("lesson", nargs="?", metavar="LESSON", help="which one")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="the lessons that there are")
    what.add_argument(
        "--check",
        type=name,
        metavar="LESSON",
        help="check a lesson of your own, a file: its answers are printed",
    )
    add_appearance(parser)
    add_config(parser)
    parser.add_argument(
        "--json", action="store_true", help="of --list and --check: one JSON object a line"
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui learn`."""
    from rnn_tui.plain.lessons import print_answers, print_lessons

    if options.list:
        return print_lessons(as_json=options.json)
    if options.check:
        return print_answers(options.check, as_json=options.json)
    return play(options)


def play(options: argparse.Namespace) -> int:
    """Open the screen on a lesson, and on the one after it where that is asked for."""
    from rnn_tui.commands.screen import prepare_worker
    from rnn_tui.lessons.built_in import find, first_to_do, next_after
    from rnn_tui.lessons.course import require_playable
    from rnn_tui.limits import require_files
    from rnn_tui.tui.terminal.terminal import require_terminal, take_keyboard

    require_terminal()
    require_files()
    look = appearance(options)
    lesson: Lesson | None = find(options.lesson) if options.lesson else first_to_do()
    prepare_worker()
    keyboard = False
    while lesson is not None:
        require_playable(lesson)
        if not keyboard:
            take_keyboard()
            keyboard = True
        following = next_after(lesson)
        code, goes_on = open_screen(lesson, following, look)
        if code or not goes_on:
            return code
        lesson = following
    return 0


def open_screen(
    lesson: "Lesson", following: "Lesson | None", look: "Appearance"
) -> tuple[int, bool]:
    """Open the screen on a lesson; return the exit code, and whether the next one is wanted."""
    from functools import partial

    from rnn_tui.commands.screen import start_worker

    spawned = start_worker()
    from rnn_tui.lessons import progress
    from rnn_tui.tui.launch import run_screen
    from rnn_tui.tui.lesson_app import LessonApp

    apps: list[LessonApp] = []

    def make() -> LessonApp:
        done = progress.steps_done().get(lesson.name, 0)
        app = LessonApp(
            partial(session_for, lesson, spawned),
            lesson=lesson,
            step=done % len(lesson.steps),
            passed=partial(progress.note, lesson.name),
            following=following.title if following else "",
            **look,
        )
        apps.append(app)
        return app

    code = run_screen(make)
    return code, bool(apps) and apps[0].goes_on


def session_for(
    lesson: "Lesson", spawned: "SpawnedWorker | None", listener: "Listener"
) -> "Session":
    """Return the session of a lesson's run, not started; nothing of it is kept by itself."""
    from dataclasses import replace

    from rnn_tui.commands.runs.pace import HELLO_PACE
    from rnn_tui.process.session import Session

    config = replace(lesson.config, speed=HELLO_PACE)
    return Session(config, lesson.corpus, listener, paused=True, spawned=spawned)
