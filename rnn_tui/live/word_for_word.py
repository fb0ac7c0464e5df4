"""What of the samples stands word for word in the training text, a few milliseconds at a time."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from rnn_tui.inspection.memory.known_text import KnownText
from rnn_tui.protocol.memorized import LONGEST_TEXT, Memorized, OldParts
from rnn_tui.protocol.snapshot import Sample
from rnn_tui.training.trainer import Trainer

SHARE = 0.03
"""Of the time, at most so much while training runs."""
SLICE_RUNNING, SLICE_STANDING = 0.005, 0.03
"""Seconds at a time. One slice can take longer where the text has millions of symbols."""


class WordForWord:
    """Looks through a run's training text, then for its samples in it."""

    def __init__(self, trainer: Trainer, clock: Callable[[], float]) -> None:
        """Get ready; nothing is done before the first look."""
        self.clock = clock
        self.vocab = trainer.corpus.vocab
        self.train, self.unseen = trainer.corpus.ids[: trainer.train_size], trainer.val_ids
        self.working = False
        """Whether there will be more to see than at the last look."""
        self._known: KnownText | None = None
        self._found: dict[Sample, OldParts] = {}
        self._resting_until = -math.inf

    def look(self, samples: Sequence[Sample], *, running: bool) -> Memorized | None:
        """Say what is known of these by now; None: no stretch of this text could be long."""
        if len(self.train) > LONGEST_TEXT:
            return Memorized("too long")
        self._found = {sample: self._found[sample] for sample in samples if sample in self._found}
        self._work(samples, running=running)
        known = self._known
        if known is None or not known.done:
            return Memorized("looking", known.progress if known else 0.0)
        if len(self.train) < known.least:
            return None
        parts = tuple(map(self._found.get, samples))
        return Memorized("ready", 1.0, known.least, known.usual, parts)

    def _work(self, samples: Sequence[Sample], *, running: bool) -> None:
        start = now = self.clock()
        if running and start < self._resting_until:
            return
        most = SLICE_RUNNING if running else SLICE_STANDING
        while (working := self._slice(samples)) and now - start < most:
            now = self.clock()
        self.working = working
        self._resting_until = now + (self.clock() - start) / SHARE

    def _slice(self, samples: Sequence[Sample]) -> bool:
        """Do a part of what there is to do; return whether there was any."""
        if self._known is None:
            self._known = KnownText(self.train, self.unseen)
        elif not self._known.done:
            self._known.advance()
        elif len(self.train) < self._known.least:
            return False
        elif sample := next((one for one in samples if one not in self._found), None):
            self._found[sample] = self._parts(self._known, sample)
        else:
            return False
        return True

    def _parts(self, known: KnownText, sample: Sample) -> OldParts:
        stretches, inside = known.memorized(sample.ids)
        if not stretches:
            return OldParts((), 0.0)
        ends = np.flatnonzero(np.diff(inside, prepend=False, append=False)).tolist()
        parts = tuple(zip(ends[::2], ends[1::2], strict=True))
        length, place, symbols = stretches[0].length, stretches[0].place, self.vocab.symbols
        line = known.line(place, symbols.index("\n")) if "\n" in symbols else 0
        return OldParts(parts, float(inside.mean()), length, place, line)
