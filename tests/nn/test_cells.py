"""Every cell against the plain loop, numerical gradients and its own promises."""

import numpy as np
import numpy.typing as npt
import pytest

from rnn_tui.nn import activations, inputs
from rnn_tui.nn.rnn import RNN
from tests.nn.cases import NAMES, assert_same, leaves, make, run, sequence, truth
from tests.nn.numerical import check

cells = pytest.mark.parametrize("name", NAMES)


@cells
@pytest.mark.parametrize(("T", "B", "inputs", "H"), [(5, 3, 4, 6), (1, 2, 3, 5), (7, 1, 2, 3)])
def test_equals_the_plain_loop(name: str, T: int, B: int, inputs: int, H: int) -> None:
    cell = make(name, inputs, H)
    s = sequence(cell, T, B)
    assert_same(run(cell, s), truth(name, cell, s), 1e-12)


@cells
def test_equals_the_plain_loop_in_float32(name: str) -> None:
    cell = make(name, 9, 33, np.float32)
    s = sequence(cell, 20, 5, np.float32)
    assert_same(run(cell, s), truth(name, cell, s), 1e-5)


@cells
def test_equals_the_plain_loop_with_the_tanh_for_large_arrays(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activations, "MANY", 0)
    test_equals_the_plain_loop(name, 5, 3, 4, 6)
    test_equals_the_plain_loop_in_float32(name)


@cells
@pytest.mark.parametrize("T", [1, 4])
def test_gradients_equal_numerical_ones(name: str, T: int) -> None:
    cell = make(name, 3, 5)
    s = sequence(cell, T, 2)

    def loss() -> float:
        h, state, _ = cell.forward(s.x, s.state)
        above = zip(state, s.dstate, strict=True)
        return float((h * s.dh).sum() + sum((a * d).sum() for a, d in above))

    answer = run(cell, s)
    values = {"x": s.x, **{f"state{k}": array for k, array in enumerate(s.state)}}
    gradients = {"x": answer["dx"], **{f"state{k}": d for k, d in enumerate(answer["dstate"])}}
    assert check(loss, cell.parameters | values, answer["grads"] | gradients) < 1e-6


@cells
@pytest.mark.parametrize("symbols", [4, 300])
@pytest.mark.parametrize("id_type", [np.uint8, np.uint16, np.int64])
def test_ids_stand_for_one_hot_rows(name: str, symbols: int, id_type: npt.DTypeLike) -> None:
    cell = make(name, symbols, 6)
    s = sequence(cell, 5, 3)
    ids = np.random.default_rng(3).integers(0, min(symbols, 256), (5, 3)).astype(id_type)
    s.x = np.eye(symbols)[ids]
    expected = truth(name, cell, s)
    s.x = ids
    answer = run(cell, s)
    assert answer.pop("dx") is None
    expected.pop("dx")
    assert_same(answer, expected, 1e-12)


@cells
@pytest.mark.parametrize("numbers", [1, 65536])
def test_ids_of_one_step_or_of_all_at_once(
    name: str, numbers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "IN_CACHE", numbers)
    test_ids_stand_for_one_hot_rows(name, 4, np.uint8)


@cells
def test_two_halves_equal_one_whole(name: str) -> None:
    cell = make(name, 4, 6)
    s = sequence(cell, 7, 3)
    whole = run(cell, s)
    h1, between, cache1 = cell.forward(s.x[:3], s.state)
    h2, after, cache2 = cell.forward(s.x[3:], between)
    dx2, dbetween, grads2 = cell.backward(s.dh[3:], s.dstate, cache2)
    dx1, dbefore, grads1 = cell.backward(s.dh[:3], dbetween, cache1)
    halves = {
        "h": np.concatenate([h1, h2]),
        "state": after,
        "dx": np.concatenate([dx1, dx2]),
        "dstate": dbefore,
        "grads": {n: grads1[n] + grads2[n] for n in grads1},
    }
    assert_same(halves, whole, 1e-13)


@cells
def test_inputs_are_left_as_they_were(name: str) -> None:
    cell = make(name, 4, 6)
    s, untouched = sequence(cell, 5, 3), sequence(cell, 5, 3)
    parameters = {n: p.copy() for n, p in cell.parameters.items()}
    run(cell, s)
    assert_same(vars(s), vars(untouched), 0)
    assert_same(cell.parameters, parameters, 0)


@cells
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_keeps_the_dtype(name: str, dtype: npt.DTypeLike) -> None:
    cell = make(name, 4, 6, dtype)
    answer = run(cell, sequence(cell, 5, 3, dtype))
    arrays = [answer["h"], answer["dx"], *answer["state"], *answer["dstate"]]
    arrays += [*answer["grads"].values(), *cell.zero_state(2)]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


@cells
def test_remembers_nothing(name: str) -> None:
    """A second sequence between forward and backward changes no answer, not by one bit."""
    cell = make(name, 4, 6)
    s, other = sequence(cell, 5, 3), sequence(cell, 5, 3, seed=9)
    expected = run(cell, s)
    h, state, cache = cell.forward(s.x, s.state)
    run(cell, other)
    dx, dstate, grads = cell.backward(s.dh, s.dstate, cache)
    answer = {"h": h, "state": state, "dx": dx, "dstate": dstate, "grads": grads}
    assert_same(answer, expected, 0)


