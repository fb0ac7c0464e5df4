"""The text that is looked at, as ids."""

from typing import NamedTuple

import numpy as np

from rnn_tui.live.run import Run
from rnn_tui.models.protocol import Model
from rnn_tui.models.registry import build
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.reading import Reader, Reading
from rnn_tui.training.trainer import Trainer


class Stretch(NamedTuple):
    """A text as the network reads it."""

    ids: Ints
    """(N,)"""
    unknown: tuple[str, ...]
    """Symbols that are not in the vocabulary; with any, there are no ids."""


def standing(trainer: Trainer) -> Model:
    """Return the network as it is now, for reading while training goes on: a twin goes on too."""
    model = build(trainer.config, len(trainer.corpus.vocab))
    model.flat[:] = trainer.model.flat
    return model


def reader(run: Run) -> Reader:
    """Return which network of what moment that is."""
    here = run.timeline.here
    return Reader(run.key, run.timeline.branch.number, here.update, here.turns)


def stretch(trainer: Trainer, reading: Reading, most: int) -> Stretch:
    """Return at most so many symbols of a text, from its beginning."""
    if reading.typed is None:
        learned = trainer.corpus.ids[: trainer.train_size]
        part = learned if reading.part == "training" else trainer.val_ids
        return Stretch(part[:most].astype(np.int64), ())
    vocab = trainer.corpus.vocab
    if unknown := vocab.unknown(reading.typed):
        return Stretch(np.empty(0, np.int64), unknown)
    return Stretch(vocab.encode(reading.typed)[:most].astype(np.int64), ())
