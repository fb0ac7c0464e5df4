"""The network of a lesson trained by plain loops, from the same first weights."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.lessons.lesson import Lesson
from rnn_tui.nn import plain
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.training.trainer import Trainer

NAMES = {
    "W_xh": "weight_ih_l0",
    "W_hh": "weight_hh_l0",
    "b_h": "bias_l0",
    "W_hy": "weight",
    "b_y": "bias",
}


@dataclass
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

    def update(self) -> None:
        """Make an update: clipped to norm 5, then plain descent or Adam."""
        norm = np.sqrt(sum((g**2).sum() for g in self.grads.values()))
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


def trained(lesson: Lesson, updates: int, learning_rate: float | None = None) -> Plain:
    """Return the lesson's network after so many updates."""
    rate = lesson.config.learning_rate if learning_rate is None else learning_rate
    first = Trainer(replace(lesson.config, learning_rate=rate), lesson.corpus).model.parameters
    found = {name.rpartition(".")[2]: np.array(w) for name, w in first.items() if "rnn" in name}
    found |= {name: np.array(first[f"linear.{name}"]) for name in ("weight", "bias")}
    network = Plain(
        lesson.corpus.vocab.symbols,
        lesson.corpus.ids.tolist(),
        {paper: found[name] for paper, name in NAMES.items()},
        rate,
        lesson.config.optimizer == "sgd",
    )
    for _ in range(updates):
        network.update()
    return network
