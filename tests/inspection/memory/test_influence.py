"""What each character did for a prediction: against reading the texts anew, and derivatives."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.influence import MOST_OTHERS, influence
from rnn_tui.models.registry import build
from rnn_tui.nn.loss import log_softmax
from rnn_tui.training.settings.config import Config
from tests.inspection.test_input_flow import LOOKING_BACK, of_vectors

V, PLACE = 7, 12
CELLS = [
    Config(cell="rnn", hidden_size=6, num_layers=2, dtype="float64"),
    Config(cell="rnn", activation="relu", hidden_size=5, dtype="float64"),
    Config(cell="lstm", hidden_size=4, num_layers=2, dtype="float64"),
    Config(cell="gru", hidden_size=3, dtype="float64"),
]
OTHERS = [np.array(ids, np.intp) for ids in ([1, 2], [0, 2], [0, 1], [4], [3], [], [0, 3, 5])]
IDS = np.random.default_rng(11).integers(0, V, 20)
every_network = pytest.mark.parametrize(
    "config", [*CELLS, *LOOKING_BACK], ids=lambda c: f"{c.network} {c.activation} {c.num_layers}"
)


def network(config: Config) -> Any:
    return build(config, V, np.random.default_rng(5))


def log_p(model: Any, ids: Any) -> float:
    logits, _ = model.forward(np.asarray(ids)[:-1, None], model.zero_state(1))
    return float(log_softmax(logits[-1])[0, ids[-1]])


@every_network
@pytest.mark.parametrize("most", [1, 5, 100])
def test_an_exchange_is_the_text_with_that_character_read_anew(config: Config, most: int) -> None:
    model = network(config)
    flat = model.flat.copy()
    found = influence(model, IDS, PLACE, OTHERS, most)
    assert found.first == max(0, PLACE - most)
    assert found.log_p == pytest.approx(log_p(model, IDS[: PLACE + 1]), rel=1e-12)
    assert np.log(found.probs[IDS[PLACE]]) == pytest.approx(found.log_p, rel=1e-12)
    assert found.probs.sum() == pytest.approx(1, rel=1e-12)
    expected = []
    for k in range(found.first, PLACE):
        instead = []
        for other in OTHERS[IDS[k]]:
            text = IDS[: PLACE + 1].copy()
            text[k] = other
            instead.append(log_p(model, text))
        expected.append(found.log_p - np.mean(instead) if instead else np.nan)
    assert found.exchange == pytest.approx(expected, rel=1e-10, abs=1e-12, nan_ok=True)
    assert np.array_equal(model.flat, flat)
    assert not model.grads_flat.any()


@every_network
@pytest.mark.parametrize("most", [4, 100])
def test_the_slope_is_the_derivative_in_the_place_of_the_character(
    config: Config, most: int
) -> None:
    model = network(config)
    x, target = IDS[:PLACE], IDS[PLACE]

    def at(k: int, value: float) -> float:
        vectors = np.eye(V)[x]
        vectors[k, x[k]] = value
        return float(log_softmax(logits_of(model, config, vectors))[-1, target])

    found, delta = influence(model, IDS, PLACE, OTHERS, most), 1e-3
    expected = [
        (8 * (at(k, 1 + delta) - at(k, 1 - delta)) - at(k, 1 + 2 * delta) + at(k, 1 - 2 * delta))
        / (12 * delta)
        for k in range(found.first, PLACE)
    ]
    assert found.slope == pytest.approx(expected, rel=1e-6, abs=1e-9)


def logits_of(model: Any, config: Config, vectors: Any) -> Any:
    """Logits (T, V) from vectors (T, V) in the place of one-hot ones."""
    if config.network in ("dense", "cnn"):
        return of_vectors(model, vectors)
    below = vectors[:, None]
    for cell, state in zip(model.stack.cells, model.zero_state(1), strict=True):
        below = np.array(cell.forward(below, state)[0])
    return below[:, 0] @ model.linear.weight.T + model.linear.bias


def test_beyond_its_reach_no_character_moves_a_prediction() -> None:
    model = network(Config(network="dense", context=3, hidden_size=5, dtype="float64"))
    found = influence(model, IDS, PLACE, [np.arange(1)] * V, 9)
    assert found.exchange[:-3] == pytest.approx([0] * 6, abs=0)
    assert found.slope[:-3] == pytest.approx([0] * 6, abs=0)
    assert found.exchange[-3:].any()


def test_of_many_others_only_the_first_are_tried() -> None:
    wide = MOST_OTHERS + 9
    config = Config(cell="rnn", hidden_size=3, dtype="float64")
    model: Any = build(config, wide, np.random.default_rng(2))
    ids, others = np.array([4, 0, 2]), [np.setdiff1d(np.arange(wide), [id]) for id in range(wide)]
    few = [ids[:MOST_OTHERS] for ids in others]
    found = influence(model, ids, 2, others, 5).exchange
    assert np.array_equal(found, influence(model, ids, 2, few, 5).exchange)


def test_a_long_text_before_is_read_in_parts() -> None:
    model = network(CELLS[3])
    ids = np.random.default_rng(8).integers(0, V, 2_300)
    found = influence(model, ids, 2_299, OTHERS, 2)
    assert found.log_p == pytest.approx(log_p(model, ids), rel=1e-12)
