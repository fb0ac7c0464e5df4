"""What the screen is looking at, taken from the trainer between two updates."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.inspection.now import Limits
from rnn_tui.live.mending import divergence
from rnn_tui.live.run import Run
from rnn_tui.live.throttled import Latest
from rnn_tui.live.views.branches import past
from rnn_tui.live.views.chance import least
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.live.views.error_reach import error_reach
from rnn_tui.live.views.ranking import best_first, top_ids
from rnn_tui.live.views.reading import state_after, stretch
from rnn_tui.models.prediction import predict, predict_window
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.memorized import Memorized
from rnn_tui.protocol.snapshot import (
    NO_WINDOW,
    Curves,
    ErrorReach,
    PrefixView,
    Sample,
    Snapshot,
    WindowView,
)
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer

READ = 500
"""Of a longer prefix only the last so many symbols are read."""
REACH_SHARE = 0.005
"""Of the time while training runs, for how far back an error reaches."""
MOST_BINS, MOST_STEPS, MOST_ROWS, MOST_CONTINUATION = 4_000, 500, 500, 500
"""Whatever a view asks for, a snapshot stays small."""


@dataclass(frozen=True, slots=True)
class EngineState:
    """What the loop knows and the trainer does not."""

    updates_per_second: float
    temperature: float
    speed: float
    samples: tuple[Sample, ...]
    """Newest first."""
    busy: bool = False
    """A sample or a validation is under way."""
    seconds: float = 0.0
    """Spent in updates."""
    memorized: Memorized | None = None
    """What of these samples is; None: nobody asked."""
    searching: bool = False
    """Whether there will be more of that."""


class Probe:
    """Takes snapshots of one run."""

    def __init__(self, run: Run, clock: Callable[[], float]) -> None:
        self.run = run
        self.window: Latest[WindowView] = Latest(clock)
        self.prefix: Latest[PrefixView] = Latest(clock)
        self.reach: Latest[ErrorReach] = Latest(clock, REACH_SHARE)
        self.inspector = Inspector(run, clock)

    def take(self, view: View, engine: EngineState) -> Snapshot:
        """Everything `view` names, as it is now."""
        run, trainer = self.run, self.run.trainer
        inside = tuple(filter(None, map(self.inspector.look, view.inside)))
        return Snapshot(
            state=run.status.name,
            reason=run.status.reason,
            update=trainer.update,
            epoch=trainer.epoch,
            epoch_fraction=trainer.window_index / trainer.windows_per_epoch,
            loss=run.loss,
            smoothed=trainer.history.smoothed,
            validation=trainer.history.validation,
            grad_norm=trainer.grad_norm,
            updates_per_second=engine.updates_per_second,
            learning_rate=trainer.learning_rate,
            temperature=engine.temperature,
            speed=engine.speed,
            seed=trainer.config.seed,
            curves=curves(run.timeline.branch.history, view.bins),
            window=self._window(view),
            samples=engine.samples[: view.samples],
            prefix=self._prefix(view),
            memorized=engine.memorized,
            inside=inside,
            divergence=divergence(run),
            busy=engine.busy,
            flat=flat_share(trainer),
            reach=self.reach.get("", run, lambda: error_reach(trainer)) if view.reach else None,
            looking=engine.searching or self.inspector.is_working_on(view.inside),
            seconds=engine.seconds,
            past=past(run.timeline, min(max(view.bins, 1), MOST_BINS)),
        )

    def _window(self, view: View) -> WindowView:
        if view.steps < 1:
            return NO_WINDOW
        asked, trainer = (view.reading, view.steps, view.rows), self.run.trainer
        return self.window.get(asked, self.run, lambda: window_view(trainer, view))

    def _prefix(self, view: View) -> PrefixView | None:
        prefix = view.prefix
        if prefix is None:
            return None
        asked = (prefix, view.rows, view.continuation)
        return self.prefix.get(asked, self.run, lambda: prefix_view(self.run.trainer, prefix, view))


def curves(history: History, bins: int) -> Curves:
    """Return a loss history in at most `bins` points a curve."""
    bins = min(bins, MOST_BINS)
    found = history.curves(bins)
    return replace(found, marks=found.marks[-bins:])


def window_view(trainer: Trainer, view: View) -> WindowView:
    """Predictions over a stretch of the text."""
    reading = replace(view.reading, typed=None)
    ids, _, before = stretch(trainer, reading, min(max(view.steps, 1), MOST_STEPS) + 1)
    x, y = ids[:-1], ids[1:]
    if not len(x):
        return NO_WINDOW
    found = predict_window(trainer.model, x, y, state_after(trainer.model, before))
    probs = found.probs.astype(np.float64)
    top = top_ids(probs, min(max(view.rows, 1), MOST_ROWS))
    return WindowView(
        inputs=x,
        targets=y,
        top_ids=top,
        top_probs=np.take_along_axis(probs, top, axis=1),
        target_probs=np.take_along_axis(probs, y[:, None], axis=1)[:, 0],
        losses=found.losses.astype(np.float64),
        least=least(trainer, reading, before, ids),
    )


def prefix_view(trainer: Trainer, prefix: str, view: View) -> PrefixView:
    """Return what comes after a prefix; nothing after an empty one or one with unknown symbols."""
    vocab = trainer.corpus.vocab
    unknown = vocab.unknown(prefix)
    ids = vocab.encode(prefix)[-READ:] if prefix and not unknown else np.empty(0, np.int64)
    if not len(ids):
        nothing = np.empty(0, np.int64)
        return PrefixView(prefix, unknown, nothing, np.empty(0), 0.0, nothing)
    found = predict(trainer.model, ids, min(max(view.continuation, 0), MOST_CONTINUATION))
    probs = found.probs.astype(np.float64)
    top = best_first(probs[None], min(max(view.rows, 1), MOST_ROWS))[0]
    unfinished = vocab.unfinished(ids, found.continuation).astype(np.int64)
    return PrefixView(
        prefix, (), top, probs[top], found.entropy_bits, found.continuation, unfinished
    )


def flat_share(trainer: Trainer) -> float:
    """Return how many of the hidden values of a tanh RNN are near ±1, as a share."""
    config = trainer.config
    if (config.network, config.cell, config.activation) != ("recurrent", "rnn", "tanh"):
        return 0.0
    near = [np.abs(h) >= Limits.flat for (h,) in trainer.state]
    return float(np.mean(near))
