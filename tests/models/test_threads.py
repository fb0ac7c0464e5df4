"""Parts of a batch side by side: the same mean, the same bits every time."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.threads import SideBySide
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.checkpoint.test_resume_matrix import corpus
from tests.models.test_recurrent import cells, model, window


def both(name: str, threads: int, B: int, dtype: Any = "float64") -> tuple[Any, Any]:
    """Losses, gradients and last states of three windows in a row: in one go, and in parts."""
    found = []
    for parts in (1, threads):
        m = model(name, dtype=dtype)
        learner, state = SideBySide(m, parts) if parts > 1 else m, m.zero_state(B)
        losses, gradients = [], []
        for seed in range(3):
            loss, state = learner.loss_and_grads(*window(B=B, seed=seed), state)
            losses.append(loss)
            gradients.append(m.grads_flat.copy())
        found.append((losses, gradients, [array for layer in state for array in layer]))
    return found[0], found[1]


@cells
@pytest.mark.parametrize(("threads", "B"), [(2, 7), (3, 7), (2, 2), (4, 3)])
def test_parts_give_the_mean_over_the_batch(name: str, threads: int, B: int) -> None:
    whole, parts = both(name, threads, B)
    assert np.abs(np.subtract(whole[0], parts[0])).max() < 1e-12
    assert np.abs(np.subtract(whole[1], parts[1])).max() < 1e-12
    for one, other in zip(whole[2], parts[2], strict=True):
        assert one.shape == other.shape == (B, 5)
        assert np.abs(one - other).max() < 1e-12


@cells
def test_in_single_precision_too(name: str) -> None:
    whole, parts = both(name, 3, 8, "float32")
    assert np.abs(np.subtract(whole[0], parts[0])).max() < 1e-5
    assert np.abs(np.subtract(whole[1], parts[1])).max() < 1e-5


@cells
def test_the_same_bits_every_time(name: str) -> None:
    (_, first), (_, second) = both(name, 3, 7, "float32"), both(name, 3, 7, "float32")
    assert first[0] == second[0]
    assert np.array_equal(first[1], second[1])


def test_a_part_that_fails_is_an_error_and_no_part_is_left_at_work() -> None:
    m = model("lstm")
    learner = SideBySide(m, 2)
    x, y = window(B=4)
    broken = x.copy()
    broken[3, 3] = 99
    with pytest.raises(IndexError):
        learner.loss_and_grads(broken, y, m.zero_state(4))
    loss, _ = learner.loss_and_grads(x, y, m.zero_state(4))
    assert loss == pytest.approx(model("lstm").loss_and_grads(x, y, m.zero_state(4))[0], abs=1e-12)


def test_a_trainer_with_threads_learns_the_same() -> None:
    config = Config(hidden_size=6, num_layers=2, cell="gru", batch_size=5, dtype="float64")
    one, three = (Trainer(replace(config, threads=n), corpus()) for n in (1, 3))
    assert isinstance(three.learner, SideBySide)
    for _ in range(40):
        expected, found = one.step(), three.step()
        assert found.loss == pytest.approx(expected.loss, abs=1e-9)
        assert found.grad_norm == pytest.approx(expected.grad_norm, abs=1e-9)
    assert np.abs(one.model.flat - three.model.flat).max() < 1e-9
