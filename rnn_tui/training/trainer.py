"""Training as a step machine: `step()` is one update, and the same state makes the same step."""

import math
from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.language import mark, phrase
from rnn_tui.models.protocol import Model, ModelState, copied
from rnn_tui.models.registry import build
from rnn_tui.models.threads import SideBySide
from rnn_tui.models.turning.changes import turn
from rnn_tui.models.turning.turns import Turn
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.clip import clip_norm, clip_value
from rnn_tui.nn.optim import Optimizer
from rnn_tui.nn.optimizers import make_optimizer
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.streams import Streams, split
from rnn_tui.training.divergence import FIRST_UPDATES, Watch, loss_limit
from rnn_tui.training.dropout import drops, masks_of
from rnn_tui.training.history import History
from rnn_tui.training.knobs import Knobs, told
from rnn_tui.training.rhythm import Rhythm
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.schedule import factor
from rnn_tui.training.validation import Validation, characters_read

VALIDATION_SHARE = 0.1
"""Validation may cost this share of the training it interrupts; a character that is only
read forward counts a third of one that is learned from."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """What one update did; losses in nats per character."""

    update: int
    epoch: int
    loss: float
    smoothed: float
    grad_norm: float
    """Global norm before clipping."""
    learning_rate: float
    diverged: bool
    """The update was not made."""


@dataclass(frozen=True, eq=False, slots=True)
class TrainerState:
    """All that decides the next step: same state, same step, bit for bit."""

    update: int
    knobs: Knobs
    flat: FloatArray
    """All parameters (P,)."""
    slots: Parameters
    """What the optimizer remembers, each (P,)."""
    count: int
    """Steps the optimizer has done."""
    hidden: ModelState
    """The state carried into the next window."""
    turns: int = 0
    """How often weights were turned by hand before; decides nothing."""


class Trainer:
    """A network, its text and everything that changes while it learns.

    Random numbers are drawn to initialize the parameters, and for dropout from seed and `update`;
    a window is a pure function of its index. So `update` alone says where training stands.
    """

    def __init__(self, config: Config, corpus: Corpus) -> None:
        """Build the untrained network; `config` must fit the corpus (see `choose_config`)."""
        self.config = config
        self.corpus = corpus
        train_ids, self.val_ids = split(corpus.ids, config.val_fraction)
        self.train_size = len(train_ids)
        self.streams = Streams(train_ids, config.seq_length, config.batch_size)
        self.windows_per_epoch = self.streams.windows_per_epoch
        self.model: Model = build(config, len(corpus.vocab), np.random.default_rng(config.seed))
        self.learner: Model | SideBySide = self.model
        if config.threads > 1:
            self.learner = SideBySide(self.model, config.threads)
        self.optimizer = optimizer_of(config, self.model.flat)
        self.state = self.model.zero_state(config.batch_size)
        self.history = History(smoothing_for(self.windows_per_epoch))
        self.update = self.turns = 0
        """`turns`: how often weights were turned by hand on the way here."""
        self.seconds = 0.0
        """Spent in updates, where somebody counts them: on the screen and in a race."""
        self.base_rate = config.learning_rate
        self.watch: Watch = "all"
        self.grad_norm = math.nan
        self.diverged = False
        self._loss_limit = loss_limit(len(corpus.vocab), config.seq_length * config.batch_size)
        self._drops = drops(config)
        self._earlier: FloatArray | None = None
        self._knows_earlier = False
        self._validation: Validation | None = None
        self._rhythm = rhythm_of(config, self.windows_per_epoch, self.val_ids)

    @property
    def epoch(self) -> int:
        """Which pass over the text the next update belongs to, from 1."""
        return self.update // self.windows_per_epoch + 1

    @property
    def window_index(self) -> int:
        """Which window of the epoch comes next, from 0."""
        return self.update % self.windows_per_epoch

    @property
    def learning_rate(self) -> float:
        """The rate the next update will use, decay included."""
        return self.base_rate * self._decay

    @property
    def validating(self) -> bool:
        """Whether a validation is under way."""
        return self._validation is not None

    @property
    def _decay(self) -> float:
        return self.decay_at(self.update)

    def decay_at(self, update: int) -> float:
        """Return the factor on the learning rate after so many updates."""
        return factor(self.config, update, self.windows_per_epoch)

    def step(self) -> StepReport:
        """Do one update: a window forward and backward, clip, change the parameters.

        When loss or gradient is not finite, or the loss far too high, and `watch` counts it, the
        parameters stay as they are and the report says `diverged`.
        """
        self.finish_validation()
        epoch, index = divmod(self.update, self.windows_per_epoch)
        if index == 0:
            self.state = self.model.zero_state(self.config.batch_size)
        x, y = self.streams.window(index)
        learner = self.learner
        if self._drops:
            learner = learner.dropping(masks_of(self.config, self.update, x.shape))
        loss, state = learner.loss_and_grads(x, y, self.state)
        norm = self.clip(self.model.grads_flat)
        rate = self.base_rate * factor(self.config, self.update, self.windows_per_epoch)
        if not (loss < self._loss_limit and norm < math.inf) and self._stops(loss, norm, x.size):
            self.diverged = True
            return StepReport(self.update, epoch + 1, loss, self.history.smoothed, norm, rate, True)
        if self._earlier is not None:
            self._earlier[:], self._knows_earlier = self.model.flat, True
        self.optimizer.step(self.model.flat, self.model.grads_flat, rate)
        self.state, self.grad_norm = state, norm
        self.update += 1
        self.history.add(self.update, loss)
        if self._rhythm and self._rhythm.due(self.update):
            self._validation = Validation(self.val_ids, self.model)
        return StepReport(self.update, epoch + 1, loss, self.history.smoothed, norm, rate, False)

    @property
    def knobs(self) -> Knobs:
        """How all knobs stand; setting them leaves no mark."""
        return Knobs(self.base_rate, self.config.clip_norm, self.watch)

    @knobs.setter
    def knobs(self, knobs: Knobs) -> None:
        self.base_rate, self.watch = knobs.base_rate, knobs.watch
        if knobs.clip_norm != self.config.clip_norm:
            self.config = replace(self.config, clip_norm=knobs.clip_norm)

    def capture(self) -> TrainerState:
        """Copy the present state; a validation under way is finished first."""
        self.finish_validation()
        return self.copy_state()

    def copy_state(self) -> TrainerState:
        """Copy the present state; a validation under way goes on, and is no part of it."""
        return TrainerState(
            self.update,
            self.knobs,
            self.model.flat.copy(),
            {name: slot.copy() for name, slot in self.optimizer.slots.items()},
            self.optimizer.count,
            copied(self.state),
            self.turns,
        )

    def restore(self, state: TrainerState) -> None:
        """Go on from a captured state; the history stays as it is."""
        self._validation = None
        self.update, self.turns, self.knobs = state.update, state.turns, state.knobs
        self.model.flat[:] = state.flat
        for name, slot in self.optimizer.slots.items():
            slot[:] = state.slots[name]
        self.optimizer.count = state.count
        self.state = copied(state.hidden)
        self.diverged = self._knows_earlier = False

    def remember(self) -> None:
        """Hold from now on what the last update began with, for those who look at it."""
        self._earlier = np.empty_like(self.model.flat)

    @property
    def earlier(self) -> FloatArray | None:
        """All parameters (P,) before the last update; None: it was not made here, or is unknown."""
        return self._earlier if self._knows_earlier else None

    def clip(self, grads: FloatArray) -> float:
        """Clip the gradients in place as the settings say; return their norm before."""
        limit = self.config.clip_norm
        norm = clip_norm(grads, math.inf if limit is None else limit)
        if self.config.clip_value is not None:
            clip_value(grads, self.config.clip_value)
        return norm

    def set_learning_rate(self, value: float) -> None:
        """Use this rate from the next update on and mark the curve; decay goes on from it."""
        before = self.learning_rate
        self.base_rate = value / self._decay
        self.history.mark(self.update, told("lr", before, value))

    def set_clip_norm(self, value: float) -> None:
        """Clip the gradient to this norm from the next update on and mark the curve."""
        before = self.config.clip_norm
        self.config = replace(self.config, clip_norm=value)
        self.diverged = False
        self.history.mark(self.update, told("clip", before, value))

    def turn(self, asked: Turn) -> None:
        """Change weights as asked for; it leaves no mark on the curve.

        What the optimizer remembers and the carried state stay, as after any update. A validation
        under way is finished first: it is of the weights of before.

        Raises:
            InputError: There is no such weight, or the value is none for it; nothing has changed.
        """
        self.finish_validation()
        turn(asked, self.model.parameters, self.config)
        self.turns += 1
        self.diverged = False

    def stop_for(self, watch: Watch) -> None:
        """From now on be stopped by this only; the update that was not made can be tried again."""
        self.watch, self.diverged = watch, False

    def validate_slice(self) -> None:
        """Do the next slice of the validation under way, if there is one."""
        if self._validation is None:
            return
        self._validation.advance()
        if self._validation.done:
            loss, self._validation = self._validation.loss, None
            assert self._rhythm is not None  # what is read is validated at times
            self.history.add_validation(self.update, loss, self._rhythm.due)

    def finish_validation(self) -> None:
        """Do all slices that are left."""
        while self._validation is not None:
            self.validate_slice()

    def validate(self) -> float | None:
        """Evaluate now; None where no part of the text is kept for validation."""
        if not self.begin_validation():
            return None
        self.finish_validation()
        return self.history.validation

    def begin_validation(self) -> bool:
        """Begin to evaluate, unless this update has been; False: there is nothing to read."""
        if len(self.val_ids) < 2:
            return False
        last = self.history.validations[-1:]
        if not self.validating and not (last and last[0][0] == self.update):
            self._validation = Validation(self.val_ids, self.model)
        return True

    def finished_reason(self) -> str:
        """Return why training stops by itself here, or an empty string.

        With patience, that is known once the validation under way is finished.
        """
        config = self.config
        if config.updates is not None and self.update >= config.updates:
            return counted(self.update, "update")
        if config.epochs is not None and self.update >= config.epochs * self.windows_per_epoch:
            return counted(self.update // self.windows_per_epoch, "epoch")
        if config.until_loss is not None and self.history.smoothed <= config.until_loss:
            return phrase("the smoothed loss is at or below {loss}", loss=f"{config.until_loss:g}")
        if config.patience is not None and self._rhythm:
            return self._rhythm.out_of_patience(self.history, self.update, config.patience)
        return ""

    def restarted(self, seed: int | None = None) -> "Trainer":
        """Return a new trainer at its first update, with another seed if one is given."""
        seed = self.config.seed if seed is None else seed
        return Trainer(replace(self.config, seed=seed), self.corpus)

    def _stops(self, loss: float, norm: float, positions: int) -> bool:
        if not (math.isfinite(loss) and math.isfinite(norm)):
            return self.watch != "nothing"
        settled = self.watch == "all" and self.update >= FIRST_UPDATES
        # The last window of an epoch may be short, and one surprise weigh the more.
        return settled and loss >= loss_limit(len(self.corpus.vocab), positions)


_DONE = {
    "update": (mark("1 update is done"), mark("{count} updates are done")),
    "epoch": (mark("1 epoch is done"), mark("{count} epochs are done")),
}


def counted(number: int, word: str) -> str:
    """Say that so many of them are done."""
    return phrase(_DONE[word][number != 1], count=f"{number:,}")


def smoothing_for(windows_per_epoch: int) -> float:
    """Weight of the past in the running mean: about ten updates for tiny texts, else a hundred."""
    return 0.9 if windows_per_epoch < 10 else 0.99


def optimizer_of(config: Config, parameters: FloatArray) -> Optimizer:
    """Return the optimizer that these settings name."""
    return make_optimizer(config.optimizer, parameters, config.weight_decay, config.rmsprop_alpha)


def rhythm_of(config: Config, windows_per_epoch: int, val_ids: IntArray) -> Rhythm | None:
    """Return when the validation part is read; None: there is nothing to read."""
    if len(val_ids) < 2:
        return None
    learned = config.batch_size * config.seq_length
    every = math.ceil(characters_read(len(val_ids)) / 3 / (VALIDATION_SHARE * learned))
    return Rhythm(max(1, every), windows_per_epoch)
