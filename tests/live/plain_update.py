"""One update by the plain loop, with everything found on the way: what Backprop has to show."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.nn.plain import output
from rnn_tui.training.trainer import Trainer
from tests.nn import oracle
from tests.nn.oracle import Array, Arrays

SIZES = {"weight_ih": "W_ih", "weight_hh": "W_hh", "bias": "b"}


@dataclass
class Sequence:
    """One sequence of the batch."""

    x: Array
    y: Array
    inputs: list[Array] = field(default_factory=list)
    """What each layer reads (T, I)."""
    layers: list[dict[str, dict[int, Array]]] = field(default_factory=list)
    """What each layer found."""
    dh_above: list[Array] = field(default_factory=list)
    dx: list[Array] = field(default_factory=list)
    logits: Array = field(default_factory=lambda: np.empty(0))
    probs: Array = field(default_factory=lambda: np.empty(0))
    losses: Array = field(default_factory=lambda: np.empty(0))
    dlogits: Array = field(default_factory=lambda: np.empty(0))


class PlainUpdate:
    """The trainer's next update; with plain gradient descent or a first one of Adam."""

    def __init__(self, trainer: Trainer) -> None:
        self.config, self.rate = trainer.config, trainer.learning_rate
        self.weights: Arrays = {
            name: array.astype(np.float64) for name, array in trainer.model.parameters.items()
        }
        x, y = trainer.streams.window(trainer.window_index)
        self.T, self.B = x.shape
        fresh = trainer.window_index == 0
        state: Any = trainer.model.zero_state(self.B) if fresh else trainer.state
        self.sequences = [
            self._run(x[:, b], y[:, b], [[part[b] for part in layer] for layer in state])
            for b in range(self.B)
        ]

    def _layer(self, layer: int, x: Array, start: list[Array], dh: Array) -> Any:
        p = {
            name: self.weights[key]
            for name in ("weight_ih", "weight_hh", "bias", "bias_hn")
            if (key := f"rnn.{name}_l{layer}") in self.weights
        }
        config, state = self.config, tuple(part.astype(np.float64) for part in start)
        name = f"rnn-{config.activation}" if config.cell == "rnn" else config.cell
        return oracle.one(name, p, x, state, dh, tuple(np.zeros_like(part) for part in state))

    def _run(self, x: Array, y: Array, start: list[list[Array]]) -> Sequence:
        made, T = Sequence(x, y), len(x)
        W, b = self.weights["linear.weight"], self.weights["linear.bias"]
        below = np.eye(len(b))[x]
        for layer, state in enumerate(start):
            made.inputs.append(below)
            below = self._layer(layer, below, state, np.zeros((T, len(state[0]))))["h"]
        of_step = {n: np.array([*v.values()]) for n, v in output(W, b, below, y).items()}
        made.logits, made.probs, made.losses = of_step["y"], of_step["p"], of_step["loss"]
        made.dlogits = of_step["dy"] / (T * self.B)
        dh = made.dlogits @ W
        for layer in reversed(range(len(start))):
            found = self._layer(layer, made.inputs[layer], start[layer], dh)
            made.dh_above.insert(0, dh)
            made.layers.insert(0, found["open"])
            dh = found["dx"]
        return made

    def added(self, step: MicroStep) -> Arrays:
        """What a micro-step adds to the gradients, over all sequences."""
        if step.phase != "backward":
            return {}
        parts = [self._added(sequence, step.t, step.layer) for sequence in self.sequences]
        return {name: sum(part[name] for part in parts) for name in parts[0]}  # type: ignore[misc]

    def _added(self, sequence: Sequence, t: int, layer: int | None) -> Arrays:
        if layer is None:
            h, dy = sequence.layers[-1]["h"][t], sequence.dlogits[t]
            return {"linear.weight": np.outer(dy, h), "linear.bias": dy}
        found, x = sequence.layers[layer], sequence.inputs[layer][t]
        da, h = found["da"][t], found["h"][t - 1]
        dm = found["dm"][t] if "dm" in found else da
        grads = {"weight_ih": np.outer(da, x), "weight_hh": np.outer(dm, h), "bias": da}
        if "dm" in found:
            grads["bias_hn"] = dm[-len(h) :]
        return {f"rnn.{name}_l{layer}": grad for name, grad in grads.items()}

    def total(self, steps: tuple[MicroStep, ...]) -> Arrays:
        """The gradients when these micro-steps are done."""
        sums = {name: np.zeros_like(array) for name, array in self.weights.items()}
        for step in steps:
            for name, grad in self.added(step).items():
                sums[name] = sums[name] + grad
        return sums

    def norm(self, grads: Arrays) -> float:
        """Of all of them together."""
        return float(np.sqrt(sum((grad**2).sum() for grad in grads.values())))

    def clipped(self, grads: Arrays) -> Arrays:
        """Scaled so that the norm is the limit, where it is above."""
        limit, norm = self.config.clip_norm, self.norm(grads)
        factor = 1.0 if limit is None or norm <= limit else limit / norm
        return {name: factor * grad for name, grad in grads.items()}

    def moved(self, grads: Arrays) -> Arrays:
        """The weights after the update."""
        change = {
            "sgd": lambda g: g,
            "adam": lambda g: g / (np.abs(g) + 1e-8),  # the first update of Adam
        }[self.config.optimizer]
        kept = 1 - self.rate * self.config.weight_decay
        return {
            name: kept * weight - self.rate * change(grads[name])
            for name, weight in self.weights.items()
        }

    def past(self, sequence: Sequence, layer: int, t: int) -> Array:
        """What goes on to h of the step before."""
        return sequence.layers[layer]["dh_next"][t - 1]
