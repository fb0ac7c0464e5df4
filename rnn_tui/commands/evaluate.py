"""`rnn-tui eval FILE TEXT`: how well the network knows a text."""

import argparse
from pathlib import Path

from rnn_tui.commands.options import add_checkpoint_file
from rnn_tui.commands.order import read
from rnn_tui.commands.parser import Parser

NAME = "eval"
DOES = "how well a trained network knows a text"
MORE = "Loss in nats, bits and perplexity per character."


def add_options(parser: Parser) -> None:
    """What it takes."""
    add_checkpoint_file(parser)
    parser.add_argument("text", type=Path, metavar="TEXT", help="the text file to read")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """`rnn-tui eval FILE TEXT`: how well the network knows a text."""
    from rnn_tui.plain.results import print_evaluation
    from rnn_tui.training.checkpoint import load

    checkpoint = load(options.file)
    corpus = read(str(options.text), checkpoint.options)
    return print_evaluation(checkpoint, corpus, options.json)
