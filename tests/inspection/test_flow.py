"""The norms against numerical derivatives, and what is said about them."""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.decay import clip_sentence, decay, loss_left, sentence
from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.trace import Clipping, Trace
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.loss import log_softmax
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, trainer


@dataclass
class Nudge:
    """Where to push: h (part 0) or c (part 1) of one layer at step k."""

    model: CharModel
    x: Any
    y: Any
    k: int
    layer: int
    part: int

    def losses(self, by: Any) -> Any:
        """L_0 … L_T when the layer's state is moved by so much."""
        model, x = self.model, self.x
        state: Any = model.zero_state(1)
        losses = []
        for t in range(len(x)):
            below: Any = x[t : t + 1, None]
            after = []
            for layer, cell in enumerate(model.stack.cells):
                h, last, _ = cell.forward(below, state[layer])
                h, last = np.array(h), tuple(np.array(part) for part in last)
                if (t, layer) == (self.k, self.layer):
                    last = self.moved(cell, below, state[layer], last, by)
                    h = last[0][None]
                below = h
                after.append(last)
            state = tuple(after)
            logits = below[0, 0] @ model.linear.weight.T + model.linear.bias
            losses.append(-float(log_softmax(logits)[self.y[t]]))
        return np.array(losses)

    def moved(self, cell: Any, x: Any, before: Any, last: Any, by: Any) -> Any:
        if self.part == 0:
            return last[0] + by, *last[1:]
        inputs = np.eye(cell.input_size)[x[0, 0]] if x.ndim == 2 else x[0, 0]
        a = cell.weight_ih @ inputs + cell.weight_hh @ before[0][0] + cell.bias
        o = 1 / (1 + np.exp(-a[-cell.hidden_size :]))
        return o * np.tanh(last[1] + by), last[1] + by

    def slopes(self, delta: float = 1e-3) -> Any:
        """The derivatives of the losses with respect to every unit (H, T)."""

        def at(by: Any) -> Any:
            return self.losses(by * delta)

        return np.array(
            [(8 * (at(u) - at(-u)) - (at(2 * u) - at(-2 * u))) / (12 * delta) for u in np.eye(4)]
        )


@every_cell
@pytest.mark.parametrize("layers", [1, 2])
def test_norms_equal_numerical_ones(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=4)
    x, y = (a[:, 0] for a in made.streams.window(1))
    found = flow(made.model, x, y)
    assert (found.c is not None) == (name == "lstm")
    for part, norms in enumerate([found.h, found.c][: 2 if name == "lstm" else 1]):
        assert norms is not None
        for layer in range(layers):
            for k in range(len(x)):
                slopes = Nudge(made.model, x, y, k, layer, part).slopes()
                expected = np.linalg.norm(slopes, axis=0)[k:]
                assert norms[layer, k:, k] == pytest.approx(expected, rel=1e-6, abs=1e-11)
                assert np.isnan(norms[layer, :k, k]).all()


@every_cell
@pytest.mark.parametrize("layers", [1, 2])
def test_the_whole_state_is_all_that_a_step_hands_on(name: str, layers: int) -> None:
    """Every number that goes from step k to the next is nudged, and the rest of the text read."""
    made = trainer(name, layers, updates=4)
    model, delta = made.model, 1e-5
    x, y = (a[:, 0] for a in made.streams.window(1))
    found, state = flow(model, x, y), model.zero_state(1)

    def losses(k: int, by: Any) -> Any:
        moved, at = [], 0
        for layer in state:
            parts = []
            for part in layer:
                parts.append(part + by[at : at + part.size])
                at += part.size
            moved.append(tuple(parts))
        logits, _ = model.forward(x[k + 1 :, None], tuple(moved))
        return np.array([-log_softmax(z)[j] for z, j in zip(logits[:, 0], y[k + 1 :], strict=True)])

    for k in range(len(x) - 1):
        _, state = model.forward(x[k : k + 1, None], state)
        size = sum(part.size for layer in state for part in layer)
        slopes = [(losses(k, u) - losses(k, -u)) / (2 * delta) for u in delta * np.eye(size)]
        expected = np.linalg.norm(slopes, axis=0)
        assert found.whole[k + 1 :, k] == pytest.approx(expected, rel=1e-5, abs=1e-9)
    assert np.diagonal(found.whole) == pytest.approx(np.diagonal(found.h[-1]), rel=1e-12)
    if layers == 1:
        assert found.state[0] == pytest.approx(found.whole, rel=1e-12, nan_ok=True)
    if name != "lstm":
        assert found.state == pytest.approx(found.h, rel=1e-12, nan_ok=True)


