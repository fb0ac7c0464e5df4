"""`rnn-tui learn`: lessons."""

import argparse

from rnn_tui.commands.options.parser import Parser, path

NAME = "learn"
DOES = "lessons that ask first and compute the answer from the run"
MORE = (
    "A lesson is one TOML file, which a teacher can write: docs/lessons.md describes it. --check "
    "reads it, plays it through without a screen, and says what is wrong and on which line; exit "
    "code 2: something is."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="the lessons that there are")
    what.add_argument(
        "--check",
        type=path,
        metavar="FILE",
        help="check a lesson of your own: its answers are printed",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui learn`."""
    from rnn_tui.plain.lessons import print_answers, print_lessons

    if options.list:
        return print_lessons(as_json=options.json)
    return print_answers(options.check, as_json=options.json)
