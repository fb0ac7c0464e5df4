"""`rnn-tui sweep CORPUS`: many runs that differ in some settings, and what comes of them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.parser import Parser, name, number, path
from rnn_tui.commands.options.shared import (
    add_charset,
    add_config,
    add_corpus_name,
    add_learning_options,
    add_network_options,
    add_pace_options,
    add_stop_options,
    add_text_options,
)
from rnn_tui.errors import InputError

if TYPE_CHECKING:
    from rnn_tui.sweep.record import Record
    from rnn_tui.sweep.workers import Workers
    from rnn_tui.text.corpus import Corpus

NAME = "sweep"
DOES = "train with all combinations of some settings, side by side"
MORE = (
    "Each run is that of rnn-tui train with these settings and saved in the sweep's folder, with "
    "its event log. The same command, or --resume FOLDER, does what is left: a run at its end is "
    "never done again, one that was killed goes on from where it was saved. A run that diverges is "
    "a result. Exit codes: 0 all runs are at their end, 2 something given cannot be used, or "
    "workers are lost again and again, 128 + n after signal n."
)


class Add(argparse.Action):
    """Collects what an option is given each time; argparse's own cannot begin with an object."""

    def __call__(self, parser: object, namespace: object, values: object, *_: object) -> None:
        """Add a value."""
        before = getattr(namespace, self.dest)
        setattr(namespace, self.dest, [*(before if isinstance(before, list) else []), values])


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_corpus_name(parser)
    sweep = parser.add_argument_group("sweep")
    sweep.add_argument(
        "--vary",
        dest="varied",
        action=Add,
        default=[],
        type=name,
        metavar="SETTING=VALUE,…",
        help="a setting and the values it takes, such as cell=rnn,lstm; given several times: all "
        "combinations",
    )
    number(sweep, "--seeds", int, "so many runs of each combination, from --seed on (one)")
    sweep.add_argument(
        "--out",
        type=path,
        metavar="FOLDER",
        help="where the runs are saved (the text's name and -sweep, in the working folder)",
    )
    sweep.add_argument(
        "--resume",
        type=path,
        metavar="FOLDER",
        help="do what is left of the sweep in a folder, with its settings",
    )
    number(sweep, "--jobs", int, "so many at once, a process each (as many as processors)")
    sweep.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="on the workers of a Dask cluster, which see FOLDER under the same name; needs the "
        "extra cluster: pip install 'rnn-tui[cluster]'",
    )
    number(sweep, "--checkpoint-every", int, "save a run every so many updates, too (10 s)")
    sweep.add_argument(
        "--keep",
        choices=("newest", "best"),
        help="best: beside each run, as NAME.best.safetensors, keep the checkpoint with the lowest "
        "validation loss (newest)",
    )
    sweep.add_argument("--json", action="store_true", help="one JSON object a line")
    add_text_options(parser)
    add_network_options(parser.add_argument_group("network (default: chosen from the text)"))
    add_learning_options(parser.add_argument_group("learning (default: chosen from the text)"))
    add_stop_options(parser.add_argument_group("when a run stops"))
    add_pace_options(parser.add_argument_group("pace and samples"))
    add_config(parser)
    add_charset(parser)


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui sweep CORPUS`."""
    from rnn_tui.charsets.streams import keep_to_ascii
    from rnn_tui.sweep.claim import Claim
    from rnn_tui.sweep.command import sweep
    from rnn_tui.sweep.record import begun

    keep_to_ascii(options.charset)
    require_sense(options)
    record, corpus = asked_for(options)
    with Claim(record.folder) as claim:
        record = begun(record)
        return sweep(record, claim, workers_for(options, record, corpus), as_json=options.json)


def require_sense(options: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    for option in ("jobs", "checkpoint_every"):
        if (given := getattr(options, option)) is not None and given < 1:
            raise InputError(f"--{option.replace('_', '-')} is at least 1, not {given}")
    given = {name for name, source in options.sources.items() if source == "command line"}
    if {"jobs", "dask"} <= given:
        raise InputError("--jobs and --dask exclude each other: a cluster has its own workers")


def asked_for(options: argparse.Namespace) -> "tuple[Record, Corpus]":
    """Return the sweep that is asked for, and its text."""
    return resumed(options) if options.resume is not None else new(options)


def new(options: argparse.Namespace) -> "tuple[Record, Corpus]":
    """Return the sweep that the options make up."""
    from rnn_tui.commands import sweep
    from rnn_tui.commands.options.grid import runs_of
    from rnn_tui.commands.options.settable import settable
    from rnn_tui.commands.options.text_source import read, source_of
    from rnn_tui.commands.parsers import command_parser
    from rnn_tui.sweep.record import Record, Text

    if options.corpus is None:
        raise InputError(
            "CORPUS is missing: a text file to learn, a built-in text such as hello "
            "(rnn-tui corpora), or --resume FOLDER"
        )
    corpus = read(source_of(options, None))
    runs = runs_of(options, corpus, lambda: settable([command_parser(sweep)]))
    if options.keep == "best":
        from rnn_tui.training.settings.choose import require_validation

        for one in runs.values():
            require_validation(one.config, corpus, "--keep best")
    folder = (options.out or folder_for(corpus.name)).resolve()
    best = options.keep == "best"
    return Record(folder, Text.of(corpus), runs, options.checkpoint_every, best), corpus


def resumed(options: argparse.Namespace) -> "tuple[Record, Corpus]":
    """Return the sweep that is saved in a folder."""
    from rnn_tui.commands.options.text_source import Source, read, where_it_is_now
    from rnn_tui.sweep.record import Text, load
    from rnn_tui.text.visible import visible

    fixed = fixed_in(options)
    if fixed:
        raise InputError(
            f"--{fixed[0].replace('_', '-')} cannot be changed on the way; leave it out, or name "
            "another folder: --out FOLDER without --resume"
        )
    record = load(options.resume.resolve())
    if options.corpus is None and not record.text.path:
        raise InputError("the sweep's text came from standard input; name it: CORPUS")
    text = options.corpus or where_it_is_now(record.text.path)
    corpus = read(Source(text, record.text.options))
    if not record.text.is_that_of(Text.of(corpus)):
        raise InputError(
            f"this sweep belongs to {record.text.name!r}, whose text differs from "
            f"{visible(corpus.name)!r}; give the same file, unchanged"
        )
    return record, corpus


def fixed_in(options: argparse.Namespace) -> list[str]:
    """Return what is given on the command line and belongs to a sweep from its beginning."""
    from rnn_tui.commands.options.sources import RUN, TEXT

    given = {name for name, source in options.sources.items() if source == "command line"}
    named = [name for name in ("out", "seeds", "checkpoint_every", "keep") if name in given]
    return ["vary"] * bool(options.varied) + named + sorted(given & (RUN | TEXT | {"network"}))


def folder_for(text: str) -> Path:
    """Return where a text's sweep is saved when no folder was named."""
    from rnn_tui.saving.free_name import stem_of

    return Path(f"{stem_of(text)}-sweep")


def workers_for(options: argparse.Namespace, record: "Record", corpus: "Corpus") -> "Workers":
    """Return who is to do the runs."""
    here = options.sources.get("jobs") == "command line"  # the address is from a file then
    if options.dask is not None and not here:
        from rnn_tui.sweep.cluster import Cluster

        return Cluster.at(options.dask, corpus, record.folder)
    from rnn_tui.sweep.local import Local, processors

    count = options.jobs or processors()
    return Local(corpus, max(1, min(count, len(record.left))))
