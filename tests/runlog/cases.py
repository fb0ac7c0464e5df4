"""Logs of real runs, written with a clock that is wound by hand."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rnn_tui.live.info import describe
from rnn_tui.runlog.file import LogFile
from rnn_tui.runlog.recorder import Observation, Recorder, SampleLike
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


class Recorded:
    """A trainer whose course is noted in a log, an update every `takes` seconds."""

    def __init__(self, path: Path, trainer: Trainer, takes: float = 0.25) -> None:
        self.trainer, self.takes, self.clock = trainer, takes, Clock()
        self.timeline = Timeline(trainer)
        self.said: list[str] = []
        file = LogFile(path, self.said.append)
        self.recorder = Recorder(file, self.clock, trainer.corpus.vocab)
        self.recorder.begin(asdict(describe(trainer)), trainer.update, trainer.history)

    def train(self, updates: int) -> list[float]:
        """Do some updates; their losses."""
        losses = []
        for _ in range(updates):
            losses.append(self.trainer.step().loss)
            self.trainer.finish_validation()
            self.timeline.update_made()
            self.clock.now += self.takes
            self.look()
        return losses

    def look(
        self, state: str = "running", samples: tuple[SampleLike, ...] = (), **more: Any
    ) -> None:
        trainer = self.trainer
        seen = Observation(
            branch=self.timeline.branch,
            update=trainer.update,
            epoch=trainer.epoch,
            grad_norm=trainer.grad_norm,
            learning_rate=trainer.learning_rate,
            state=state,
            samples=samples,
            **more,
        )
        self.recorder.look(seen)


def lines(path: Path, kind: str = "") -> list[dict[str, Any]]:
    """The events of a kind."""
    events = [json.loads(line) for line in path.read_text().splitlines()]
    return [event for event in events if kind in ("", event["event"])]