@cells
def test_gradients_go_where_they_are_asked_to(name: str) -> None:
    cell = make(name, 4, 6)
    s = sequence(cell, 5, 3)
    grads = {n: np.full_like(p, np.nan) for n, p in cell.parameters.items()}
    _, _, cache = cell.forward(s.x, s.state)
    _, _, returned = cell.backward(s.dh, s.dstate, cache, grads)
    assert all(returned[n] is grads[n] for n in grads)
    assert_same(grads, run(cell, s)["grads"], 0)


@cells
def test_begins_between_the_bounds_and_with_zero_state(name: str) -> None:
    cell = make(name, 3, 25)
    for array in cell.parameters.values():
        assert 0.15 < np.abs(array).max() <= 0.2
    assert all(not s.any() and s.shape == (2, 25) for s in cell.zero_state(2))
    assert len(cell.zero_state(2)) == (2 if name == "lstm" else 1)


@cells
def test_gates_do_not_overflow(name: str) -> None:
    cell = make(name, 2, 3)
    s = sequence(cell, 2, 1)
    cell.bias[:] = np.array([1e4, -1e4, 0] * (len(cell.bias) // 3))
    assert all(np.isfinite(array).all() for _, array in leaves(run(cell, s)))


@cells
@pytest.mark.parametrize("T", [1, 5])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_reading_alone_gives_the_same_and_keeps_no_time_steps(
    name: str, T: int, dtype: npt.DTypeLike
) -> None:
    cell = make(name, 4, 6, dtype)
    s = sequence(cell, T, 3, dtype)
    expected_h, expected_state, kept = cell.forward(s.x, s.state)
    h, state, cache = cell.forward(s.x, s.state, keep=False)
    assert np.array_equal(h, expected_h)
    assert all(np.array_equal(a, b) for a, b in zip(state, expected_state, strict=True))
    assert cell.forward(s.x, s.state, cache, keep=False)[2] is cache
    if isinstance(cell, RNN):
        return  # it has nothing to keep beside h
    assert cell.forward(s.x, s.state, cache)[2] is not cache
    assert len(cache.gates.array) == len(cache.slopes.array) == 1
    assert len(kept.gates.array) == len(kept.slopes.array) == T


@cells
def test_a_cache_can_be_used_again(name: str) -> None:
    cell = make(name, 4, 6)
    old, s = sequence(cell, 5, 3, seed=9), sequence(cell, 5, 3)
    expected = run(cell, s)
    _, _, cache = cell.forward(old.x, old.state)
    cell.backward(old.dh, old.dstate, cache)
    h, state, same = cell.forward(s.x, s.state, cache)
    dx, dstate, grads = cell.backward(s.dh, s.dstate, same)
    answer = {"h": h, "state": state, "dx": dx, "dstate": dstate, "grads": grads}
    assert same is cache
    assert_same(answer, expected, 0)


@cells
@pytest.mark.parametrize(("symbols", "others"), [(4, 7), (7, 300), (300, 4), (300, 290)])
def test_a_cache_serves_another_vocabulary(name: str, symbols: int, others: int) -> None:
    first, second = make(name, symbols, 6), make(name, others, 6)
    ids = np.random.default_rng(3).integers(0, 4, (5, 3))
    s = sequence(first, 5, 3)
    h, _, cache = first.forward(ids, s.state)
    first.backward(h, s.dstate, cache)
    s.x = np.eye(others)[ids]
    expected = truth(name, second, s)
    h, state, cache = second.forward(ids, s.state, cache)
    _, dstate, grads = second.backward(s.dh, s.dstate, cache)
    del expected["dx"]
    assert_same({"h": h, "state": state, "dstate": dstate, "grads": grads}, expected, 1e-12)


@cells
def test_a_cache_of_another_size_is_left_alone(name: str) -> None:
    cell = make(name, 4, 6)
    first = sequence(cell, 5, 3)
    h, _, cache = cell.forward(first.x, first.state)
    kept = h.copy()
    other = sequence(cell, 3, 5)
    _, _, another = cell.forward(other.x, other.state, cache)
    assert another is not cache
    assert np.array_equal(h, kept)


@cells
@pytest.mark.parametrize("numbers", [1, 65536])
def test_an_id_beyond_the_symbols_is_an_error(
    name: str, numbers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "IN_CACHE", numbers)
    cell = make(name, 4, 6)
    with pytest.raises(IndexError):
        cell.forward(np.array([[0, 1], [2, 4]]), cell.zero_state(2))


@cells
@pytest.mark.parametrize("ids", [False, True])
def test_backward_can_be_run_twice(name: str, ids: bool) -> None:
    cell = make(name, 4, 6)
    s = sequence(cell, 5, 3)
    s.x = np.random.default_rng(0).integers(0, 4, (5, 3)) if ids else s.x
    _, _, cache = cell.forward(s.x, s.state)
    _, _, once = cell.backward(s.dh, s.dstate, cache)
    cell.backward(3 * s.dh, s.dstate, cache)
    _, _, again = cell.backward(s.dh, s.dstate, cache)
    assert_same(again, once, 0)
