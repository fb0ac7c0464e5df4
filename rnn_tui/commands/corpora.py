"""`rnn-tui corpora`: the texts that come with the program."""

import argparse

from rnn_tui.commands.options.parser import Parser

NAME = "corpora"
DOES = "the built-in texts, for CORPUS, and what each shows"
MORE = "Each name can stand where a text file is asked for; a file of the same name is taken first."


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui corpora`: the texts that come with the program."""
    from rnn_tui.text.built_in import BUILT_IN, folder

    for name, shows in BUILT_IN.items():
        if options.json:
            import json

            file = str(folder() / f"{name}.txt")
            print(json.dumps({"name": name, "shows": shows, "file": file}, ensure_ascii=False))
        else:
            print(f"{name:10} {shows}")
    return 0
