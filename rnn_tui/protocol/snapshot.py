"""What the screen draws: frozen, small, and of a size that does not grow with the run.

Everything the screen shows comes from here or from `RunInfo`. Ids are symbol ids of the
corpus's vocabulary; probabilities are between 0 and 1; losses are nats per character.
"""

from dataclasses import dataclass, field

import numpy as np

from rnn_tui.protocol.branches import Past
from rnn_tui.protocol.curves import Curves as Curves
from rnn_tui.protocol.curves import Floats as Floats
from rnn_tui.protocol.curves import Ints as Ints
from rnn_tui.protocol.curves import Mark as Mark
from rnn_tui.protocol.inside import Inside
from rnn_tui.protocol.memorized import Memorized
from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.reading import Part
from rnn_tui.protocol.remedies import Divergence
from rnn_tui.protocol.state import RunState as RunState
from rnn_tui.training.settings.config import Config


@dataclass(frozen=True, eq=False, slots=True)
class RunInfo:
    """What stays the same from the first update to the last."""

    corpus_name: str
    config: Config
    symbols: tuple[str, ...]
    """The vocabulary, in the order of ids, as visible glyphs (already safe to paint)."""
    letters: tuple[str, ...]
    """The vocabulary itself, in the order of ids. Not safe to paint."""
    unit: str
    """What one symbol is called: character, byte or letter."""
    parameter_count: int
    train_size: int
    """Characters trained on."""
    val_size: int
    """Characters kept for validation; 0: none."""
    windows_per_epoch: int
    notes: tuple[str, ...]
    """What was chosen or changed without being asked for, in whole sentences."""
    uniform: float
    """Loss of guessing blindly: ln V."""
    unigram: float
    """Entropy of single characters of the training part."""
    bigram: float
    """Entropy of a character of it given the one before."""
    held_out: float | None = None
    """Loss of a bigram guesser on the validation part, counted on the other; None: no such part."""
    floor: float | None = None
    """The least possible loss of the text; None: nobody knows it."""
    begins: int = 0
    """The id of the text's first symbol; not 0 where its vocabulary was another text's before."""

    def size_of(self, part: Part) -> int:
        """Return how many symbols a part of the text has."""
        return self.val_size if part == "validation" else self.train_size


@dataclass(frozen=True, eq=False, slots=True)
class WindowView:
    """Predictions over a fixed stretch of the text, so that one sees the same places learn."""

    inputs: Ints
    """Symbol read at each step (T,)."""
    targets: Ints
    """Symbol that should come next (T,)."""
    top_ids: Ints
    """Likeliest symbols per step (T, K); all of them, in the order of ids, where V <= K."""
    top_probs: Floats
    """Their probabilities (T, K)."""
    target_probs: Floats
    """Probability of the right symbol (T,)."""
    losses: Floats
    """-ln of it (T,)."""
    least: Floats = field(default_factory=lambda: np.empty(0))
    """What one who knows the rule of the text loses (T,), NaN where nobody has worked it out; none
    where no rule is known."""


NO_WINDOW = WindowView(
    inputs=np.empty(0, np.int64),
    targets=np.empty(0, np.int64),
    top_ids=np.empty((0, 1), np.int64),
    top_probs=np.empty((0, 1)),
    target_probs=np.empty(0),
    losses=np.empty(0),
)
"""Nobody looks at it, or nothing is known of it."""


@dataclass(frozen=True, eq=False, slots=True)
class Sample:
    """A text the network wrote."""

    update: int
    temperature: float
    ids: Ints
    """(L,)"""
    probs: Floats
    """Probability the network gave each of them (L,)."""


@dataclass(frozen=True, eq=False, slots=True)
class PrefixView:
    """What the network expects after the text in the prefix box."""

    prefix: str
    unknown: tuple[str, ...]
    """Symbols of the prefix that are not in the vocabulary; with any, the rest is empty."""
    top_ids: Ints
    """Likeliest next symbols, best first (K,)."""
    top_probs: Floats
    entropy_bits: float
    """How unsure the network is about the next symbol."""
    continuation: Ints
    """What it would write by always taking the likeliest (L,)."""
    unfinished: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """The prefix's last symbols that make a syllable with the continuation's first (at most 2,)."""


@dataclass(frozen=True, slots=True)
class ErrorReach:
    """How far back in time a hundredth of an error arrives, or more."""

    steps: int
    """0: nowhere, or there is no time in this network to go back in."""
    more: bool = False
    """Whether it goes on beyond the last step that was looked at."""


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """One moment of the run."""

    state: RunState
    """Of the run; where all networks of a race are looked at, of the race."""
    reason: str
    """Why the run stands still, in one sentence; empty while it runs."""
    update: int
    epoch: int
    """Which pass over the text the next update belongs to, from 1."""
    epoch_fraction: float
    """How much of that pass is done, 0 to 1."""
    loss: float
    """Of the last update; NaN before the first."""
    smoothed: float
    validation: float | None
    grad_norm: float
    updates_per_second: float
    learning_rate: float
    temperature: float
    speed: float
    """At most so many updates a second; 0: no limit."""
    seed: int
    curves: Curves
    window: WindowView
    samples: tuple[Sample, ...]
    """Newest first."""
    prefix: PrefixView | None
    memorized: Memorized | None = None
    """What of the samples is old; None: nobody asked, or no stretch of the text could be long."""
    inside: tuple[Inside, ...] = ()
    """What was asked for of the network's inside, in that order."""
    past: Past | None = None
    """Where in training time this is; `update` is that moment, `curves` the whole branch."""
    replayed: bool = False
    """Whether it comes from a log, which holds no network: `window`, `prefix` and `inside` are
    empty."""
    divergence: Divergence | None = None
    """Why the next update was not made, where the run has diverged."""
    busy: bool = False
    """Whether a sample or a validation is under way, so that there is more to see soon, though
    training stands still."""
    flat: float = 0.0
    """The share of hidden values so near ±1 that tanh lets little of an error through; 0 where the
    network has no such values."""
    reach: ErrorReach | None = None
    """None: nobody asked."""
    looking: bool = False
    """Whether there will soon be more in `inside` or `memorized`, though training stands still."""
    seconds: float = 0.0
    """Spent in updates since the worker started."""
    race: RaceView | None = None
    """The networks that race, this one among them; None: nobody asked for them."""

    @property
    def own_state(self) -> RunState:
        """What this network does, even where `state` is the whole race's."""
        return self.race.marked.state if self.race else self.state
