"""The state at each place, against a network that reads symbol by symbol."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.span import states as module
from rnn_tui.inspection.memory.span.states import WARM_UP, States
from rnn_tui.models.registry import build
from rnn_tui.training.settings.config import Config

V, LENGTH = 5, 731
IDS = np.random.default_rng(6).integers(0, V, LENGTH)


def network(cell: Any, hidden_size: int = 4, layers: int = 2) -> Any:
    config = Config(cell=cell, hidden_size=hidden_size, num_layers=layers)
    return build(config, V, np.random.default_rng(3))


def read(model: Any, ids: Any = IDS) -> States:
    states = States(model, ids)
    slices = len([*states.read()])
    kinds = sum(len(layer) for layer in model.zero_state(1))
    assert slices == (WARM_UP + states.length) // module.STEPS + kinds
    return states


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_each_is_what_the_network_hands_on_there(cell: str) -> None:
    model = network(cell)
    states = read(model)
    found = []
    for at in (places := np.concatenate([states.places(0), states.places(1)])):
        state = model.zero_state(1)
        start = max(start for start in states.starts if start + WARM_UP <= at)
        for id in IDS[start : at + 1]:
            _, state = model.forward(np.array([[id]]), state)
        found.append([array[0] for layer in state for array in layer])
    expected = np.array(found)  # places, kinds, units
    expected -= expected.mean(axis=0)
    expected /= np.sqrt(np.square(expected).mean(axis=(0, 2), keepdims=True))
    x = np.concatenate([states.features(0), states.features(1)])
    assert x == pytest.approx(expected.reshape(len(places), -1), abs=1e-4)


def test_halves_share_no_place_and_cover_all_but_the_warm_up() -> None:
    states = read(network("gru"))
    places = np.sort(np.concatenate([states.places(0), states.places(1)]))
    assert places[0] == WARM_UP
    assert np.array_equal(np.unique(places), places)
    assert np.array_equal(places, np.arange(WARM_UP, WARM_UP + len(places)))
    assert LENGTH - places[-1] - 1 < len(states.starts)


def test_each_kind_of_number_has_mean_0_and_variance_1() -> None:
    states = read(network("lstm", hidden_size=7, layers=1))
    for kind in (states.x[..., :7], states.x[..., 7:]):
        assert np.abs(kind.mean(axis=(0, 1, 2))).max() < 1e-5
        assert kind.var() == pytest.approx(1, rel=1e-4)


def test_of_a_large_state_evenly_spread_numbers_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(network("lstm", hidden_size=6, layers=1))
    monkeypatch.setattr(module, "MOST_FEATURES", 5)
    states = read(network("lstm", hidden_size=6, layers=1))
    assert (states.total, states.used.tolist()) == (12, [0, 3, 6, 8, 11])
    for number, used in enumerate(states.used):
        both = np.corrcoef(whole.x[..., used].ravel(), states.x[..., number].ravel())
        assert both[0, 1] == pytest.approx(1, abs=1e-4)


def test_a_state_beyond_all_numbers_is_cut() -> None:
    model = network("rnn", layers=1)
    forward = model.forward

    def beyond(ids: Any, state: Any) -> Any:
        logits, ((h,),) = forward(ids, state)
        h[:, 0], h[:, 1] = np.inf, np.nan
        return logits, ((h,),)

    model.forward = beyond
    assert np.isfinite(read(model).x).all()
