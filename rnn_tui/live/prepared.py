"""A run as it stands, written to a bundle and opened from one."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.live.engine import Engine
from rnn_tui.live.samples import KEPT, LENGTH, SampleBook
from rnn_tui.live.status import Diverged
from rnn_tui.protocol.scene import Scene, scene_from, stored_scene
from rnn_tui.protocol.snapshot import Sample
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.bundle.file import Bundle, write_bundle
from rnn_tui.training.bundle.past import curve_from, stored_curve, take_up
from rnn_tui.training.checkpoint.soundness import MOST_UPDATES, is_number, require_count

NORMS = "norms"


def save_bundle(path: Path, engine: Engine, scene: Scene) -> None:
    """Write the moment, its past, and what is looked at.

    Raises:
        InputError: It cannot be written, or the text is too long for it.
    """
    run = engine.run
    config = replace(run.trainer.config, speed=engine.pacer.speed, temperature=engine.temperature)
    desk = {
        "limited": run.limited,
        "chosen_rate": run.chosen_rate,
        "diverged": isinstance(run.status, Diverged),
        "walked": engine.inspector.walked,
        "samples": stored_samples(engine.book),
        "norms": run.norms.scalars(),
        "scene": stored_scene(scene),
    }
    write_bundle(path, run.timeline, config, desk, stored_curve(NORMS, run.norms))


def require_sound(bundle: Bundle, corpus: Corpus, where: str) -> Scene:
    """Open a bundle to see whether it can be; return what was looked at.

    Raises:
        InputError: It cannot; the message says why.
    """
    try:
        trainer = bundle.checkpoint.trainer(corpus)
        with np.errstate(all="ignore"):
            open_bundle(Engine(trainer, lambda: 0.0, paused=True), bundle)
        return scene_from(bundle.desk["scene"])
    except Exception as error:  # a file can say anything
        said = visible(str(error))[:200]
        raise InputError(f"{where}: a damaged bundle ({said})") from None


def open_bundle(engine: Engine, bundle: Bundle) -> None:
    """Put a run that has just begun to where a bundle's stood; it stands still.

    Whatever cannot be is some exception.
    """
    run, desk = engine.run, bundle.desk
    take_up(run.timeline, bundle.tensors, bundle.past)
    run.norms = curve_from(NORMS, bundle.tensors, desk["norms"])
    run.limited, run.chosen_rate = bool(desk["limited"]), rate_from(desk["chosen_rate"])
    run.stand()
    take_up_samples(engine.book, desk["samples"])
    engine.book.moved_to(run.timeline.branch)
    if desk["diverged"]:
        run.advance(1)
    if walked := desk["walked"]:
        require_count("a micro-step", walked, MOST_UPDATES)
        engine.inspector.walk_to(walked)


def rate_from(stored: Any) -> float | None:
    """Return a learning rate that was chosen; None: none was."""
    if stored is None or (is_number(stored) and 0 < stored < math.inf):
        return None if stored is None else float(stored)
    raise ValueError(f"a learning rate is {stored!r}")


def stored_samples(book: SampleBook) -> list[list[Any]]:
    """Return the samples, the oldest first, as JSON has them."""
    return [
        [branch, s.update, turns, s.temperature, s.ids.tolist(), s.probs.tolist()]
        for branch, turns, s in zip(book.branches, book.turns, book.samples, strict=True)
    ]


def take_up_samples(book: SampleBook, stored: Any) -> None:
    """Put stored samples into a book; ValueError for what is none."""
    size = len(book.trainer.corpus.vocab)
    if len(stored) > KEPT:
        raise ValueError(f"it has {len(stored)} samples")
    for branch, update, turns, temperature, ids, probs in stored:
        for number in (branch, update, turns):
            require_count("a sample's moment", number, MOST_UPDATES)
        if not (0 < len(ids) == len(probs) <= LENGTH and all(map(is_number, probs))):
            raise ValueError("a sample is too long")
        if not (is_number(temperature) and 0 <= temperature < math.inf):
            raise ValueError(f"a temperature is {temperature!r}")
        if not all(type(id) is int and 0 <= id < size for id in ids):
            raise ValueError("a sample is of another text")
        sample = Sample(update, float(temperature), np.array(ids, np.int64), np.array(probs, float))
        book.samples.append(sample)
        book.branches.append(branch)
        book.turns.append(turns)
