"""Activations, and their slopes as functions of what they give."""

from collections.abc import Callable
from typing import Any

import numpy as np

from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.names import Activation

# Arrays without axes: with Python's numbers a call takes twice as long on small arrays. float32
# holds them exactly and changes no other dtype.
ONE, TWO, MINUS_TWO = (np.array(number, np.float32) for number in (1, 2, -2))

MANY = 4096
"""More numbers than these are worth a call for each step of a formula."""


def relu(a: FloatArray, out: FloatArray) -> None:
    """ReLU(a) = max(a, 0)."""
    np.maximum(a, 0, out=out)


def relu_slope(h: FloatArray, out: FloatArray) -> None:
    """ReLU'(a) = 1 where h > 0, else 0."""
    np.greater(h, 0, out=out)


def tanh_for(size: int) -> Callable[..., Any]:
    """Return the faster way to tanh(a) for arrays of so many numbers, called with a and out."""
    return tanh_by_exp if size > MANY else np.tanh


@np.errstate(over="ignore")  # e⁻²ᵃ may become ∞: then tanh(a) = -1, as it should
def tanh_by_exp(a: FloatArray, out: FloatArray) -> None:
    """tanh(a) = 2·σ(2·a) - 1 = 2 / (1 + e⁻²ᵃ) - 1.

    In float32 it is off by 2e-7 at most, however small tanh(a) is. On 6,400 numbers it takes three
    quarters of `np.tanh`'s time.
    """
    np.multiply(a, MINUS_TWO, out=out)
    np.exp(out, out=out)
    np.add(out, ONE, out=out)
    np.divide(TWO, out, out=out)
    np.subtract(out, ONE, out=out)


def tanh_slope(h: FloatArray, out: FloatArray) -> None:
    """tanh'(a) = 1 - h²."""
    np.multiply(h, h, out=out)
    np.subtract(ONE, out, out=out)


def sigmoid(a: FloatArray, out: FloatArray) -> None:
    """σ(a) = 1 / (1 + e⁻ᵃ).

    e⁻ᵃ may overflow to ∞, which makes σ = 0 as it should, and a warning: the caller's `errstate`
    is to silence it. (½ + ½·tanh(½·a) cannot, but takes half as long again.)
    """
    np.negative(a, out=out)
    np.exp(out, out=out)
    np.add(out, ONE, out=out)
    np.reciprocal(out, out=out)


def sigmoid_slope(s: FloatArray, out: FloatArray) -> None:
    """σ'(a) = s - s² = s(1 - s)."""
    np.multiply(s, s, out=out)
    np.subtract(s, out, out=out)


def activation_for(name: Activation, size: int) -> Callable[..., Any]:
    """Return f for arrays of so many numbers, called with a and out."""
    return tanh_for(size) if name == "tanh" else relu


SLOPES: dict[Activation, Callable[..., Any]] = {"tanh": tanh_slope, "relu": relu_slope}
"""f'(a), from h = f(a), called with h and out."""
