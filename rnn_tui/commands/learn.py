"""`rnn-tui learn`: lessons beside the real screens."""

import argparse
import sys

from rnn_tui.commands.options.appearance import add_appearance, appearance, speak
from rnn_tui.commands.options.parser import Parser, name
from rnn_tui.commands.options.shared import add_config

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

    if not options.json:
        speak(options, sys.stdout.encoding)
    if options.list:
        return print_lessons(as_json=options.json)
    if options.check:
        return print_answers(options.check, as_json=options.json)
    from rnn_tui.commands.runs.lessons import play
    from rnn_tui.limits import require_files
    from rnn_tui.tui.terminal.terminal import require_terminal, take_keyboard

    require_terminal()
    require_files()
    look = appearance(options)
    take_keyboard()
    return play(look, options.lesson)
