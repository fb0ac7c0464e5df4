"""`rnn-tui eval FILE TEXT`: how well the network knows a text."""

import argparse
from dataclasses import replace

from rnn_tui.commands.options.parser import Parser, path
from rnn_tui.commands.options.shared import add_checkpoint_file
from rnn_tui.standard_streams import complain

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
    parser.add_argument(
        "text",
        type=path,
        metavar="TEXT",
        help="a text file, a built-in text, or - for standard input",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the text (that of the text it was trained on)"
    )
    parser.add_argument(
        "--errors",
        choices=("strict", "replace", "skip"),
        help="bytes that are not in the encoding (as in training): refuse the text, put � for "
        "them, or leave them out; how many is said",
    )
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
    from rnn_tui.commands.options.text_source import Source, read
    from rnn_tui.plain.evaluation import print_evaluation
    from rnn_tui.text.remarks import one_symbol
    from rnn_tui.training.checkpoint.file import load

    checkpoint = load(options.file)
    changed = {
        name: value
        for name in ("encoding", "errors")
        if (value := getattr(options, name)) is not None
    }
    corpus = read(Source(str(options.text), replace(checkpoint.options, **changed)))
    if corpus.options.errors != "strict":
        for note in corpus.notes:
            complain(note)
    if note := one_symbol(corpus):
        complain(note)
    return print_evaluation(checkpoint, corpus, options.form)
