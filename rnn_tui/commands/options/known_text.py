"""A text that a trained network is to read."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from rnn_tui.commands.options.parser import Parser, path
from rnn_tui.standard_streams import complain

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus
    from rnn_tui.training.checkpoint.file import Checkpoint


def add_known_text(parser: Parser) -> None:
    """Add the text, and how its bytes are read."""
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


def read_known_text(options: argparse.Namespace, checkpoint: "Checkpoint") -> "Corpus":
    """Read it as the text that the network was trained on was read.

    Raises:
        InputError: It cannot be read; one line says what, where and what to do.
    """
    from rnn_tui.commands.options.text_source import Source, read
    from rnn_tui.text.remarks import one_symbol

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
    return corpus
