"""Layers of every cell against values that PyTorch computed."""

import numpy as np
import pytest

from rnn_tui.nn.stack import Stack
from tests.data.reference import Arrays, reference
from tests.nn.cases import NAMES, assert_same, make


@pytest.mark.parametrize("name", NAMES)
def test_forward_and_backward_equal_pytorch(name: str) -> None:
    ref = reference(f"sequence/{name}/")
    check(name, ref, Stack([make(name, 4, 5), make(name, 5, 5)]))


@pytest.mark.parametrize("name", NAMES)
def test_with_dropout_too(name: str) -> None:
    ref = reference(f"dropout/{name}/")
    assert 0 < np.count_nonzero(ref["masks"]) < ref["masks"].size
    check(name, ref, Stack([make(name, 4, 5), *(make(name, 5, 5) for _ in "12")], ref["masks"]))


def check(name: str, ref: Arrays, stack: Stack) -> None:
    layers = range(len(stack.cells))
    for parameter, array in stack.parameters.items():
        array[...] = ref[parameter]
    kinds = ("h", "c") if name == "lstm" else ("h",)

    def states(which: str) -> tuple[tuple[np.ndarray, ...], ...]:
        return tuple(tuple(ref[f"{which}_{kind}"][layer] for kind in kinds) for layer in layers)

    h, after, caches = stack.forward(ref["x"], states("before"))
    dx, dbefore, grads = stack.backward(ref["dh"], states("dafter"), caches)
    named = {f"d{n}_l{layer}": g for layer, one in enumerate(grads) for n, g in one.items()}
    answer = {"h": h, "after": after, "dx": dx, "dbefore": dbefore, **named}
    expected = {"h": ref["h"], "after": states("after"), "dx": ref["dx"]}
    expected |= {"dbefore": states("dbefore")} | {n: ref[n] for n in named}
    assert_same(answer, expected, 1e-13)
