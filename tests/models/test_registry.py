"""What networks say of themselves is what they are."""

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import MODELS, build, require, spec_of
from rnn_tui.models.spec import NEEDS, Feature, ModelSpec
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import NetworkName

V = 7
CONFIGS = [
    NetworkConfig(network="recurrent", cell=cell, hidden_size=5, num_layers=layers, dtype="float64")
    for cell in CELLS
    for layers in (1, 3)
]
every_config = pytest.mark.parametrize("config", CONFIGS, ids=lambda c: f"{c.cell}{c.num_layers}")


def test_every_name_has_a_description() -> None:
    assert set(MODELS) == set(get_args(NetworkName)) == {config.network for config in CONFIGS}
    assert set(NEEDS) == set(get_args(Feature))


@every_config
def test_it_counts_and_stores_what_is_built(config: NetworkConfig) -> None:
    spec, model = spec_of(config), build(config, V, np.random.default_rng(2))
    assert model.flat.size == model.grads_flat.size == spec.weights(config, V)
    assert sum(array.size for array in model.parameters.values()) == model.flat.size
    stored = spec.stored(model.parameters)
    assert {name: array.shape for name, array in stored.items()} == spec.shapes(config, V)
    other = build(config, V, np.random.default_rng(3))
    spec.restore(stored, other.parameters)
    np.testing.assert_array_equal(other.flat, model.flat)
    names = spec.state(config)
    assert all(len(layer) == len(names) for layer in model.zero_state(2))


@every_config
def test_a_window_is_its_parts_one_after_the_other(config: NetworkConfig) -> None:
    model = build(config, V, np.random.default_rng(2))
    ids = np.random.default_rng(1).integers(0, V, (11, 3))
    whole, end = model.forward(ids, model.zero_state(3))
    state, parts = model.zero_state(3), []
    for part in (ids[:1], ids[1:7], ids[7:]):
        logits, state = model.forward(part, state)
        parts.append(logits.copy())
    np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-12)
    for layer, there in zip(state, end, strict=True):
        np.testing.assert_allclose(layer, there, rtol=1e-12)


@every_config
def test_another_loss_is_differentiated_as_well(config: NetworkConfig) -> None:
    """The sum of all logits: its gradient by the last bias is the number of positions."""
    model = build(config, V, np.random.default_rng(2))
    x = np.random.default_rng(1).integers(0, V, (4, 3))

    def total(logits: Any, targets: Any) -> float:
        value = float(logits.sum())
        logits[...] = 1.0
        return value

    loss, _ = model.loss_and_grads(x, x, model.zero_state(3), total)
    assert loss == pytest.approx(float(model.forward(x, model.zero_state(3))[0].sum()))
    np.testing.assert_allclose(model.gradients["linear.bias"], x.size)


def test_a_setting_without_effect_is_told() -> None:
    ignored = [bool(spec_of(config).ignored(config)) for config in CONFIGS]
    assert ignored == [not CELLS[config.cell].activations for config in CONFIGS]


def test_a_cell_whose_sums_nobody_knows_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a peephole's, whose gates see c too."""
    config = NetworkConfig(cell="lstm")
    assert not spec_of(config).lacks("update", config)
    monkeypatch.setitem(CELLS, "lstm", replace(CELLS["lstm"], added=None))
    assert "the LSTM does not say how" in spec_of(config).lacks("update", config)
    assert not spec_of(config).lacks("unrolled", config)
    with pytest.raises(InputError, match=r"^going through an update shows what is added up"):
        require("update", config)


def test_what_is_not_recurrent_is_not_taken_for_it() -> None:
    model = build(CONFIGS[0], V, np.random.default_rng(2))
    assert recurrent(model) is model
    with pytest.raises(TypeError, match="object"):
        recurrent(object())  # type: ignore[arg-type]
    assert issubclass(type(MODELS["recurrent"]), ModelSpec)
