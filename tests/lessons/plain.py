"""The network of a lesson trained by plain loops, from the same first weights."""

from dataclasses import dataclass

import numpy as np
import safetensors.numpy

from rnn_tui.lessons.built_in import FOLDER
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.models import plain_windows
from rnn_tui.nn import plain
from rnn_tui.nn.cell import FloatArray, Parameters

NAMES = {
    "W_xh": "weight_ih_l0",
    "W_hh": "weight_hh_l0",
    "b_h": "bias_l0",
    "W_hy": "weight",
    "b_y": "bias",
}


@dataclass(eq=False)
class Plain:
    """A tanh network at one moment."""

    symbols: tuple[str, ...]
    ids: list[int]
    weights: Parameters
    learning_rate: float
    sgd: bool

    def __post_init__(self) -> None:
        self.m = {name: np.zeros_like(w) for name, w in self.weights.items()}
        self.v = {name: np.zeros_like(w) for name, w in self.weights.items()}
        self.updates = 0
        self.read()

    def cell(self) -> Parameters:
        w = self.weights
        return {"weight_ih": w["W_xh"], "weight_hh": w["W_hh"], "bias": w["b_h"]}

    def read(self) -> None:
        """Go through the text."""
        w, V = self.weights, len(self.symbols)
        x, targets = np.eye(V)[self.ids[:-1]], np.array(self.ids[1:])
        h0 = np.zeros(len(w["b_h"]))
        self.x, run = x, plain.rnn(self.cell(), x, h0)
        self.h, self.a = run["h"], run["a"]
        out = plain.output(w["W_hy"], w["b_y"], self.h, targets)
        self.logits, self.p, self.losses = out["y"], out["p"], out["loss"]
        T = len(x)
        self.loss = sum(self.losses.values()) / T
        dy = {t: out["dy"][t] / T for t in range(T)}
        dh = {t: w["W_hy"].T @ dy[t] for t in range(T)}
        found = plain.rnn_backward(self.cell(), x, run, dh, (np.zeros_like(h0),))
        self.grads = {
            "W_xh": found.parameters["weight_ih"],
            "W_hh": found.parameters["weight_hh"],
            "b_h": found.parameters["bias"],
            "W_hy": sum(np.outer(dy[t], self.h[t]) for t in range(T)),
            "b_y": sum(dy.values()),
        }

    @property
    def norm(self) -> float:
        return float(np.sqrt(sum((g**2).sum() for g in self.grads.values())))

    def update(self) -> None:
        """Make an update: clipped to norm 5, then plain descent or Adam."""
        norm = self.norm
        self.updates += 1
        for name, grad in self.grads.items():
            g = grad * min(1.0, 5.0 / norm)
            if self.sgd:
                self.weights[name] = self.weights[name] - self.learning_rate * g
                continue
            self.m[name] = 0.9 * self.m[name] + 0.1 * g
            self.v[name] = 0.999 * self.v[name] + 0.001 * g**2
            m = self.m[name] / (1 - 0.9**self.updates)
            v = self.v[name] / (1 - 0.999**self.updates)
            self.weights[name] = self.weights[name] - self.learning_rate * m / (np.sqrt(v) + 1e-8)
        self.read()

    def after(self, text: str) -> FloatArray:
        """Return what is expected after a text."""
        x = np.eye(len(self.symbols))[[self.symbols.index(c) for c in text]]
        h = plain.rnn(self.cell(), x, np.zeros(len(self.weights["b_h"])))["h"][len(text) - 1]
        y = self.weights["W_hy"] @ h + self.weights["b_y"]
        return np.asarray(np.exp(y) / np.exp(y).sum())

    def p_of(self, step: int, symbol: str) -> float:
        return float(self.p[step - 1][self.symbols.index(symbol)])

    def favorite(self, probs: FloatArray) -> str:
        return self.symbols[int(probs.argmax())]


def trained(lesson: Lesson, updates: int, step: int = 1) -> Plain:
    """Return the network of a lesson's step, counted from 1, after so many updates."""
    start = lesson.steps[step - 1].start
    first = start.trainer().model.parameters
    found = {name.rpartition(".")[2]: np.array(w) for name, w in first.items() if "rnn" in name}
    found |= {name: np.array(first[f"linear.{name}"]) for name in ("weight", "bias")}
    network = Plain(
        start.corpus.vocab.symbols,
        start.corpus.ids.tolist(),
        {paper: found[name] for paper, name in NAMES.items()},
        start.config.learning_rate,
        start.config.optimizer == "sgd",
    )
    for _ in range(updates):
        network.update()
    return network


