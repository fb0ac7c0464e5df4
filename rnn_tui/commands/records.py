"""`rnn-tui runs`: the runs that left a record."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.charsets.streams import keep_to_ascii
from rnn_tui.commands.options.parser import Parser, number
from rnn_tui.commands.options.shared import add_charset
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.nn.names import networks

if TYPE_CHECKING:
    from pathlib import Path

NAME = "runs"
DOES = "list the runs that there were, name them, remove them"
MORE = (
    "train, race and the screen keep a record of each run that has made ten updates and has lasted "
    "three seconds or come to its own end: settings, curves, knobs, how it ended, where it was "
    "saved, where its text was and the digest of that, but nothing of the text. Records stay on "
    "this machine, in the folder runs of the user's data folder: the newest 500, at most 64 MB, "
    "the oldest without a name go first. RUN is a name, an id, the beginning of an id or the "
    "letters at its end; without an option all that is known of it is told."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument("run", nargs="*", metavar="RUN", help="which ones (all of them)")
    which = parser.add_argument_group("which to list")
    which.add_argument("--text", metavar="PART", help="of texts with this in their name or path")
    which.add_argument("--cell", choices=networks(), help="of this network")
    which.add_argument("--tag", help="with this tag, such as the one that a race's runs share")
    number(which, "--limit", int, "at most so many (30; of --json and --csv all)")
    form = parser.add_argument_group("how").add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a line")
    form.add_argument("--csv", action="store_true", help="comma-separated values")
    change = parser.add_argument_group("to change what is kept of RUN")
    change.add_argument("--name", help="call it so; '': it has no name any more")
    change.add_argument("--add-tag", action="append", default=[], metavar="TAG", help="tag it")
    change.add_argument(
        "--remove-tag", action="append", default=[], metavar="TAG", help="take the tag from it"
    )
    change.add_argument("--remove", action="store_true", help="delete its record")
    add_charset(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui runs`."""
    from rnn_tui.plain.records.listing import Wanted, list_runs, show
    from rnn_tui.records.find import find

    keep_to_ascii(options.charset)
    form = "json" if options.json else "csv" if options.csv else "table"
    changes = options.name is not None or options.add_tag or options.remove_tag or options.remove
    if options.limit is not None and options.limit < 1:
        raise InputError(
            phrase("{option} is at least 1, not {given}", option="--limit", given=options.limit)
        )
    if changes and not options.run:
        raise InputError(phrase("which run? rnn-tui runs RUN --name NAME; rnn-tui runs lists them"))
    if not options.run:
        parts = {"text": options.text or "", "cell": options.cell or "", "tag": options.tag or ""}
        return list_runs(Wanted(**parts, limit=options.limit, form=form))
    if options.text or options.cell or options.tag or options.limit:
        raise InputError(
            phrase("--text, --cell, --tag and --limit choose from all runs: leave out RUN")
        )
    paths = [find(word) for word in options.run]
    if changes:
        return change(options, paths)
    for path in paths:
        show(path, form)
    return 0


def change(options: argparse.Namespace, paths: "list[Path]") -> int:
    """Name, tag or remove runs."""
    from rnn_tui.records.labels import give_name, give_tag, remove

    if options.name is not None and len(paths) > 1:
        raise InputError(phrase("--name is for one run: no two have the same"))
    for path in paths:
        if options.name is not None:
            give_name(path, options.name)
        for tag in options.add_tag:
            give_tag(path, tag, on=True)
        for tag in options.remove_tag:
            give_tag(path, tag, on=False)
        if options.remove:
            remove(path)
    return 0
