"""The whole model: gradients, PyTorch's ten updates, states that are nobody's buffer."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.recurrent import CharModel
from rnn_tui.models.rooms import MOST_ROOMS
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.optimizers import OPTIMIZERS, make_optimizer
from tests.data.reference import reference
from tests.nn.numerical import check

NAMES = ("rnn-tanh", "rnn-relu", "lstm", "gru")
cells = pytest.mark.parametrize("name", NAMES)


def model(name: str, vocab: int = 7, layers: int = 2, dtype: Any = "float64") -> CharModel:
    cell: Any = name.split("-")[0]
    activation: Any = name.split("-")[-1] if cell == "rnn" else "tanh"
    return CharModel(
        vocab,
        cell=cell,
        activation=activation,
        hidden_size=5,
        num_layers=layers,
        dtype=dtype,
        rng=np.random.default_rng(3),
    )


def window(vocab: int = 7, T: int = 6, B: int = 3, seed: int = 0) -> tuple[Any, Any]:
    ids = np.random.default_rng(seed).integers(0, vocab, (T + 1, B)).astype(np.uint8)
    return ids[:-1], ids[1:]


def same(a: Any, b: Any) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(sum(a, ()), sum(b, ()), strict=True))


@cells
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_ten_updates_follow_pytorch(name: str, optimizer: str) -> None:
    start, ref = reference(f"model/{name}/"), reference(f"updates/{name}/{optimizer}/")
    m = model(name)
    for parameter, array in m.parameters.items():
        array[...] = start[parameter]
    step = make_optimizer(optimizer, m.flat)
    state, losses, norms = m.zero_state(3), [], []
    for ids in start["ids"]:
        loss, state = m.loss_and_grads(ids[:-1], ids[1:], state)
        losses.append(loss)
        norms.append(clip_norm(m.grads_flat, float(ref["max_norm"])))
        step.step(m.flat, m.grads_flat, float(ref["learning_rate"]))
    assert np.abs(losses - ref["losses"]).max() < 1e-10
    assert np.abs(norms - ref["norms"]).max() < 1e-10
    assert max(norms) > float(ref["max_norm"])
    for parameter, array in m.parameters.items():
        assert np.abs(array - ref[parameter]).max() < 1e-10, parameter


@cells
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("T", [1, 4])
def test_gradients_equal_numerical_ones(name: str, layers: int, T: int) -> None:
    m = model(name, layers=layers)
    x, y = window(T=T, B=2)
    _, state = m.loss_and_grads(*window(B=2, seed=1), m.zero_state(2))
    m.loss_and_grads(x, y, state)
    gradients = {n: g.copy() for n, g in m.gradients.items()}
    assert check(lambda: m.mean_loss(x, y, state)[0], m.parameters, gradients) < 1e-6


@cells
def test_everything_is_a_view_of_one_array(name: str) -> None:
    m = model(name)
    assert sum(p.size for p in m.parameters.values()) == m.flat.size == m.grads_flat.size
    m.flat[:] = np.arange(m.flat.size)
    m.grads_flat[:] = np.arange(m.flat.size)
    for parameter, array in m.parameters.items():
        assert np.array_equal(array, m.gradients[parameter])
        assert array.base is not None
    assert m.parameters["rnn.weight_hh_l1"] is m.stack.cells[1].parameters["weight_hh"]
    assert m.parameters["linear.bias"] is m.linear.bias
    numbers = np.concatenate([p.reshape(-1) for p in m.parameters.values()])
    assert sorted(numbers) == list(range(m.flat.size))


@cells
def test_states_and_logits_stay_what_they_are(name: str) -> None:
    m = model(name)
    x, y = window()
    _, state = m.loss_and_grads(x, y, m.zero_state(3))
    logits, after = m.forward(x, state)
    kept = (tuple(s.copy() for s in layer) for layer in (*state, *after))
    kept, kept_logits = tuple(kept), logits.copy()
    for seed in range(3):
        m.loss_and_grads(*window(seed=seed), state)
        m.mean_loss(*window(seed=seed), state)
        m.forward(window(seed=seed)[0], state)
    assert same((*state, *after), kept)
    assert np.array_equal(logits, kept_logits)


@cells
def test_what_happens_between_changes_no_bit(name: str) -> None:
    """Windows of other sizes, samples and validation leave the next update as it was."""
    x, y = window()
    one, two = model(name, dtype="float32"), model(name, dtype="float32")
    state = one.zero_state(3)
    expected_loss, expected = one.loss_and_grads(x, y, state)
    for T, B in ((2, 3), (6, 1), (6, 3), (1, 1), (9, 4)):
        two.loss_and_grads(*window(T=T, B=B), two.zero_state(B))
        two.mean_loss(*window(T=T, B=B), two.zero_state(B))
        two.forward(window(T=T, B=B)[0], two.zero_state(B))
    loss, after = two.loss_and_grads(x, y, state)
    assert loss == expected_loss
    assert same(after, expected)
    assert np.array_equal(one.grads_flat, two.grads_flat)


@cells
def test_three_ways_to_the_same_loss(name: str) -> None:
    m = model(name)
    x, y = window()
    state = m.zero_state(3)
    loss, after = m.loss_and_grads(x, y, state)
    other, also_after = m.mean_loss(x, y, state)
    logits, too = m.forward(x, state)
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    by_hand = -np.mean([np.log(p[t, b, y[t, b]]) for t in range(6) for b in range(3)])
    assert loss == pytest.approx(by_hand, abs=1e-13)
    assert other == pytest.approx(by_hand, abs=1e-13)
    for pair in zip(sum(after, ()), sum(also_after, ()), sum(too, ()), strict=True):
        assert np.ptp(pair, axis=0).max() < 1e-13


def test_memory_for_window_sizes_is_bounded() -> None:
    m = model("rnn-tanh")
    for T in range(1, 20):
        m.mean_loss(*window(T=T), m.zero_state(3))
    assert len(m._rooms) == MOST_ROOMS
    assert (19, 3, False) in m._rooms


def test_an_update_makes_no_large_array_anew() -> None:
    m = model("lstm", vocab=50)
    x, y = window(vocab=50, T=30, B=20)
    state = m.zero_state(20)
    _, state = m.loss_and_grads(x, y, state)
    tracemalloc.start()
    m.loss_and_grads(x, y, state)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < m._room(*x.shape).logits.nbytes


def test_names_are_pytorchs() -> None:
    assert list(model("gru", layers=1).parameters) == [
        "rnn.weight_ih_l0",
        "rnn.weight_hh_l0",
        "rnn.bias_l0",
        "rnn.bias_hn_l0",
        "linear.weight",
        "linear.bias",
    ]


def test_one_seed_is_one_network() -> None:
    assert np.array_equal(model("lstm").flat, model("lstm").flat)
    assert model("lstm", dtype="float32").flat.dtype == np.float32
    assert np.array_equal(model("lstm").flat.astype("f"), model("lstm", dtype="float32").flat)


def test_a_diverging_network_says_so_by_its_loss_and_without_a_warning() -> None:
    m = model("rnn-relu", dtype="float32")
    m.flat *= 1e25
    loss, _ = m.loss_and_grads(*window(), m.zero_state(3))
    assert not np.isfinite(loss)
    assert not np.isfinite(m.mean_loss(*window(), m.zero_state(3))[0])
    m.forward(window()[0], m.zero_state(3))


def test_one_symbol_is_no_obstacle() -> None:
    m = model("rnn-tanh", vocab=1, layers=1)
    loss, _ = m.loss_and_grads(*window(vocab=1), m.zero_state(3))
    assert loss == 0
    assert not m.grads_flat.any()
