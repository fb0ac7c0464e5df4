"""`rnn-tui race CORPUS`: several networks on one text, on one chart."""

import argparse
import gc
from typing import TYPE_CHECKING

from rnn_tui.commands.options.appearance import add_appearance, appearance
from rnn_tui.commands.options.parser import Parser, number, path
from rnn_tui.commands.options.shared import (
    NEWEST,
    add_config,
    add_corpus_name,
    add_learning_options,
    add_network_options,
    add_pace_options,
    add_record,
    add_text_options,
)
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.nn.names import networks

if TYPE_CHECKING:
    from rnn_tui.commands.options.lineup import Lineup
    from rnn_tui.protocol.race import Pace
    from rnn_tui.protocol.session import Listener

POINTS = 50
"""Lines a network, of --json."""
PACES: dict[str, "Pace"] = {"equal": "equal", "flat-out": "flat out"}

NAME = "race"
DOES = "let several networks learn one text, on one chart"
MORE = (
    "Each trains in a process of its own, from the same seed on the same windows in the same "
    "order. With --updates without a screen. Exit codes: 0 done, 2 something given cannot be used, "
    "3 a network did not come to the end, 128 + n after signal n."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_corpus_name(parser)
    race = parser.add_argument_group("race")
    race.add_argument(
        "--networks",
        metavar="NAME,…",
        help=f"which ones (all: {', '.join(networks())}); at most six",
    )
    race.add_argument(
        "--vary",
        metavar="SETTING=VALUE,…",
        help="a setting that differs, such as learning-rate: one network for each value",
    )
    race.add_argument(
        "--pace",
        choices=tuple(PACES),
        default="equal",
        help="wait for one another (equal updates, the default) or go as fast as each can",
    )
    race.add_argument(
        "--resume",
        nargs="?",
        const=NEWEST,
        type=path,
        metavar="FOLDER",
        help="go on with the networks saved in a folder; without FOLDER: with the newest race that "
        "was kept by itself, of CORPUS if it is named",
    )
    race.add_argument(
        "--checkpoints",
        type=path,
        metavar="FOLDER",
        help="save every network there at the end, NUMBER-NAME.safetensors; a race that is saved "
        "there already is replaced only by going on with it (--resume FOLDER)",
    )
    number(race, "--checkpoint-every", int, "and every so many updates")
    race.add_argument("--no-autosave", action="store_true", help="keep nothing by itself")
    add_record(race)
    race.add_argument("--paused", action="store_true", help="stand still at first")
    plain = parser.add_argument_group("without a screen")
    number(plain, "--updates", int, "train until so many updates, print a table and leave")
    number(plain, "--points", int, "how often the figures are told on the way (50)")
    parser.set_defaults(points=POINTS)
    plain.add_argument("--json", action="store_true", help="one JSON object a line")
    add_text_options(parser)
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    add_learning_options(parser.add_argument_group("learning (default: chosen from the text)"))
    add_pace_options(parser.add_argument_group("pace and samples"))
    add_appearance(parser.add_argument_group("screen"))
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui race CORPUS`: on the screen, or without one where it is told when to stop."""
    if options.updates is None and options.json:
        raise InputError(phrase("--json needs to know when to stop: --updates N"))
    for option in ("updates", "points", "checkpoint_every"):
        if (given := getattr(options, option)) is not None and given < 1:
            raise InputError(
                phrase(
                    "{option} is at least 1, not {given}",
                    option=f"--{option.replace('_', '-')}",
                    given=given,
                )
            )
    if options.checkpoint_every is not None and options.checkpoints is None:
        raise InputError(phrase("--checkpoint-every needs --checkpoints FOLDER"))
    return on_screen(options) if options.updates is None else without_screen(options)


def without_screen(options: argparse.Namespace) -> int:
    """Train until so many updates, and print."""
    from rnn_tui.charsets.streams import keep_to_ascii
    from rnn_tui.commands.runs.race_report import report_after_race
    from rnn_tui.commands.runs.race_workers import Workers
    from rnn_tui.plain.race.run import points_of, race

    keep_to_ascii(options.charset)
    entered = entered_in(options)
    points = points_of(options.updates, options.points)
    workers = Workers(options, entered, autosave=False)
    code = race(entered.entrants, workers, points, PACES[options.pace], options.json)
    unsaved = report_after_race(workers, entered.corpus)
    return code or unsaved


def on_screen(options: argparse.Namespace) -> int:
    """Open the screen on all of them."""
    from functools import partial

    from rnn_tui.commands.runs.race_report import report_after_race
    from rnn_tui.commands.runs.race_workers import Workers
    from rnn_tui.limits import require_files
    from rnn_tui.tui.terminal.terminal import require_terminal, take_keyboard

    require_terminal(
        stdin_is_corpus=options.corpus == "-",
        command="rnn-tui race",
        without="rnn-tui race TEXT --updates 1000",
    )
    require_files()
    gc.disable()  # the screen enables it again
    look = appearance(options)
    entered = entered_in(options)
    take_keyboard()
    from rnn_tui.race.session import Race
    from rnn_tui.tui.launch import run_screen
    from rnn_tui.tui.race_app import RaceApp

    workers = Workers(options, entered, autosave=not options.no_autosave)

    def make_session(listener: "Listener") -> Race:
        pace = PACES[options.pace]
        return Race(entered.entrants, workers, listener, pace=pace, paused=options.paused)

    code = run_screen(partial(RaceApp, make_session, **look))
    return code if code == 1 else max(code, report_after_race(workers, entered.corpus))


def entered_in(options: argparse.Namespace) -> "Lineup":
    """Return who races, and the text in memory that all workers share."""
    from dataclasses import replace

    from rnn_tui.commands import race
    from rnn_tui.commands.options.lineup import lineup
    from rnn_tui.commands.options.settable import settable
    from rnn_tui.commands.parsers import command_parser
    from rnn_tui.process.shared_text import share

    entered = lineup(options, lambda: settable([command_parser(race)]))
    return replace(entered, corpus=share(entered.corpus))