def test_the_headline_of_an_lstm_holds_no_cell_state_fixed() -> None:
    made = trainer("lstm", updates=300)
    found = flow(made.model, made.corpus.ids[:20], made.corpus.ids[1:21])
    assert found.c is not None
    assert decay(found.whole).factor >= 0.9 * decay(found.c[0]).factor


@every_cell
def test_the_sum_over_the_targets_is_what_training_carries_back(name: str) -> None:
    """At the last time step there is one target only, so the flow is the trace's own number."""
    made = trainer(name, layers=2)
    trace = Trace(made)
    found = flow(made.model, trace.x[:, 0], trace.y[:, 0])
    last = trace.backward(5)
    for layer in range(2):
        expected = np.linalg.norm(last.layers[layer].dh) * trace.x.size
        assert found.h[layer, 5, 5] == pytest.approx(expected, rel=1e-12)
        earlier = np.linalg.norm(last.layers[layer].dh_past) * trace.x.size
        if layer == 1:
            assert found.h[layer, 5, 4] == pytest.approx(earlier, rel=1e-12)
    assert found.losses == pytest.approx(trace.losses, abs=1e-12)


def shrinking(factor: float, T: int) -> Any:
    t, k = np.indices((T, T))
    return np.where(k <= t, 3.0 * factor ** np.maximum(t - k, 0.0), np.nan)


def test_the_factor_of_a_clean_decay() -> None:
    fade = decay(shrinking(0.41, 9))
    assert fade.factor == pytest.approx(0.41)
    assert fade.shares == pytest.approx(0.41 ** np.arange(9))
    assert fade.reach == 6
    assert (
        sentence(fade)
        == "The error shrinks ×0.41 per step on average: after 6 steps 0.475 % is left."
    )


def test_other_sentences() -> None:
    assert sentence(decay(shrinking(1.5, 5))) == (
        "The error grows ×1.50 per step on average: after 4 steps it is 5.06 times as large."
    )
    assert sentence(decay(shrinking(1.5, 7))) == (
        "The error grows ×1.50 per step on average:"
        " after 6 steps it is 11.4 times as large — exploding."
    )
    assert sentence(decay(shrinking(0.41, 11))) == (
        "The error shrinks ×0.41 per step on average: after 6 steps 0.475 % is left — vanishing."
    )
    assert sentence(decay(shrinking(0.93, 11))) == (
        "The error shrinks ×0.93 per step on average: after 10 steps 48.4 % is left."
    )
    assert sentence(decay(shrinking(1.0, 4)), along="h and c together") == (
        "The error keeps its size, ×1.00 per step on average (h and c together):"
        " after 3 steps 100 % is left."
    )
    assert sentence(decay(shrinking(0.0, 4))) == (
        "The error does not get back one time step: nothing of it is left — vanishing."
    )
    assert sentence(decay(shrinking(0.5, 1))) == "The error has no time step to go back."
    assert "1 step " in sentence(decay(shrinking(0.5, 2)))


@pytest.mark.parametrize("last", [0.6, 0.0094, 0.0011, 6.0, 30.0])
def test_the_two_figures_of_a_sentence_agree(last: float) -> None:
    """What is left is the average factor to the power of the steps, whatever lay between."""
    norms = np.where(np.tri(4) > 0, 2.0, np.nan)
    norms[2, 0], norms[3, 1], norms[3, 0] = 0.2, 0.8, 2 * last  # up and down, not along a line
    words = sentence(decay(norms))
    factor, steps, left = (
        float(n) for n in re.findall(r"×(\S+) .* (\d+) steps?(?: it is)? (\S+) ", words)[0]
    )
    assert factor**steps == pytest.approx(left / (100 if "%" in words else 1), rel=0.1)
    assert ("exploding" in words) == (last == 30)


@pytest.mark.parametrize("shares", [[1, 0.012, 0.00057], [1, 0.3, 0.0119, 0.00004], [1, 2, 0.003]])
def test_no_sentence_contradicts_its_factor(shares: list[float]) -> None:
    """x0.083 and "after 3 steps below 1 %" could not both be: 0.083 squared is."""
    t, k = np.indices((len(shares), len(shares)))
    words = sentence(decay(np.where(k <= t, np.array(shares)[np.maximum(t - k, 0)], np.nan)))
    assert "below" not in words
    assert words.count("×") == words.count("on average") == 1


