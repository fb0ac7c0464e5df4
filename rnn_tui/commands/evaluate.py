"""`rnn-tui eval FILE TEXT`: how well the network knows a text."""

import argparse

from rnn_tui.commands.options.known_text import add_known_text, read_known_text
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import add_checkpoint_file

NAME = "eval"
DOES = "how well a trained network knows a text"
MORE = (
    "Loss in nats, bits and perplexity per character; or the surprise of every character, "
    "-log of the probability it had, given all before it. On the part that is kept for validation "
    "it is the validation loss of the screen and of train."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_checkpoint_file(parser)
    add_known_text(parser)
    form = parser.add_mutually_exclusive_group()
    parser.set_defaults(form="words")
    form.add_argument(
        "--json", dest="form", action="store_const", const="json", help="one JSON object"
    )
    form.add_argument(
        "--tsv",
        dest="form",
        action="store_const",
        const="tsv",
        help="a row for every character: position, symbol, nats, bits, probability",
    )
    form.add_argument(
        "--surprise",
        dest="form",
        action="store_const",
        const="surprise",
        help="the text in colors from expected to surprising; digits below it where there are no "
        "colors (NO_COLOR; a pipe without FORCE_COLOR=1)",
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui eval FILE TEXT`: how well the network knows a text."""
    from rnn_tui.plain.evaluation import print_evaluation
    from rnn_tui.training.checkpoint.file import load

    checkpoint = load(options.file)
    return print_evaluation(checkpoint, read_known_text(options, checkpoint), options.form)
