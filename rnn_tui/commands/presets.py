"""`rnn-tui presets`: the settings that have a name."""

import argparse

from rnn_tui.commands.options.parser import Parser

NAME = "presets"
DOES = "the settings that have a name, for --preset"
MORE = (
    "What a preset leaves open is what the program starts from for any text. The lines under a "
    "preset say in what it differs from the program of its name; with --json they are left out."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui presets`: the settings that have a name."""
    from rnn_tui.plain.presets import print_presets

    return print_presets(options.json)