@pytest.mark.parametrize(
    ("factor", "T", "said"),
    [
        (1.019, 200, "grows ×1.0190 per step on average: after 199 steps it is 42.3 times as"),
        (1.004, 300, "grows ×1.0040 per step on average: after 299 steps it is 3.3 times as"),
        (0.982, 300, "shrinks ×0.9820 per step on average: after 254 steps 0.992 % is left."),
        (1.015, 30, "keeps its size, ×1.01 per step on average: after 29 steps 154 % is left."),
    ],
)
def test_over_many_steps_a_factor_near_one_is_not_said_to_keep_the_size(
    factor: float, T: int, said: str
) -> None:
    assert f"The error {said}" in sentence(decay(shrinking(factor, T)))


@pytest.mark.parametrize(
    ("factor", "T", "word"),
    [
        (1.03, 40, ""),
        (1.4, 4, ""),
        (2.2, 4, "exploding"),
        (0.2, 4, ""),
        (0.09, 4, "vanishing"),
        (0.68, 25, "vanishing"),
        (0.85, 33, ""),
    ],
)
def test_the_words_are_used_where_it_matters(factor: float, T: int, word: str) -> None:
    assert re.findall(r"exploding|vanishing", sentence(decay(shrinking(factor, T)))) == (
        [word] if word else []
    )


def test_hello_never_explodes() -> None:
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    for seed in range(3):
        made = Trainer(replace(PRESETS["hello"], seed=seed), corpus)
        for _ in range(40):
            for _ in range(5):
                made.step()
            found = flow(made.model, corpus.ids[:4], corpus.ids[1:5])
            assert not decay(found.whole).exploding


def test_a_small_factor_is_not_rounded_to_more_than_it_is() -> None:
    words = sentence(decay(shrinking(0.0096, 5)))
    assert "×0.0096 per step on average: after 1 step 0.96 % is left" in words


def test_what_overflows_or_underflows_says_something() -> None:
    for value in (np.nan, np.inf, 1e-300, 0.0):
        assert sentence(decay(np.full((5, 5), value)))
    assert "less than 0.01 % is left" in sentence(decay(shrinking(1e-9, 5)))


def test_what_clipping_did() -> None:
    assert (
        clip_sentence(Clipping(7.2, 5.0, 5.0, 0.694, None, 0))
        == "gradient norm 7.2, cut to 5 (×0.69)."
    )
    assert clip_sentence(Clipping(0.8, 0.8, 5.0, 1.0, None, 0)) == (
        "gradient norm 0.8, below the limit of 5: not clipped."
    )
    assert (
        clip_sentence(Clipping(0.8, 0.8, None, 1.0, None, 0))
        == "gradient norm 0.8; nothing clips it."
    )
    assert clip_sentence(Clipping(9.0, 3.0, None, 1.0, 5.0, 1200)) == (
        "gradient norm 9; 1,200 of its elements cut to ±5."
    )


def test_over_a_long_distance_the_lstm_hands_back_more_than_the_plain_network() -> None:
    """A digit, twelve letters, and the digit again: the error at the second, at the first."""
    rng, gap, reached, factors = np.random.default_rng(0), 12, {}, {}
    lines = (f"{digit}{'abcdefghijkl'}={digit}\n" for digit in rng.integers(0, 4, 600))
    corpus = corpus_from_bytes("".join(lines).encode(), "distance.txt")
    for cell in ("rnn", "lstm"):
        settings: Any = {"cell": cell, "hidden_size": 24, "seq_length": 32, "batch_size": 8}
        made = Trainer(Config(**settings, learning_rate=1e-2), corpus)
        for _ in range(600):
            made.step()
        found = flow(made.model, corpus.ids[:32], corpus.ids[1:33])
        norms = found.h[-1] if found.c is None else found.c[-1]
        reached[cell] = norms[gap + 1, 0] / norms[gap + 1, gap + 1]
        factors[cell] = decay(norms).factor
        if cell == "rnn":
            assert sentence(decay(norms)).endswith("is left — vanishing.")
    assert reached["lstm"] > 10 * reached["rnn"]
    assert factors["lstm"] > factors["rnn"] + 0.1


@pytest.mark.parametrize(
    ("loss", "least", "said"),
    [
        (0.049, np.nan, "Hardly any loss is left to pass on (0.049 nats)"),
        (0.35, np.nan, "There is loss to pass on (0.35 nats)"),
        (0.35, 0.29, "There is loss to pass on (0.35 nats)"),
        (0.35, 0.31, "What loss there is (0.35 nats) is chance, one who knows the rule has 0.31"),
        (0.35, 0.52, "What loss there is (0.35 nats) is chance, one who knows the rule has 0.52"),
    ],
)
def test_whether_an_error_that_vanishes_would_matter(loss: float, least: float, said: str) -> None:
    assert loss_left(loss, least).startswith(said)
