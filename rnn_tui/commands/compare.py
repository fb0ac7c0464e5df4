"""`rnn-tui compare`: the curves of several runs on one chart."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.commands.options.appearance import add_appearance, appearance
from rnn_tui.commands.options.parser import Parser, name
from rnn_tui.commands.options.shared import add_config
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

if TYPE_CHECKING:
    from rnn_tui.comparing.reading import Found

NAME = "compare"
DOES = "see the curves of several runs on one chart"
MORE = (
    "RUN is a run that rnn-tui runs lists (its name, its id, the beginning of that), a file that "
    "--log wrote, or a folder of such files; without one the newest records. Below the chart "
    "stand the lowest validation loss and when, the time, and the settings that differ."
)
NEWEST = 20
"""Records that are shown where none is asked for."""


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument(
        "run", nargs="*", type=name, metavar="RUN", help="which ones (the newest records)"
    )
    add_appearance(parser)
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui compare`."""
    from functools import partial

    from rnn_tui.comparing.comparison import Comparison
    from rnn_tui.comparing.reading import read_all
    from rnn_tui.records.find import file_or_record
    from rnn_tui.tui.terminal.terminal import require_terminal

    look = appearance(options)
    words = options.run
    found = read_all([file_or_record(word) for word in words]) if words else newest()
    require_terminal()
    from rnn_tui.tui.compare_app import CompareApp
    from rnn_tui.tui.launch import run_screen

    return run_screen(
        partial(
            CompareApp,
            Comparison(found),
            theme=look["theme"],
            keys=look["keys"],
            charset=look["charset"],
        )
    )


def newest() -> "Found":
    """Return the runs of the newest records; those that cannot be read are left out.

    Raises:
        InputError: There is none.
    """
    from rnn_tui.comparing.reading import Found, read_runs
    from rnn_tui.comparing.run import Run
    from rnn_tui.records.folder import files, folder

    runs: list[Run] = []
    left_out: list[str] = []
    # By what a record begins with, the month and day, those of last December would be the newest.
    dated = [(path.lstat().st_mtime, path) for path in files(folder())]
    for _, path in sorted(dated, reverse=True)[:NEWEST]:
        try:
            runs += read_runs(path)
        except InputError as error:
            left_out.append(str(error))
    if not runs:
        raise InputError(
            phrase(
                "there is no run to compare yet: train, race and the screen keep a record of each"
            )
        )
    return Found(tuple(runs), tuple(left_out))
