"""The gradient check finds faults, and only faults."""

import numpy as np
import pytest

from tests.nn.numerical import check, numerical_gradient, relative_error


def test_the_derivative_of_a_cube() -> None:
    w = np.array([[1.0, -2.0, 0.5]])
    gradient = numerical_gradient(lambda: float((w**3).sum()), w)
    assert gradient == pytest.approx(3 * w**2, rel=1e-8)
    assert w.tolist() == [[1.0, -2.0, 0.5]]


def test_one_wrong_element_is_found() -> None:
    w = np.array([1.0, -2.0, 0.5])
    right = 2 * w
    assert check(lambda: float((w**2).sum()), {"w": w}, {"w": right}) < 1e-9
    wrong = right + np.array([0, 0, 0.01])
    assert check(lambda: float((w**2).sum()), {"w": w}, {"w": wrong}) > 4e-3


def test_error_is_relative() -> None:
    assert relative_error(np.array([2e6]), np.array([1e6])) == pytest.approx(1 / 3)
    assert relative_error(np.zeros(3), np.zeros(3)) == 0
    assert relative_error(np.zeros(0), np.zeros(0)) == 0