LINE = "7abcdefghijklmnopq=7"
"""The first 20 characters of corpora/distance.txt; a newline follows."""


class Stored:
    """A network of distance.txt as its file has it, in float64, on the first 20 characters."""

    def __init__(self, lesson: Lesson, step: int) -> None:
        start = lesson.steps[step - 1].start
        cell, symbols = start.config.cell, start.corpus.vocab.symbols
        found = safetensors.numpy.load_file(FOLDER / f"distance-{cell}.safetensors")
        self.symbols = symbols
        self.W, self.b = (found[f"linear.{name}"].astype(float) for name in ("weight", "bias"))
        biases = (found[f"rnn.bias_{part}_l0"].astype(float) for part in ("ih", "hh"))
        self.p_of = {
            "weight_ih": found["rnn.weight_ih_l0"].astype(float),
            "weight_hh": found["rnn.weight_hh_l0"].astype(float),
            "bias": sum(biases),
        }
        self.x = np.eye(len(symbols))[[symbols.index(c) for c in LINE]]
        self.targets = [symbols.index(c) for c in LINE[1:] + "\n"]
        self.cell = cell
        zero = np.zeros(self.W.shape[1])
        self.run = self.read(self.x, *[zero] * (2 if cell == "lstm" else 1))

    def read(self, x: FloatArray, *state: FloatArray) -> plain.Steps:
        return (
            plain.lstm(self.p_of, x, *state)
            if self.cell == "lstm"
            else plain.rnn(self.p_of, x, *state)
        )

    def probs(self, h: FloatArray) -> FloatArray:
        y = self.W @ h + self.b
        return np.asarray(np.exp(y) / np.exp(y).sum())

    def p(self, step: int, symbol: str) -> float:
        return float(self.probs(self.run["h"][step - 1])[self.symbols.index(symbol)])

    def arrives(self, t: int, k: int) -> float:
        """Return ‖∂L_t/∂h_k‖: each number of h_k is nudged, and the rest is read again."""
        slopes, e = [], 1e-5
        for unit in range(len(self.run["h"][k - 1])):
            ends = []
            for sign in (1, -1):
                h = self.run["h"][k - 1].copy()
                h[unit] += sign * e
                state = (h, self.run["c"][k - 1]) if self.cell == "lstm" else (h,)
                last = self.read(self.x[k:t], *state)["h"][t - k - 1] if t > k else h
                ends.append(-np.log(self.probs(last)[self.targets[t - 1]]))
            slopes.append((ends[0] - ends[1]) / (2 * e))
        return float(np.linalg.norm(slopes))


class LookingBack:
    """A dense network or a CNN with the weights that it has learned, as plain loops."""

    def __init__(self, lesson: Lesson, number: int) -> None:
        step = lesson.steps[number - 1]
        trainer = step.start.trainer()
        while trainer.update < step.judged_at:
            trainer.step()
        self.weights = {name: w.astype(float) for name, w in trainer.model.parameters.items()}
        self.size = sum(w.size for w in self.weights.values())
        self.config = trainer.config
        T, self.V = trainer.config.seq_length, len(trainer.corpus.vocab)
        ids = trainer.corpus.ids[: T + 1].tolist()
        p = np.exp(self.logits(np.eye(self.V)[ids[:-1]]))
        p /= p.sum(axis=1, keepdims=True)
        self.loss = float(-np.log(p[np.arange(T), ids[1:]]).mean())

    def logits(self, x: FloatArray) -> FloatArray:
        if self.config.network == "dense":
            y = plain_windows.dense(self.weights, x, self.config.context).y
        else:
            y = plain_windows.cnn(self.weights, x).y
        return np.array([y[t] for t in range(len(x))])

    def sees(self) -> int:
        """Return how many of the last characters change what comes out, if they are others."""
        x = np.eye(self.V)[np.arange(12) % self.V]
        counts = 0
        for back in range(12):
            other = x.copy()
            other[-1 - back] = np.roll(x[-1 - back], 1)
            counts += not np.array_equal(self.logits(other)[-1], self.logits(x)[-1])
        return counts
