"""The bends between the products, and their slopes as functions of the output."""

import numpy as np

from rnn_tui.nn.cell import FloatArray

# Arrays without axes: with Python's numbers a call takes twice as long on small arrays. float32
# holds both exactly and changes no other dtype.
ONE, TWO = np.array(1, np.float32), np.array(2, np.float32)


def relu(a: FloatArray, out: FloatArray) -> None:
    """ReLU(a) = max(a, 0)."""
    np.maximum(a, 0, out=out)


def relu_slope(h: FloatArray, out: FloatArray) -> None:
    """ReLU'(a) = 1 where h > 0, else 0."""
    np.greater(h, 0, out=out)


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
