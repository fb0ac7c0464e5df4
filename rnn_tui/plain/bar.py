"""The progress bar of `train`."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rnn_tui.training.trainer import StepReport, Trainer

REPAINT = 0.1
"""Seconds between two looks of the progress bar."""


class Bar:
    """The progress bar; paints nothing where standard error is not a terminal."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.progress = Progress(
            TextColumn("update {task.fields[update]}"),
            BarColumn(),
            TextColumn("loss {task.fields[loss]}"),
            TextColumn("val {task.fields[validation]}"),
            TextColumn("{task.fields[speed]}/s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            refresh_per_second=10,
        )
        self.visible = self.progress.console.is_terminal
        self.task = TaskID(0)
        self.painted, self.painted_update = time.monotonic(), trainer.update

    def __enter__(self) -> "Bar":
        if self.visible:
            self.task = self.progress.add_task(
                "", total=last_update(self.trainer), update="0", loss="–", validation="–", speed="–"
            )
            self.progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.visible:
            self.progress.stop()

    def show(self, report: StepReport) -> None:
        """Take in what an update did; paint at most ten times a second."""
        now = time.monotonic()
        if not self.visible or now - self.painted < REPAINT:
            return
        speed = (report.update - self.painted_update) / (now - self.painted)
        self.painted, self.painted_update = now, report.update
        validation = self.trainer.history.validation
        self.progress.update(
            self.task,
            completed=report.update,
            update=f"{report.update:,}",
            loss=f"{report.smoothed:.3f}",
            validation="–" if validation is None else f"{validation:.3f}",
            speed=f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}",
        )


def last_update(trainer: Trainer) -> int | None:
    """The update training stops at, if a count says so."""
    config, limits = trainer.config, []
    if config.updates is not None:
        limits.append(config.updates)
    if config.epochs is not None:
        limits.append(config.epochs * trainer.windows_per_epoch)
    return min(limits, default=None)
