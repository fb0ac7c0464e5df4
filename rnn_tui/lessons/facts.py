"""What is measured of a run, under the names that a lesson's expressions use.

Values by time step are of the first window of the text, read from an empty memory, which is what
the screens draw; gradients are those of its mean loss. Where an epoch is one window, as in hello,
that is the window of the next update, too.
"""

import math
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.inspection.forward import ForwardStep, LayerForward, forward_step
from rnn_tui.lessons.values import Axis, ExpressionError, Table, Value
from rnn_tui.models.prediction import predict
from rnn_tui.models.recurrent import recurrent
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.entropy import bigram_entropy, unigram_entropy
from rnn_tui.training.trainer import Trainer

WEIGHTS = {
    "W_xh": "rnn.weight_ih_l0",
    "W_hh": "rnn.weight_hh_l0",
    "b_h": "rnn.bias_l0",
    "W_hy": "linear.weight",
    "b_y": "linear.bias",
}
"""By their names on paper."""
STEP, STEP_FROM_0, UNIT = Axis("time step"), Axis("time step", 0), Axis("row")


class Facts:
    """A run at one moment, measured as far as somebody asks."""

    def __init__(self, trainer: Trainer, kept: Mapping[str, Value] | None = None) -> None:
        """Measure a trainer of one recurrent layer, which is left as it is.

        Args:
            trainer: The run.
            kept: What was measured earlier, by the names under which the lesson keeps it.
        """
        self.trainer, self.kept = trainer, dict(kept or {})
        self.symbols = trainer.corpus.vocab.symbols
        self.characters = Axis("character", symbols=self.symbols)
        self._known: dict[str, Value] = {}

    def value(self, name: str) -> Value:
        """Return what is measured under a name."""
        if name in self.kept:
            return self.kept[name]
        if name not in self._known:
            if name not in FACTS:
                raise ExpressionError(f"there is no {name}")
            self._known[name] = FACTS[name](self)
        return self._known[name]

    def after(self, text: str) -> Value:
        """Return the probabilities of what comes after a text."""
        try:
            ids = self.trainer.corpus.vocab.encode(text)
        except InputError as error:
            raise ExpressionError(str(error)) from None
        if not len(ids):
            raise ExpressionError("a text is at least one character")
        return Table(predict(self.trainer.model, ids).probs, (self.characters,))

    @cached_property
    def window(self) -> tuple[list[int], list[int]]:
        """Return what is read and what should come next."""
        x, y = self.trainer.streams.window(0)
        return x[:, 0].tolist(), y[:, 0].tolist()

    @cached_property
    def steps(self) -> list[ForwardStep[LayerForward]]:
        """Return the first window, time step by time step."""
        model = recurrent(self.trainer.model)
        state, found = model.zero_state(1), []
        for id, target in zip(*self.window, strict=True):
            step, state = forward_step(model, id, target, state)
            found.append(step)
        return found

    @cached_property
    def gradients(self) -> Parameters:
        """Return those of the mean loss of the first window."""
        twin = recurrent(self.trainer.model).twin()
        x, y = self.trainer.streams.window(0)
        twin.loss_and_grads(x[:, :1], y[:, :1], twin.zero_state(1))
        return twin.gradients

    def by_step(self, take: Callable[[ForwardStep[LayerForward]], Any], *more: Axis) -> Table:
        """Return something of every time step."""
        return Table(np.array([take(step) for step in self.steps]), (STEP, *more))

    def hidden(self) -> Table:
        """Return h of every time step, h[0] before the first."""
        h = [step.layers[0].h for step in self.steps]
        return Table(np.array([np.zeros_like(h[0]), *h]), (STEP_FROM_0, UNIT))

    def one_hot(self) -> Table:
        """Return what is read as vectors."""
        vectors = np.eye(len(self.symbols))[self.window[0]]
        return Table(vectors, (STEP, self.characters))

    def words(self, ids: list[int]) -> Table:
        """Return characters by time step."""
        return Table(np.array([self.symbols[id] for id in ids]), (STEP,))

    def matrix(self, name: str, arrays: Parameters) -> Table:
        """Return weights, or their gradients, rows and columns named."""
        array = arrays[WEIGHTS[name]]
        rows = self.characters if name.endswith("y") else UNIT
        columns = self.characters if name == "W_xh" else Axis("column")
        return Table(np.array(array, np.float64), (rows, columns)[: array.ndim])


def _first_loss(facts: Facts) -> float:
    return float(np.mean([step.loss for step in facts.steps]))


def _norm(facts: Facts) -> float:
    return math.sqrt(sum(float((gradient**2).sum()) for gradient in facts.gradients.values()))


def _ids(facts: Facts) -> Any:
    return facts.trainer.corpus.ids[: facts.trainer.train_size]


def _weights(name: str, facts: Facts) -> Value:
    return facts.matrix(name, facts.trainer.model.parameters)


def _gradients(name: str, facts: Facts) -> Value:
    return facts.matrix(name, facts.gradients)


FACTS: Mapping[str, Callable[[Facts], Value]] = {
    "update": lambda f: float(f.trainer.update),
    "learning_rate": lambda f: float(f.trainer.learning_rate),
    "V": lambda f: float(len(f.symbols)),
    "H": lambda f: float(f.trainer.config.hidden_size),
    "T": lambda f: float(len(f.window[0])),
    "parameters": lambda f: float(f.trainer.model.flat.size),
    "read": lambda f: f.words(f.window[0]),
    "target": lambda f: f.words(f.window[1]),
    "x": Facts.one_hot,
    "h": Facts.hidden,
    "from_input": lambda f: f.by_step(lambda step: step.layers[0].from_input, UNIT),
    "from_memory": lambda f: f.by_step(lambda step: step.layers[0].from_past, UNIT),
    "a": lambda f: f.by_step(lambda step: step.layers[0].a, UNIT),
    "logits": lambda f: f.by_step(lambda step: step.logits, f.characters),
    "p": lambda f: f.by_step(lambda step: step.probs, f.characters),
    "losses": lambda f: f.by_step(lambda step: step.loss),
    "loss": _first_loss,
    "norm": _norm,
    "uniform": lambda f: math.log(len(f.symbols)),
    "unigram": lambda f: unigram_entropy(_ids(f), len(f.symbols)),
    "bigram": lambda f: bigram_entropy(_ids(f), len(f.symbols)),
    **{name: partial(_weights, name) for name in WEIGHTS},
    **{f"d{name}": partial(_gradients, name) for name in WEIGHTS},
}
"""By name; docs/lessons.md says what each is."""
