"""Runs with a past worth keeping, and what opens of the bundles that are made of them."""

from pathlib import Path
from typing import Any

import numpy as np

from rnn_tui.live.engine import Engine
from rnn_tui.live.prepared import open_bundle, require_sound, save_bundle
from rnn_tui.models.turning.turns import SetWeight
from rnn_tui.protocol.scene import Scene
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.branches import Moment
from rnn_tui.training.bundle.file import read_bundle
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

SCENE = Scene("memory", {"train": {"prefix": "the"}, "memory": {"look": "units"}}, "training", 7)


def clock() -> float:
    return 0.0


def at(config: Config, corpus: Corpus, checkpoint: Checkpoint | None = None) -> Engine:
    trainer = checkpoint.trainer(corpus) if checkpoint else Trainer(config, corpus)
    return Engine(trainer, clock, paused=True)


def train(engine: Engine, updates: int) -> list[float]:
    """Train on, as the loop does; the losses on the way."""
    losses = []
    for _ in range(updates):
        engine.run.step()
        while engine.trainer.validating:
            engine.trainer.validate_slice()
        losses.append(engine.run.loss)
    return losses


def lived(config: Config, corpus: Corpus) -> Engine:
    """A run that was turned and went three ways, and has samples; it stands on the third."""
    engine = at(config, corpus)
    train(engine, 90)
    engine.run.set_learning_rate(0.02)
    train(engine, 51)
    write_sample(engine)
    engine.run.timeline.go_to(70)
    engine.run.set_learning_rate(0.004)
    train(engine, 33)
    name, weights = next(iter(engine.trainer.model.parameters.items()))
    weight = SetWeight(name, (0,) * weights.ndim, 0.25)
    engine.run.turn(weight, "W_xh[1,1] 0.1→0.25")
    write_sample(engine)
    train(engine, 11)
    return engine


def write_sample(engine: Engine) -> None:
    engine.book.begin(0.7, engine.run.timeline.branch.number)
    while engine.book.writing:
        engine.book.advance(1.0)


def written(path: Path, engine: Engine, scene: Scene = SCENE) -> Path:
    save_bundle(path, engine, scene)
    return path


def opened(path: Path) -> Engine:
    bundle, corpus = read_bundle(path)
    require_sound(bundle, corpus, "here")
    engine = at(bundle.checkpoint.config, corpus, bundle.checkpoint)
    open_bundle(engine, bundle)
    return engine


def all_of(engine: Engine) -> dict[str, Any]:
    """Everything that a moment is made of, by name; arrays as bytes."""
    trainer, timeline, run = engine.trainer, engine.run.timeline, engine.run
    state = trainer.capture()
    return {
        "here": timeline.here,
        "knobs": state.knobs,
        "count": state.count,
        "flat": state.flat.tobytes(),
        "slots": {name: slot.tobytes() for name, slot in state.slots.items()},
        "hidden": [part.tobytes() for layer in state.hidden for part in layer],
        "history": history_of(trainer.history),
        "norm": np.float64(trainer.grad_norm).tobytes(),
        "norms": history_of(run.norms),
        "loss": np.float64(run.loss).tobytes(),
        "status": (run.status.name, run.status.reason),
        "branch": timeline.branch.number,
        "branches": [
            (b.number, b.parent and b.parent.number, b.forked, b.end, b.rate, b.clip, b.change)
            for b in timeline.branches
        ],
        "curves": [history_of(branch.history) for branch in timeline.branches],
        "start": timeline.start,
    }


def history_of(history: Any) -> tuple[Any, ...]:
    columns = {name: column.tobytes() for name, column in history.columns().items()}
    return columns, history.scalars()


def moments(engine: Engine, number: int, seed: int) -> list[Moment]:
    """Some moments of the branch that it is on."""
    branch = engine.run.timeline.branch
    updates = np.random.default_rng(seed).integers(0, branch.head + 1, number).tolist()
    return [*map(branch.after, updates), branch.end, Moment(0, 0)]


def turned_before(engine: Engine) -> Moment:
    """Stand where the last weight was turned, before it was."""
    branch = engine.run.timeline.branch
    moment = branch.after(branch.turned[-1].update)
    engine.run.timeline.go_to(moment._replace(turns=moment.turns - 1))
    engine.run.stand()
    return engine.run.timeline.here
