"""What happened in a run: losses, validations, knobs turned, samples; as CSV or JSON."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rnn_tui.runlog.course import sample as logged_sample
from rnn_tui.runlog.player import Player
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.history import CAPACITY, History, HistoryCurves
from rnn_tui.version import __version__

COLUMNS = (
    "update", "low", "high", "smoothed", "validation", "knob", "sample", "temperature"
)  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class WrittenSample:
    """A text the network wrote."""

    update: int
    temperature: float
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class Record:
    """A run as it is told to other programs; losses in nats per symbol."""

    settings: Mapping[str, Any]
    """Every field of `Config`."""
    text: Mapping[str, Any]
    """`name`; from a checkpoint also `units`, `encoding`, `normalize`."""
    vocabulary: tuple[str, ...]
    update: int
    """Updates done."""
    curves: HistoryCurves
    samples: tuple[WrittenSample, ...] = ()


def record_of(checkpoint: Checkpoint) -> Record:
    """Return what a checkpoint holds of the run; samples are not among it."""
    columns = {
        name.removeprefix("history."): column
        for name, column in checkpoint.tensors.items()
        if name.startswith("history.")
    }
    history = History.from_parts(columns, checkpoint.numbers["history"])
    return Record(
        asdict(checkpoint.config),
        {"name": checkpoint.corpus_name, **asdict(checkpoint.options)},
        checkpoint.vocab.symbols,
        checkpoint.update,
        history.curves(CAPACITY),
    )


def record_of_log(path: Path) -> Record:
    """Return what a log tells of its last run, on the branch it ended on, and all samples.

    Raises:
        InputError: It cannot be read, or is damaged.
    """
    player, written = Player.open(path), list[WrittenSample]()
    for event in player.events:
        if event["event"] == "start" and not event["update"]:
            written.clear()
        if event["event"] == "sample":
            one = logged_sample(event)
            written.append(WrittenSample(one.update, one.temperature, one.text))
    player.seek(len(player.events))
    course = player.course
    return Record(
        course.facts["config"],
        {"name": course.facts["corpus_name"]},
        tuple(course.facts["letters"]),
        course.branch.head,
        course.branch.history.curves(CAPACITY),
        tuple(written),
    )


def csv_text(record: Record) -> str:
    """One row for every bin of the loss curve, validation, knob and sample, by update."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows(record), key=lambda row: row["update"]))
    return out.getvalue()


def rows(record: Record) -> Iterable[dict[str, Any]]:
    """Return the rows, kind by kind; cells that do not apply are left out."""
    yield from losses(record.curves)
    yield from validations(record.curves)
    for mark in record.curves.marks:
        yield {"update": mark.update, "knob": mark.label}
    for sample in record.samples:
        yield {"update": sample.update, "sample": sample.text, "temperature": sample.temperature}


def json_text(record: Record) -> str:
    """One object, indented; a loss that is not a finite number is null."""
    whole = {
        "format": "rnn-tui history",
        "version": 1,
        "rnn_tui": __version__,
        "config": record.settings,
        "text": record.text,
        "vocabulary": record.vocabulary,
        "update": record.update,
        "losses": list(losses(record.curves)),
        "validations": list(validations(record.curves)),
        "knobs": [asdict(mark) for mark in record.curves.marks],
        "samples": [asdict(sample) for sample in record.samples],
    }
    return json.dumps(whole, indent=1, allow_nan=False) + "\n"


def losses(curves: HistoryCurves) -> list[dict[str, Any]]:
    """Return the loss curve: smallest and largest since the row before, and the running mean."""
    columns = zip(curves.update, curves.low, curves.high, curves.smoothed, strict=True)
    return [
        {"update": int(update), "low": finite(a), "high": finite(b), "smoothed": finite(mean)}
        for update, a, b, mean in columns
    ]


def validations(curves: HistoryCurves) -> list[dict[str, Any]]:
    """Losses on the part of the text that is kept for validation."""
    pairs = zip(curves.val_update, curves.validation, strict=True)
    return [{"update": int(update), "validation": finite(loss)} for update, loss in pairs]


def finite(value: float) -> float | None:
    """Return the number, or nothing where it is none."""
    return float(value) if math.isfinite(value) else None
