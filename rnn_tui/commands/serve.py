"""`rnn-tui serve CORPUS`: the screen in a browser, for a class."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from rnn_tui.commands import screen
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.runs import viewer
from rnn_tui.commands.serving.sharing import allowed, require_shared
from rnn_tui.commands.serving.viewer_words import words
from rnn_tui.errors import InputError
from rnn_tui.language import language_of, phrase, use
from rnn_tui.text.visible import visible

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus
    from rnn_tui.training.settings.config import Config
    from rnn_tui.web.program import Begin

NAME = "serve"
DOES = "show the screen in a browser, to each viewer a run of their own"
MORE = (
    "For a class: without --host only this machine can open it. Whoever opens it trains on this "
    "machine, with the settings given here, and can change what the keys change; nothing is saved, "
    "neither by its key nor by itself. A second address, told at the start, is for whoever leads "
    "the class: from it all stand still, go on, begin again, look at a screen or come to a step of "
    "the lesson, and it counts where they are and what they answered. "
    "Needs the extra web: pip install 'rnn-tui[web]'."
)
MISSING = (
    "serve needs the extra web: pip install 'rnn-tui[web]'"
    " (in a clone: .venv/bin/pip install '.[web]')"
)
PRELOADED = "rnn_tui.commands.runs.preloaded"
"""The module that imports all a viewer's program needs; only the process it is forked from does."""


def add_options(parser: Parser) -> None:
    """Add its options: what the screen does, and where to serve it."""
    screen.add_options(parser)
    group = parser.add_argument_group("web")
    group.add_argument(
        "--host", default="127.0.0.1", metavar="NAME", help="where to listen (127.0.0.1)"
    )
    group.add_argument("--port", type=int, default=8000, metavar="N", help="at which port (8000)")
    group.add_argument(
        "--viewers", type=int, default=30, metavar="N", help="at most so many at once (30)"
    )
    group.add_argument(
        "--lesson", metavar="LESSON", help="a lesson instead of a text: a number, a name or a file"
    )
    group.add_argument(
        "--allow-host",
        metavar="NAMES",
        help="names or addresses by which others reach this machine, such as a proxy's, with "
        "commas between (its own are known)",
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui serve CORPUS`: the screen in a browser, for a class."""
    require_shared(options)
    use(language_of(options.language, os.environ))  # of the pages; a browser has all letters
    try:
        from rnn_tui.web.memory import room
        from rnn_tui.web.server import ClassServer, ServeOptions
    except ModuleNotFoundError as error:
        raise InputError(MISSING) from error
    from rnn_tui.limits import require_files

    require_files()
    name, config, corpus, questions = shown(options)  # what is wrong with it shows now and here
    server = ClassServer(
        ServeOptions(
            words=words(options),
            title=f"rnn-tui · {name}",
            host=options.host,
            port=options.port,
            most=options.viewers,
            memory=room(config, corpus),
            allowed=allowed(options),
            lesson=questions,
        ),
        begin_programs(),
    )
    try:
        server.run(meaning(options, name, server.lead.path))
    except OSError as error:
        where = visible(f"{options.host}:{options.port}")
        raise InputError(
            phrase(
                "cannot listen on {where}: {why}; try another --port or --host",
                where=where,
                why=error.strerror,
            )
        ) from error
    return 0


def shown(options: argparse.Namespace) -> "tuple[str, Config, Corpus, tuple[str, ...]]":
    """Return what viewers train: its name, settings and text, and a lesson's questions.

    Raises:
        InputError: It cannot be used.
    """
    if options.lesson is None:
        from rnn_tui.commands.options.order import prepare

        order = prepare(options)
        return visible(order.corpus.name), order.config, order.corpus, ()
    from rnn_tui.keys.in_force import KeyTable
    from rnn_tui.lessons.built_in import find
    from rnn_tui.lessons.course import require_playable

    lesson = find(options.lesson)
    require_playable(lesson)
    questions = tuple(KeyTable().named(step.ask.outline) for step in lesson.steps)
    start = lesson.steps[0].start
    return lesson.title, start.config, start.corpus, questions


def begin_programs() -> "Begin":
    """Return what starts the program of a viewer; where one can fork, most of it is there then."""
    from rnn_tui.web.program import begin, surroundings

    if sys.platform != "linux":
        return begin
    from rnn_tui.process.nursery import Nursery

    return Nursery(viewer.main, PRELOADED, surroundings(80, 24)).begin


def meaning(options: argparse.Namespace, name: str, lead: str) -> str:
    """Return what it means that the server is open, and to whom."""
    here = options.host in ("127.0.0.1", "localhost", "::1")
    who = "this machine only" if here else "EVERYBODY who reaches this machine, without a password"
    address = f"http://{options.host}:{options.port}"
    return (
        f"rnn-tui: {name} at {address}, open to {who}.\n"
        f"For whoever leads the class, and nobody else: {address}{lead}\n"
        f"Each viewer trains a network of their own here (at most {options.viewers} at once); "
        "nothing is saved. Ctrl+C ends it."
    )
