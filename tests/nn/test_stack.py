"""Layers on top of one another."""

import numpy as np
import pytest

from rnn_tui.nn.stack import Stack
from tests.nn.cases import NAMES, make, sequence
from tests.nn.numerical import check


def test_names_carry_the_layer() -> None:
    stack = Stack([make("gru", 3, 5), make("gru", 5, 4)])
    kinds = ["weight_ih", "weight_hh", "bias", "bias_hn"]
    assert list(stack.parameters) == [f"{n}_l{layer}" for layer in (0, 1) for n in kinds]
    assert stack.parameters["weight_ih_l1"] is stack.cells[1].weight_ih


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ids", [False, True])
def test_gradients_of_two_layers_equal_numerical_ones(name: str, ids: bool) -> None:
    stack = Stack([make(name, 3, 5, seed=4), make(name, 5, 4, seed=5)])
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
