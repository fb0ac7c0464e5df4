"""`rnn-tui keys`: which key does what."""

import argparse

from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import add_config

NAME = "keys"
DOES = "list the keys of the screen and their names"
MORE = (
    "Those of your own stand in config.toml; a star marks them here. "
    "Example: [keys] and under it train.pause = 'p'"
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui keys`: which key does what."""
    from rnn_tui.keys.in_force import keys_in_force
    from rnn_tui.keys.listing import lines, records
    from rnn_tui.plain.output import emit
    from rnn_tui.text.visible import visible

    table = keys_in_force(options.settings)
    if options.json:
        for record in records(table):
            emit(record)
        return 0
    print(f"Your own: [keys] in {visible(str(options.settings.file))}")
    for line in lines(table):
        print(line)
    return 0
