"""What is told while a sweep goes."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from rnn_tui.sweep.left import seconds_left
from rnn_tui.sweep.live_table import LiveTable, Now
from rnn_tui.sweep.progress import Underway
from rnn_tui.sweep.record import Record, Text
from rnn_tui.sweep.run import Result, Run
from rnn_tui.sweep.summary import best_of
from rnn_tui.sweep.telling import print_table
from rnn_tui.text.corpus import TextOptions
from rnn_tui.training.settings.config import Config

DONE = Result(40, "done", False, 1.5, 1.7, 1.625, 33, 90, 8.0)
RUNS = [
    Run("cell=rnn,seed=0", {"cell": "rnn", "seed": 0}, Config(updates=40), result=DONE),
    Run("cell=gru,seed=0", {"cell": "gru", "seed": 0}, Config(cell="gru", updates=40)),
    Run("cell=rnn,seed=1", {"cell": "rnn", "seed": 1}, Config(seed=1, updates=40)),
]


def test_how_long_it_takes() -> None:
    """Two runs of 8 s, one of them a quarter done."""
    assert seconds_left(RUNS, [Underway(RUNS[1], 10, 2.0, None)]) == 8 + 0.75 * 8
    assert seconds_left([replace(run, result=None) for run in RUNS], []) is None


def test_the_table() -> None:
    record = Record(
        Path("there"), Text("my", "my.txt", "0", TextOptions()), {run.name: run for run in RUNS}
    )
    underway = [Underway(RUNS[1], 10, 2.0, None)]
    out = StringIO()
    table = LiveTable(
        Console(file=out, width=80, height=24, force_terminal=True, color_system=None)
    )
    table.begin()
    table.paint(Now(record, underway, seconds_left(RUNS, underway), best_of(RUNS)))
    table.end()
    for said in (
        "1 of 3 runs done · 1 under way · about 14 s left",
        "cell=gru,seed=0",
        "10 of 40",
        "2.000",
        "best: validation 1.625, cell=rnn,seed=0",
    ):
        assert said in out.getvalue()


def test_the_table_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Median and range over three seeds; those of a run that diverged do not count."""
    runs = {
        f"cell=rnn,seed={seed}": Run(
            f"cell=rnn,seed={seed}", {"cell": "rnn", "seed": seed}, Config(seed=seed),
            result=replace(DONE, best=best, diverged=best > 4, seconds=4.0 + seed),
        )
        for seed, best in enumerate((1.5, 1.25, 5.0, 1.625))
    }  # fmt: skip
    print_table(Record(Path("there"), Text("my", "my.txt", "0", TextOptions()), runs))
    head, first, second, unit = capsys.readouterr().out.splitlines()
    assert head.split() == ["cell", "runs", "best", "last", "time", "parameters"]
    assert first.split() == ["rnn", "4", "1.500", "1.700", "5.0", "s", "90"]
    assert second.split() == ["1", "diverged", "1.250–1.625", "4.0–7.0", "s"]
    assert unit.startswith("Validation losses in nats per character, median and range")
