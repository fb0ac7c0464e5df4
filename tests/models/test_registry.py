"""What networks say of themselves is what they are."""

from dataclasses import fields, replace
from typing import Any, get_args

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.inspection.names import layer_of
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.protocol import copied
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import MODELS, build, require, spec_of
from rnn_tui.models.spec import NEEDS, Feature, ModelSpec
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import NetworkName
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.validation import Validation

V = 7
CONFIGS = (
    [
        NetworkConfig(
            network="recurrent", cell=cell, hidden_size=5, num_layers=layers, dtype="float64"
        )
        for cell in CELLS
        for layers in (1, 3)
    ]
    + [
        NetworkConfig(
            network="dense", context=context, hidden_size=5, num_layers=layers, dtype="float64"
        )
        for layers, context in ((1, 1), (2, 4))
    ]
    + [
        NetworkConfig(
            network="cnn", kernel_size=kernel, hidden_size=5, num_layers=layers, dtype="float64"
        )
        for layers, kernel in ((1, 2), (3, 3))
    ]
)
every_config = pytest.mark.parametrize(
    "config", CONFIGS, ids=lambda c: f"{c.network} {c.cell} {c.num_layers}"
)


def test_every_name_has_a_description() -> None:
    assert set(MODELS) == set(get_args(NetworkName)) == {config.network for config in CONFIGS}
    assert set(NEEDS) == set(get_args(Feature))


@every_config
def test_it_counts_and_stores_what_is_built(config: NetworkConfig) -> None:
    spec, model = spec_of(config), build(config, V, np.random.default_rng(2))
    assert model.flat.size == model.grads_flat.size == spec.weights(config, V)
    assert sum(array.size for array in model.parameters.values()) == model.flat.size
    stored = spec.stored(model.parameters)
    assert {name: array.shape for name, array in stored.items()} == dict(spec.shapes(config, V))
    other = build(config, V)
    assert not other.flat.any()
    spec.restore(stored, other.parameters)
    np.testing.assert_array_equal(other.flat, model.flat)
    names, state = spec.state(config), model.zero_state(2)
    assert all(len(layer) == len(names) for layer in state)
    assert sum(array.size for layer in state for array in layer) == 2 * spec.state_size(config)


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
        for array, other in zip(layer, there, strict=True):
            np.testing.assert_allclose(array, other, rtol=1e-12)


@every_config
def test_what_was_worked_out_before_is_not_seen(config: NetworkConfig) -> None:
    """Other windows, some of the same size, in arrays that are used again; a state is kept."""
    used, fresh = (build(config, V, np.random.default_rng(2)) for _ in range(2))
    ids = np.random.default_rng(1).integers(0, V, (12, 3))
    _, first = used.forward(ids[:5], used.zero_state(3))
    kept = state = copied(first)
    for T in (11, 4, 1, 11):
        _, state = used.loss_and_grads(ids[:T], ids[1 : T + 1], state)
        used.forward(ids[:T, :2], used.zero_state(2))
        used.mean_loss(ids[:T], ids[1 : T + 1], state)
    one, after_one = used.loss_and_grads(ids[:-1], ids[1:], first)
    two, after_two = fresh.loss_and_grads(ids[:-1], ids[1:], kept)
    assert one == two
    np.testing.assert_array_equal(used.grads_flat, fresh.grads_flat)
    for pair in ((first, kept), (after_one, after_two)):
        for array, other in zip(*(sum(state, ()) for state in pair), strict=True):
            np.testing.assert_array_equal(array, other)


