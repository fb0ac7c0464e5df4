"""What is told while a sweep goes."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from rnn_tui.sweep.left import seconds_left
from rnn_tui.sweep.live_table import LiveTable, Now
from rnn_tui.sweep.progress import Underway
from rnn_tui.sweep.record import Record, Text
from rnn_tui.sweep.run import Result, Run
from rnn_tui.sweep.summary import best_of
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
