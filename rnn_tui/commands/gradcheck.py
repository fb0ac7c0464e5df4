"""`rnn-tui gradcheck`: are the gradients right?"""

import argparse

from rnn_tui.commands.options.parser import Parser, name, number
from rnn_tui.commands.options.shared import add_config, add_network_options, add_text_options
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

NAME = "gradcheck"
DOES = "compare the gradients with numerical ones"
MORE = (
    "In float64, on the first window of the text: backpropagation through time against what "
    "the loss does when a weight is moved a little. What rounding hides is counted as too small "
    "to tell, and what a ReLU that changes sides leaves without a slope as at a kink: neither is "
    "wrong. Exit code 1: a gradient is."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument(
        "corpus", nargs="?", type=name, metavar="CORPUS", help='a text file ("hello")'
    )
    add_text_options(parser)
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    window = parser.add_argument_group("window")
    number(window, "--seq-length", int, "time steps", "T")
    number(window, "--batch-size", int, "streams side by side", "B")
    number(window, "--updates", int, "train so many updates first (0)")
    add_config(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui gradcheck`: are the gradients right?"""
    from rnn_tui.commands.options.order import overrides
    from rnn_tui.commands.options.text_source import Source, read, text_options
    from rnn_tui.plain.gradients import print_gradcheck
    from rnn_tui.text.corpus import corpus_from_bytes
    from rnn_tui.training.settings.choose import choose_config
    from rnn_tui.training.trainer import Trainer

    given = {name: value for name, value in overrides(options).items() if name != "updates"}
    if options.corpus is None:
        corpus = corpus_from_bytes(b"hello", "hello", text_options(options))
    else:
        corpus = read(Source(options.corpus, text_options(options)))
    config, _ = choose_config(corpus, options.preset, given)
    updates = options.updates or 0
    if updates < 0:
        raise InputError(phrase("--updates must not be negative, not {updates}", updates=updates))
    return print_gradcheck(Trainer(config, corpus), updates, options.json)
