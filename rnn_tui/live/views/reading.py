"""The text that is looked at, as ids."""

from typing import NamedTuple

import numpy as np

from rnn_tui.live.run import Run
from rnn_tui.models.protocol import Model, ModelState, quietly
from rnn_tui.models.registry import build
from rnn_tui.nn.cell import IntArray
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.reading import Part, Reader, Reading
from rnn_tui.text.streams import WARM_UP
from rnn_tui.training.trainer import Trainer


class Stretch(NamedTuple):
    """A text as the network reads it."""

    ids: Ints
    """(N,)"""
    unknown: tuple[str, ...]
    """Symbols that are not in the vocabulary; with any, there are no ids."""
    before: Ints
    """What it reads first, which counts for nothing: nothing at the beginning of a text."""


class Steps(NamedTuple):
    """A text as time steps."""

    x: Ints
    """Ids read (T,)."""
    y: Ints
    """Ids that come next; one fewer for a typed text."""
    unknown: tuple[str, ...]
    before: Ints


def standing(trainer: Trainer) -> Model:
    """Return the network as it is now, for reading while training goes on: a twin goes on too."""
    model = build(trainer.config, len(trainer.corpus.vocab))
    model.flat[:] = trainer.model.flat
    return model


def reader(run: Run) -> Reader:
    """Return which network of what moment that is."""
    here = run.timeline.here
    return Reader(run.key, run.timeline.branch.number, here.update, here.turns)


def part_ids(trainer: Trainer, part: Part) -> IntArray:
    """Return the ids of a part of the corpus."""
    return trainer.corpus.ids[: trainer.train_size] if part == "training" else trainer.val_ids


def stretch(trainer: Trainer, reading: Reading, most: int) -> Stretch:
    """Return at most so many symbols of a text, and the few of the corpus before them."""
    if reading.typed is None:
        part = part_ids(trainer, reading.part)
        start = min(max(reading.start, 0), max(len(part) - 2, 0))
        before = part[max(start - WARM_UP, 0) : start]
        ids = part[start : start + most]
        return Stretch(ids.astype(np.int64), (), before.astype(np.int64))
    nothing, vocab = np.empty(0, np.int64), trainer.corpus.vocab
    if unknown := vocab.unknown(reading.typed):
        return Stretch(nothing, unknown, nothing)
    return Stretch(vocab.encode(reading.typed)[:most].astype(np.int64), (), nothing)


def steps_of(trainer: Trainer, reading: Reading, most: int) -> Steps:
    """Return at most so many time steps of a text, of the corpus at most a window's."""
    if reading.typed is not None:
        ids, unknown, before = stretch(trainer, reading, most)
        return Steps(ids, ids[1:], unknown, before)
    ids, unknown, before = stretch(trainer, reading, min(most, trainer.config.seq_length) + 1)
    return Steps(ids[:-1], ids[1:], unknown, before)


@quietly
def state_after(model: Model, before: Ints) -> ModelState:
    """Return the state of one sequence once that is read, from an empty memory."""
    state = model.zero_state(1)
    return model.forward(before[:, None], state)[1] if len(before) else state