@every_config
def test_another_loss_is_differentiated_as_well(config: NetworkConfig) -> None:
    """The sum of all logits, and what it changes when every weight moves a little."""
    model = build(config, V, np.random.default_rng(2))
    x = np.random.default_rng(1).integers(0, V, (4, 3))

    def total(logits: Any, targets: Any) -> float:
        value = float(logits.sum())
        logits[...] = 1.0
        return value

    def moved(by: float) -> float:
        other = model.twin()
        direction = np.random.default_rng(5).normal(size=model.flat.size)
        model.flat += by * direction
        loss, _ = other.loss_and_grads(x, x, model.zero_state(3), total)
        model.flat -= by * direction
        return loss

    loss, _ = model.loss_and_grads(x, x, model.zero_state(3), total)
    assert loss == pytest.approx(float(model.forward(x, model.zero_state(3))[0].sum()))
    slope = (moved(1e-6) - moved(-1e-6)) / 2e-6
    direction = np.random.default_rng(5).normal(size=model.flat.size)
    assert model.grads_flat @ direction == pytest.approx(slope, rel=1e-6)


@every_config
def test_validation_in_streams_is_that_of_one_stream(config: NetworkConfig) -> None:
    model = build(config, V, np.random.default_rng(2))
    ids = np.random.default_rng(1).integers(0, V, 4003)
    reading = Validation(ids, model)
    while not reading.done:
        reading.advance()
    loss, _ = model.mean_loss(ids[:-1, None], ids[1:, None], model.zero_state(1))
    assert reading.loss == pytest.approx(loss, rel=1e-12)


@every_config
def test_the_taps_reach_as_far_as_is_said(config: NetworkConfig) -> None:
    spec = spec_of(config)
    taps = spec.taps(config)
    assert all(layer[-1] == 0 and sorted(layer, reverse=True) == [*layer] for layer in taps)
    assert spec.reach(config) == (1 + sum(layer[0] for layer in taps) if taps else None)
    assert len(taps) in (0, config.num_layers)


OTHER = {
    "network": None, "cell": "gru", "activation": "relu", "hidden_size": 6, "num_layers": 2,
    "context": 5, "kernel_size": 4, "dtype": "float32", "forget_bias": 1.5,
}  # fmt: skip


@every_config
def test_a_setting_has_an_effect_or_is_told_to_have_none(config: NetworkConfig) -> None:
    settings = spec_of(config).settings(config)
    for name, other in OTHER.items():
        changed = replace(config, **{name: other}) if other else config
        if changed == config:
            continue
        one, two = (build(c, V, np.random.default_rng(2)) for c in (config, changed))
        ids = np.random.default_rng(1).integers(0, V, (11, 1))
        logits = [model.forward(ids, model.zero_state(1))[0] for model in (one, two)]
        assert (name in settings) == (logits[0].tobytes() != logits[1].tobytes()), name
    # Dropout has one while a network learns: tests/training/test_dropout.py
    assert {"network", "dropout", *OTHER} == {field.name for field in fields(NetworkConfig)}


def test_a_setting_without_effect_is_told() -> None:
    corpus = corpus_from_bytes(b"hello", "h")
    told = {
        name: [note for note in choose_config(corpus, None, given)[1] if "no effect" in note]
        for name, given in {
            "lstm": {"cell": "lstm", "activation": "relu"},
            "dense": {"network": "dense", "cell": "lstm", "activation": "relu"},
            "rnn": {"cell": "rnn", "activation": "relu", "context": 4},
        }.items()
    }
    assert told == {
        "lstm": ["--activation relu has no effect on a network of this kind: LSTM."],
        "dense": ["--cell lstm has no effect on a network of this kind: relu dense net."],
        "rnn": ["--context 4 has no effect on a network of this kind: relu RNN."],
    }


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


@every_config
def test_its_units_are_made_of_weights_that_are_there(config: NetworkConfig) -> None:
    """Each unit of its own; all units of a layer take all that goes into it."""
    spec, model = spec_of(config), build(config, V, np.random.default_rng(2))
    for layer in range(config.num_layers):
        seen = []
        for unit in range(config.hidden_size):
            for array in model.parameters.values():
                array[...] = 1
            for name, part in spec.unit(config, layer, unit):
                model.parameters[name][part] = 0
            seen.append(model.flat == 0)
        assert all(one.sum() == seen[0].sum() > 0 for one in seen)
        model.flat[:] = ~np.any(seen, axis=0)
        ours = [array for name, array in model.parameters.items() if layer_of(name) == layer]
        assert ours
        assert not any(array.any() for array in ours)
