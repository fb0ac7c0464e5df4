"""`rnn-tui sample FILE`: let the network write."""

import argparse

from rnn_tui.commands.options import add_checkpoint_file
from rnn_tui.commands.parser import Parser

NAME = "sample"
DOES = "let a trained network write"
MORE = "The text goes to standard output as it is written."


def add_options(parser: Parser) -> None:
    """What it takes."""
    add_checkpoint_file(parser)
    parser.add_argument("--prefix", default="", metavar="TEXT", help="what it reads first")
    parser.add_argument(
        "--length", type=int, default=500, metavar="N", help="symbols to write (500)"
    )
    parser.add_argument(
        "--temperature",
        type=float,
        default=0.8,
        metavar="X",
        help="below 1 bolder, above 1 more adventurous, 0 always the likeliest (0.8)",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="same seed, same text (0)")


def run(options: argparse.Namespace) -> int:
    """`rnn-tui sample FILE`: let the network write."""
    from rnn_tui.plain.results import print_sample
    from rnn_tui.training.checkpoint import load

    return print_sample(
        load(options.file), options.prefix, options.length, options.temperature, options.seed
    )
