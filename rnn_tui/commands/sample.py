"""`rnn-tui sample FILE`: let the network write."""

import argparse

from rnn_tui.commands.options.parser import Parser, number, text
from rnn_tui.commands.options.shared import add_checkpoint_file, add_config

NAME = "sample"
DOES = "let a trained network write"
MORE = "The text goes to standard output as it is written."


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_checkpoint_file(parser)
    parser.add_argument(
        "--prefix", type=text, default="", metavar="TEXT", help="what it reads first"
    )
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
    number(parser, "--top-k", int, "choose among the K likeliest symbols only", "K")
    number(parser, "--top-p", float, "among the fewest that together are this probable", "P")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="same seed, same text (0)")
    parser.add_argument(
        "--count", type=int, default=1, metavar="N", help="samples, with seeds one apart (1)"
    )
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object for each sample")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui sample FILE`: let the network write."""
    from rnn_tui.plain.writing import SampleOptions, print_samples
    from rnn_tui.training.checkpoint.file import load

    asked = SampleOptions(
        prefix=options.prefix,
        length=options.length,
        temperature=options.temperature,
        top_k=options.top_k,
        top_p=options.top_p,
        seed=options.seed,
        count=options.count,
        as_json=options.json,
    )
    return print_samples(load(options.file), asked)
