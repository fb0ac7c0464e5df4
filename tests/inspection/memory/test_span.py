"""How far back the state tells: against plain ridge regression, and where the answer is known."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.span.looking_back import LEAST, Span, in_slices, memory_span
from rnn_tui.inspection.memory.span.ridge import NOISE
from rnn_tui.inspection.memory.span.states import States
from rnn_tui.models.registry import build
from rnn_tui.training.settings.config import Config

V = 3


def text(length: int, seed: int = 6) -> Any:
    return np.random.default_rng(seed).integers(0, V, length)


class Keeps:
    """Hands on the last symbols, one-hot, and noise: what it remembers is known."""

    vocab_size = V

    def __init__(self, steps: int, *, noise: int = 4, seed: int = 0) -> None:
        self.kept, self.noise, self.rng = V * steps, noise, np.random.default_rng(seed)

    def zero_state(self, batch: int) -> Any:
        return ((np.zeros((batch, self.kept + self.noise)),),)

    def forward(self, ids: Any, state: Any) -> Any:
        ((before,),) = state
        (row,) = ids
        kept = np.hstack([np.eye(V)[row], before])[:, : self.kept]
        noise = self.rng.standard_normal((len(kept), self.noise))
        return None, ((np.hstack([kept, noise]),),)


@pytest.mark.parametrize("steps", [1, 3, 7])
def test_as_far_as_symbols_are_kept_and_no_farther(steps: int) -> None:
    found = memory_span(Keeps(steps), text(4_900), 9)  # type: ignore[arg-type]
    assert found.steps == steps - 1
    assert [back.read == 1 for back in found.backs] == [k < steps for k in range(10)]
    assert (found.numbers, found.used) == (V * steps + 4,) * 2


def test_what_follows_from_near_symbols_counts_for_nothing() -> None:
    # 012 for ever: the present symbol tells all of the past.
    found = memory_span(Keeps(1), np.arange(1_500) % V, 8)  # type: ignore[arg-type]
    assert [(back.read, back.guess) for back in found.backs[1:]] == [(1, 1)] * 8
    assert all(back.best is None for back in found.backs[1:])
    assert found.steps == 0


def test_states_that_know_nothing_are_never_said_to() -> None:
    for seed in range(20):
        model = Keeps(0, noise=30, seed=seed)
        found = memory_span(model, text(2_000, seed), 20)  # type: ignore[arg-type]
        assert found.steps is None


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_accuracies_are_those_of_plain_ridge_regression(cell: Any) -> None:
    config = Config(cell=cell, hidden_size=6, num_layers=2)
    model, ids = build(config, V, np.random.default_rng(1)), text(1_301)
    found = memory_span(model, ids, 4)
    states = States(model, ids)
    assert [*states.read()]
    x = [states.features(half).astype(float) for half in (0, 1)]
    for back in found.backs:
        right = []
        for known, asked in ((0, 1), (1, 0)):
            mean = x[known].mean(axis=0)
            y = np.eye(V)[ids[states.places(known) - back.steps]]
            centered = x[known] - mean
            ridge = NOISE**2 * len(y) * np.var(x[known], axis=0).mean()
            gram = centered.T @ centered + ridge * np.eye(len(mean))
            scores = (x[asked] - mean) @ np.linalg.solve(gram, centered.T @ y) + y.mean(axis=0)
            right.append(scores.argmax(axis=1) == ids[states.places(asked) - back.steps])
        assert back.read == pytest.approx(np.mean(right), abs=1 / found.places)


def test_it_grows_slice_by_slice() -> None:
    model = build(Config(cell="gru", hidden_size=6), V, np.random.default_rng(1))
    found = [*in_slices(model, text(LEAST), 6)]
    known = [len(span.backs) for span in found]
    assert known == sorted(known)
    assert set(known) == set(range(8))
    whole: Span = memory_span(model, text(LEAST), 6)
    assert found[-1] == whole
    assert all(span.backs == whole.backs[: len(span.backs)] for span in found)


def test_of_a_long_text_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_tui.inspection.memory.span.looking_back.MOST", 1_200)
    long, short = text(3_000), text(3_000)[:1_200]
    assert memory_span(Keeps(2), long, 3) == memory_span(Keeps(2), short, 3)  # type: ignore[arg-type]
