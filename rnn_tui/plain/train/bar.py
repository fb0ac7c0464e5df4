"""The progress bar of `train`."""

import math
import time
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rnn_tui.training.trainer import Trainer

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
        self.speed = "–"

    def __enter__(self) -> "Bar":
        if self.visible:
            total = last_update(self.trainer)
            self.task = self.progress.add_task("", total=total, **self._figures())
            try:
                self.progress.start()
            except RuntimeError:  # it gets no thread to paint from, and paints between updates
                self.progress.live.auto_refresh = False
        return self

    def __exit__(self, *exception: object) -> None:
        if self.visible:
            if self.speed == "–":
                self._measure(time.monotonic())
            self._paint()
            self.progress.stop()

    def show(self) -> None:
        """Look at the trainer; paint at most ten times a second."""
        now = time.monotonic()
        if not self.visible or now - self.painted < REPAINT:
            return
        self._measure(now)
        self._paint()

    def _measure(self, now: float) -> None:
        done, seconds = self.trainer.update - self.painted_update, now - self.painted
        if done and seconds:
            speed = done / seconds
            self.speed = f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"
        self.painted, self.painted_update = now, self.trainer.update

    def _paint(self) -> None:
        alone = not self.progress.live.auto_refresh
        figures = self._figures()
        self.progress.update(self.task, completed=self.trainer.update, refresh=alone, **figures)

    def _figures(self) -> dict[str, Any]:
        history = self.trainer.history
        return {
            "update": f"{self.trainer.update:,}",
            "loss": "–" if math.isnan(history.smoothed) else f"{history.smoothed:.3f}",
            "validation": "–" if history.validation is None else f"{history.validation:.3f}",
            "speed": self.speed,
        }


def last_update(trainer: Trainer) -> int | None:
    """Return the update training stops at, if a count says so."""
    config, limits = trainer.config, []
    if config.updates is not None:
        limits.append(config.updates)
    if config.epochs is not None:
        limits.append(config.epochs * trainer.windows_per_epoch)
    return min(limits, default=None)
