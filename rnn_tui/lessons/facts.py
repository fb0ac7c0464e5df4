"""What is measured of a run, under the names that a lesson's expressions use.

Values by time step are of the first window of the text, read from an empty memory, which is what
the screens draw; gradients are those of its mean loss. Where an epoch is one window, as in hello,
that is the window of the next update, too.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.inspection.forward import LayerForward
from rnn_tui.lessons.first_window import FirstWindow
from rnn_tui.lessons.values import Axis, ExpressionError, Table, Value
from rnn_tui.models.prediction import predict
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.cells import CELLS
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
GATES = tuple(dict.fromkeys(letter for cell in CELLS.values() for letter in cell.letters))
STEP, STEP_FROM_0, UNIT = Axis("time step"), Axis("time step", 0), Axis("row")


class Facts:
    """A run at one moment, measured as far as somebody asks."""

    def __init__(self, trainer: Trainer, kept: Mapping[str, Value] | None = None) -> None:
        """Measure a trainer, which is left as it is.

        Args:
            trainer: The run.
            kept: What was measured earlier, by the names under which the lesson keeps it.
        """
        self.trainer, self.kept = trainer, dict(kept or {})
        self.symbols = trainer.corpus.vocab.symbols
        self.characters = Axis("character", symbols=self.symbols)
        self.window = FirstWindow(trainer)
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

    def layer(self, take: Callable[[LayerForward], Any]) -> Table:
        """Return something of the hidden layer at every time step."""
        return Table(np.array([take(step.layers[0]) for step in self.window.steps]), (STEP, UNIT))

    def gate(self, letter: str) -> Table:
        """Return a gate by time step and row."""
        return self.layer(lambda layer: _there(layer.gates.get(letter), letter))

    def state(self, letter: str) -> Table:
        """Return h or c at every time step, 0 before the first."""
        here = self.layer(lambda layer: _there(getattr(layer, letter), letter)).values
        return Table(np.concatenate([np.zeros_like(here[:1]), here]), (STEP_FROM_0, UNIT))

    def one_hot(self) -> Table:
        """Return what is read as vectors."""
        vectors = np.eye(len(self.symbols))[self.window.read]
        return Table(vectors, (STEP, self.characters))

    def words(self, ids: list[int]) -> Table:
        """Return characters by time step."""
        return Table(np.array([self.symbols[id] for id in ids]), (STEP,))

    def matrix(self, name: str, arrays: Parameters) -> Table:
        """Return weights, or their gradients, rows and columns named."""
        array = _there(arrays.get(WEIGHTS[name]), name)
        rows = self.characters if name.endswith("y") else UNIT
        columns = self.characters if name == "W_xh" else Axis("column")
        return Table(np.array(array, np.float64), (rows, columns)[: array.ndim])


def _there(found: FloatArray | None, name: str) -> FloatArray:
    if found is None:
        raise ExpressionError(f"this network has no {name}")
    return found


def _sees(facts: Facts) -> float:
    config = facts.trainer.config
    reach = spec_of(config).reach(config)
    if reach is None:
        raise ExpressionError("a recurrent network sees all since the beginning")
    return float(reach)


def _norm(facts: Facts) -> float:
    return math.sqrt(
        sum(float((gradient**2).sum()) for gradient in facts.window.gradients.values())
    )


def _ids(facts: Facts) -> Any:
    return facts.trainer.corpus.ids[: facts.trainer.train_size]


def _weights(name: str, facts: Facts) -> Value:
    return facts.matrix(name, facts.trainer.model.parameters)


def _gate(letter: str, facts: Facts) -> Value:
    return facts.gate(letter)


def _gradients(name: str, facts: Facts) -> Value:
    return facts.matrix(name, facts.window.gradients)


FACTS: Mapping[str, Callable[[Facts], Value]] = {
    "update": lambda f: float(f.trainer.update),
    "learning_rate": lambda f: float(f.trainer.learning_rate),
    "V": lambda f: float(len(f.symbols)),
    "H": lambda f: float(f.trainer.config.hidden_size),
    "T": lambda f: float(len(f.window.read)),
    "parameters": lambda f: float(f.trainer.model.flat.size),
    "read": lambda f: f.words(f.window.read),
    "target": lambda f: f.words(f.window.targets),
    "x": Facts.one_hot,
    "h": lambda f: f.state("h"),
    "c": lambda f: f.state("c"),
    **{letter: partial(_gate, letter) for letter in GATES},
    "from_input": lambda f: f.layer(lambda layer: layer.from_input),
    "from_memory": lambda f: f.layer(lambda layer: layer.from_past),
    "a": lambda f: f.layer(lambda layer: layer.a),
    "logits": lambda f: Table(f.window.logits, (STEP, f.characters)),
    "p": lambda f: Table(f.window.probs, (STEP, f.characters)),
    "losses": lambda f: Table(f.window.losses, (STEP,)),
    "loss": lambda f: float(f.window.losses.mean()),
    "arrives": lambda f: Table(f.window.arrives, (STEP, STEP)),
    "sees": _sees,
    "norm": _norm,
    "uniform": lambda f: math.log(len(f.symbols)),
    "unigram": lambda f: unigram_entropy(_ids(f), len(f.symbols)),
    "bigram": lambda f: bigram_entropy(_ids(f), len(f.symbols)),
    **{name: partial(_weights, name) for name in WEIGHTS},
    **{f"d{name}": partial(_gradients, name) for name in WEIGHTS},
}
"""By name; docs/lessons.md says what each is."""
