"""`rnn-tui predict FILE PREFIX`: what comes next."""

import argparse

from rnn_tui.commands.options.parser import Parser, text
from rnn_tui.commands.options.shared import add_checkpoint_file

NAME = "predict"
DOES = "what a trained network expects after a prefix"
MORE = "Probabilities of the next symbol, likeliest first."


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_checkpoint_file(parser)
    parser.add_argument("prefix", type=text, metavar="PREFIX", help="the text so far")
    parser.add_argument(
        "--top", type=int, default=10, metavar="K", help="symbols to list, at most (10)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui predict FILE PREFIX`: what comes next."""
    from rnn_tui.plain.results import print_prediction
    from rnn_tui.training.checkpoint.file import load

    return print_prediction(load(options.file), options.prefix, options.top, options.json)
