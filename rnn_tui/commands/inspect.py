"""`rnn-tui inspect FILE TEXT`: what a prediction rests on."""

import argparse

from rnn_tui.commands.options.known_text import add_known_text, read_known_text
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import add_checkpoint_file

NAME = "inspect"
DOES = "what a prediction of a trained network rests on"
MORE = (
    "For each of the characters before a place: by how much the character that stands there was "
    "likelier than with another in this one's place (ln p, in nats, the mean over the others of "
    "its kind, digits for digits, capitals for capitals; – where there are none); and what the "
    "gradient foretells of it."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_checkpoint_file(parser)
    add_known_text(parser)
    parser.add_argument(
        "--influence",
        type=int,
        required=True,
        metavar="N",
        help="what the characters before character N did for its prediction; N counts from 0, "
        "-1 is the last",
    )
    parser.add_argument(
        "--back", type=int, default=20, metavar="K", help="how many characters before it (20)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui inspect FILE TEXT`: what a prediction rests on."""
    from rnn_tui.plain.influence import print_influence
    from rnn_tui.training.checkpoint.file import load

    checkpoint = load(options.file)
    corpus = read_known_text(options, checkpoint)
    return print_influence(
        checkpoint, corpus, options.influence, options.back, as_json=options.json
    )
