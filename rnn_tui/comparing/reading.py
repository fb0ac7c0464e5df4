"""Runs read from files and folders, each file within bounds; whatever is in them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.comparing.lines import Lines
from rnn_tui.comparing.run import Run
from rnn_tui.comparing.tracing import Tracer
from rnn_tui.errors import InputError
from rnn_tui.runlog.file import VERSION
from rnn_tui.runlog.reader import require_log
from rnn_tui.text.visible import visible

SUFFIX = ".jsonl"
MOST_RUNS = 500
"""Runs that are held: 40 MB of curves."""
MOST_FILES = 2000
"""Files of a folder that are looked into."""


@dataclass(frozen=True, slots=True)
class Found:
    """Runs, and why some files of a folder were left out, a sentence each."""

    runs: tuple[Run, ...]
    left_out: tuple[str, ...] = ()


def read_runs(path: Path) -> list[Run]:
    """Return the runs in a log that have at least one update.

    Raises:
        InputError: There is no such file, it is no log, one of a newer version, or empty.
    """
    where = visible(str(path))
    require_log(path)
    tracer = Tracer()
    try:
        with path.open("rb") as file:
            for lines in Lines(file, os.fstat(file.fileno()).st_size):
                tracer.take(lines)
                del tracer.traces[: max(0, len(tracer.traces) - MOST_RUNS)]
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"{where}: cannot be read: {reason}") from None
    if tracer.newest > VERSION:
        raise InputError(f"{where}: written by a newer rnn-tui; update rnn-tui")
    if not tracer.traces:
        raise InputError(f"{where}: its first line is damaged")
    stem, several = visible(path.stem), len(tracer.traces) > 1
    runs = [
        trace.run(f"{stem} {place}" if several else stem)
        for place, trace in enumerate(tracer.traces, 1)
    ]
    if not (begun := [run for run in runs if run.updates]):
        raise InputError(f"{where}: has no update yet: there is nothing to compare")
    return begun


def read_all(paths: Sequence[Path]) -> Found:
    """Return the runs in files and folders; of a folder, all `*.jsonl` in it that are logs.

    Raises:
        InputError: A file that was named cannot be used, or no file of a folder can.
    """
    runs: list[Run] = []
    left_out: list[str] = []
    for path in paths:
        if path.is_dir():
            runs += in_folder(path, left_out)
        else:
            runs += read_runs(path)
    return Found(tuple(runs[:MOST_RUNS]), tuple(left_out))


def in_folder(folder: Path, left_out: list[str]) -> list[Run]:
    """Return the runs in the logs of a folder; `left_out` gets a sentence for each other file.

    Raises:
        InputError: There is none.
    """
    runs: list[Run] = []
    where, refused = visible(str(folder)), len(left_out)
    try:
        files = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX))
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"{where}: cannot be read: {reason}") from None
    for path in files[:MOST_FILES]:
        try:
            runs += read_runs(path)
        except InputError as error:
            left_out.append(str(error))
    if runs:
        return runs
    if len(left_out) > refused:
        raise InputError(left_out[refused])
    raise InputError(f"{where}: holds no log (*{SUFFIX}); --log FILE writes one")
