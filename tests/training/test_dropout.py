"""What is left out between two layers: how much, when, and the same again."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.models.sampling import sample
from rnn_tui.training.dropout import drops, masks_of
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import Validation
from tests.checkpoint.test_resume_matrix import corpus

DEEP = Config(
    cell="lstm", hidden_size=6, num_layers=3, seq_length=7, batch_size=5, dropout=0.3, seed=4
)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.85])
def test_the_mean_is_one_and_so_much_is_left_out(p: float) -> None:
    masks = masks_of(replace(DEEP, hidden_size=200, dropout=p), 8, (30, 20))
    assert [mask.shape for mask in masks] == [(30, 20, 200)] * 2
    for mask in masks:
        out, error = float((mask == 0).mean()), (p * (1 - p) / mask.size) ** 0.5
        assert abs(out - p) < 5 * error
        assert abs(float(mask.mean(dtype=np.float64)) - 1) < 5 * error / (1 - p)
        assert {float(m) for m in np.unique(mask)} == {0.0, float(np.float32(1 / (1 - p)))}


def test_seed_and_update_alone_decide() -> None:
    def drawn(config: Config = DEEP, update: int = 8) -> Any:
        return np.array(masks_of(config, update, (7, 5)))

    assert np.array_equal(drawn(), drawn(replace(DEEP, cell="gru", threads=3, learning_rate=2.0)))
    assert np.array_equal(drawn() > 0, drawn(replace(DEEP, dtype="float64")) > 0)
    others = [drawn(), drawn(update=9), drawn(replace(DEEP, seed=9)), drawn(replace(DEEP, seed=8))]
    layers = [mask for other in others for mask in other]
    assert all(not np.array_equal(a, b) for k, a in enumerate(layers) for b in layers[:k])
    assert not drawn(replace(DEEP, seed=2**70)).all()


@pytest.mark.parametrize(
    "other", [{"dropout": 0.0}, {"num_layers": 1}, {"network": "cnn"}, {"network": "dense"}]
)
def test_where_nothing_can_be_left_out_nothing_is_drawn(other: Any) -> None:
    config = replace(DEEP, **other)
    assert not drops(config)
    assert masks_of(config, 8, (7, 5)) == ()
    plain = Trainer(replace(config, dropout=0.0), corpus())
    made = Trainer(config, corpus())
    made.model.dropping = None  # type: ignore[assignment, method-assign]
    assert [made.step().loss for _ in range(9)] == [plain.step().loss for _ in range(9)]
    assert made.model.flat.tobytes() == plain.model.flat.tobytes()


def test_only_training_leaves_anything_out() -> None:
    made = Trainer(replace(DEEP, val_fraction=0.2), corpus())
    plain = Trainer(replace(DEEP, dropout=0.0, val_fraction=0.2), corpus())
    for _ in range(12):
        made.step()
    plain.model.flat[:] = made.model.flat
    validations = [Validation(t.val_ids, t.model) for t in (made, plain)]
    for one in validations:
        while not one.done:
            one.advance()
    assert validations[0].loss == validations[1].loss
    drawn = [
        sample(t.model, np.array([1]), 30, 0.8, np.random.default_rng(2)) for t in (made, plain)
    ]
    assert drawn[0][1].tobytes() == drawn[1][1].tobytes()
    made.state = plain.state = made.model.zero_state(5)
    made.update = plain.update = 3
    assert made.step().loss != plain.step().loss


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_threads_leave_out_the_same(cell: Any) -> None:
    config = replace(DEEP, cell=cell, dtype="float64")
    one, three = (Trainer(replace(config, threads=count), corpus()) for count in (1, 3))
    for _ in range(25):
        expected, found = one.step(), three.step()
        assert found.loss == pytest.approx(expected.loss, abs=1e-12)
        assert found.grad_norm == pytest.approx(expected.grad_norm, abs=1e-10)
    np.testing.assert_allclose(three.model.flat, one.model.flat, atol=1e-9)


def test_gone_back_it_is_the_same_again() -> None:
    made = Trainer(DEEP, corpus())
    for _ in range(4):
        made.step()
    at = made.capture()
    losses = [made.step().loss for _ in range(9)]
    made.restore(at)
    assert [made.step().loss for _ in range(9)] == losses


@pytest.mark.parametrize("p", [1.0, -0.1, 1.5, float("nan")])
def test_not_all_can_be_left_out(p: float) -> None:
    with pytest.raises(InputError, match=r"^--dropout must be "):
        choose_config(corpus(), None, {"num_layers": 2, "dropout": p})


def test_one_layer_has_nothing_to_leave_out_and_says_so() -> None:
    said = "--dropout 0.5 has no effect: no recurrent layer gives to another."
    for other in ({"num_layers": 1}, {"network": "cnn", "num_layers": 2}):
        assert said in choose_config(corpus(), None, {"dropout": 0.5, **other})[1]
    assert said not in choose_config(corpus(), None, {"dropout": 0.5, "num_layers": 2})[1]
