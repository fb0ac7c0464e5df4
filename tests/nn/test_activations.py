"""The bends, held to Python's own mathematics."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from rnn_tui.nn.activations import MANY, sigmoid, tanh_by_exp, tanh_for
from rnn_tui.nn.cell import FloatArray

EDGES = [0.0, -0.0, 1e-30, -1e-8, 88.0, -88.8, 1e4, -1e4, math.inf, -math.inf]


def logistic(a: float) -> float:
    return (1 + math.tanh(a / 2)) / 2


@pytest.mark.parametrize(("bend", "truth"), [(tanh_by_exp, math.tanh), (sigmoid, logistic)])
@pytest.mark.parametrize(("dtype", "near"), [(np.float32, 2e-7), (np.float64, 4e-16)])
def test_is_near_the_truth_everywhere(
    bend: Callable[..., None],
    truth: Callable[[float], float],
    dtype: npt.DTypeLike,
    near: float,
) -> None:
    a: FloatArray = np.array([*np.linspace(-20, 20, 4001), *EDGES], dtype)
    found = np.empty_like(a)
    with np.errstate(over="ignore"):
        bend(a, out=found)
    assert np.abs(found - [truth(float(number)) for number in a]).max() <= near


def test_nothing_is_made_of_what_is_not_a_number() -> None:
    a = np.full(3, math.nan)
    tanh_by_exp(a, out=a)
    assert np.isnan(a).all()


def test_few_numbers_take_numpys_own() -> None:
    assert tanh_for(MANY) is np.tanh
    assert tanh_for(MANY + 1) is tanh_by_exp
