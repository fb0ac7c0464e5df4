"""Layers on top of one another."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rnn_tui.nn.stack import Masks, Stack
from tests.nn.cases import NAMES, assert_same, make, sequence, truth
from tests.nn.numerical import check


def some_masks(p: float, *shapes: tuple[int, ...]) -> Masks:
    rng = np.random.default_rng(6)
    return [(rng.random(shape) >= p) / (1 - p) for shape in shapes] if p else ()


@pytest.mark.parametrize("name", NAMES)
def test_dropout_is_the_plain_loop_with_the_same_masks(name: str) -> None:
    sizes, T, B = (3, 5, 4, 6), 7, 2
    cells = [make(name, *pair, seed=4) for pair in pairwise(sizes)]
    masks = some_masks(0.4, *((T, B, size) for size in sizes[1:-1]))
    low, *_, high = sequences = [sequence(cell, T, B, seed=k) for k, cell in enumerate(cells)]
    stack = Stack(cells, masks)
    h, after, caches = stack.forward(low.x, tuple(s.state for s in sequences))
    dx, dbefore, grads = stack.backward(high.dh, tuple(s.dstate for s in sequences), caches)

    below, ups = low.x, []
    for cell, s, mask in zip(cells, sequences, [*masks, 1], strict=True):
        ups.append(below)
        below = truth(name, cell, replace(s, x=below))["h"] * mask
    assert_same({"h": h}, {"h": below}, 1e-12)
    dh = high.dh
    for layer in reversed(range(3)):
        down = truth(name, cells[layer], replace(sequences[layer], x=ups[layer], dh=dh))
        found = {"state": after[layer], "dstate": dbefore[layer], "grads": grads[layer]}
        assert_same(found, {key: down[key] for key in found}, 1e-12)
        dh = down["dx"] * masks[layer - 1] if layer else down["dx"]
    assert_same({"dx": dx}, {"dx": dh}, 1e-12)


def test_names_carry_the_layer() -> None:
    stack = Stack([make("gru", 3, 5), make("gru", 5, 4)])
    kinds = ["weight_ih", "weight_hh", "bias", "bias_hn"]
    assert list(stack.parameters) == [f"{n}_l{layer}" for layer in (0, 1) for n in kinds]
    assert stack.parameters["weight_ih_l1"] is stack.cells[1].weight_ih


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ids", [False, True])
@pytest.mark.parametrize("p", [0.0, 0.3])
def test_gradients_of_two_layers_equal_numerical_ones(name: str, ids: bool, p: float) -> None:
    stack = Stack([make(name, 3, 5, seed=4), make(name, 5, 4, seed=5)], some_masks(p, (4, 2, 5)))
    low, high = sequence(stack.cells[0], 4, 2), sequence(stack.cells[1], 4, 2, seed=8)
    x = np.array([[0, 2], [2, 1], [1, 1], [0, 0]]) if ids else low.x
    state, dstate = (low.state, high.state), (low.dstate, high.dstate)

    def loss() -> float:
        h, after, _ = stack.forward(x, state)
        pairs = zip(sum(after, ()), sum(dstate, ()), strict=True)
        return float((h * high.dh).sum() + sum((a * d).sum() for a, d in pairs))

    _, _, caches = stack.forward(x, state)
    dx, dbefore, grads = stack.backward(high.dh, dstate, caches)
    gradients = {f"{n}_l{layer}": g for layer, one in enumerate(grads) for n, g in one.items()}
    values = {f"state{k}": s for k, s in enumerate(sum(state, ()))}
    dvalues = {f"state{k}": d for k, d in enumerate(sum(dbefore, ()))}
    assert (dx is None) == ids
    if dx is not None:
        values["x"], dvalues["x"] = x, dx
    assert check(loss, stack.parameters | values, gradients | dvalues) < 1e-6
