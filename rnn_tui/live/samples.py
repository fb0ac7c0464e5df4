"""The samples of a run: when to write one, and the newest of them."""

import math
from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from rnn_tui.models.sampling import write
from rnn_tui.protocol.snapshot import Sample
from rnn_tui.training.branches import Branch, Moment
from rnn_tui.training.trainer import Trainer

KEPT = 50
LENGTH = 200
"""Symbols in a sample, at most."""
TIMES = 8
"""A sample is at most so many times as long as the text: a word wants no page."""
PAUSE_FLAT_OUT = 1.0
"""Seconds between two samples at full speed: more of them nobody could read."""
PAUSE_PACED = 0.2
SHARE = 0.01
"""Of the time, at most so much goes into samples while training runs."""


class SampleBook:
    """Writes samples a slice at a time; training must rest while `writing`."""

    def __init__(self, trainer: Trainer, clock: Callable[[], float]) -> None:
        self.trainer = trainer
        self.clock = clock
        self.every = trainer.config.sample_every
        self.length = min(LENGTH, TIMES * len(trainer.corpus.ids))
        self.samples: deque[Sample] = deque(maxlen=KEPT)
        self.branches: deque[int] = deque(maxlen=KEPT)
        """The branch each of them was written on."""
        self.turns: deque[int] = deque(maxlen=KEPT)
        """How often weights had been turned by hand."""
        self._branch = 1
        self._text: Iterator[tuple[int, float]] | None = None
        self._ids: list[int] = []
        self._probs: list[float] = []
        self._temperature = 0.0
        self._last = -1
        self._spent = 0.0
        self._done_at = -math.inf

    @property
    def writing(self) -> bool:
        """Whether a sample is under way."""
        return self._text is not None

    @property
    def newest(self) -> tuple[Sample, ...]:
        """The samples kept, newest first."""
        return tuple(reversed(self.samples))

    def until_due(self, pause: float) -> int | None:
        """Return updates until a sample should be written; None: it is too soon.

        Args:
            pause: Seconds between two samples; 0: training stands still and a sample costs nothing.
        """
        update, every = self.trainer.update, self.every
        if self._last < 0:
            return 0
        if not pause:
            return 0 if update // every > self._last // every else None
        if self.clock() < self._done_at + max(pause, self._spent / SHARE):
            return None
        return every - update % every if update % every or update == self._last else 0

    def on_branch(self, branch: Branch) -> tuple[Sample, ...]:
        """Return the samples of a branch and of its past up to the present update, newest first."""
        return tuple(sample for _, sample in self._dated(branch))

    def _dated(self, branch: Branch) -> list[tuple[Moment, Sample]]:
        """Return the same, each with its moment; of one moment the one written last first."""
        here = Moment(self.trainer.update, self.trainer.turns)
        ends = {part.number: min(end, here) for part, end in branch.line()}
        found = [
            (moment, sample)
            for on, turns, sample in zip(self.branches, self.turns, self.samples, strict=True)
            if on in ends and (moment := Moment(sample.update, turns)) <= ends[on]
        ]
        return sorted(found, key=lambda dated: dated[0])[::-1]

    def moved_to(self, branch: Branch) -> None:
        """Be at another moment; a sample of it is written if there is none yet."""
        here = Moment(self.trainer.update, self.trainer.turns)
        there = any(moment == here for moment, _ in self._dated(branch))
        self._last = here.update if there else -1

    def begin(self, temperature: float, branch: int = 1) -> None:
        """Start a sample of the network as it is.

        Its random numbers come from seed and update alone, so the same network writes the same text
        whenever it is asked.
        """
        update = self.trainer.update
        rng = np.random.default_rng((self.trainer.config.seed, update))
        prefix = np.empty(0, dtype=np.int64)
        first = int(self.trainer.corpus.ids[0])
        self._text = write(self.trainer.model, prefix, temperature, rng, begins=first)
        self._ids, self._probs, self._temperature = [], [], temperature
        self._last, self._spent, self._branch = update, 0.0, branch

    def advance(self, seconds: float) -> None:
        """Write on for about so long."""
        start = now = self.clock()
        while self._text is not None and now - start < seconds:
            self._write_one(self._text)
            now = self.clock()
        self._spent += now - start
        self._done_at = now

    def _write_one(self, text: Iterator[tuple[int, float]]) -> None:
        try:
            id, prob = next(text)
        except StopIteration:  # weights that overflow
            self._finish()
            return
        self._ids.append(id)
        self._probs.append(prob)
        if len(self._ids) == self.length:
            self._finish()

    def _finish(self) -> None:
        ids, probs = np.array(self._ids, dtype=np.int64), np.array(self._probs)
        self.samples.append(Sample(self._last, self._temperature, ids, probs))
        self.branches.append(self._branch)
        self.turns.append(self.trainer.turns)
        self._text = None
