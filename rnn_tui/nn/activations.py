"""The bends between the products, and their derivatives as functions of the output."""

import numpy as np

from rnn_tui.nn.cell import FloatArray


def sigmoid(a: FloatArray) -> FloatArray:
    """σ(a) = 1 / (1 + e⁻ᵃ), written as ½ + ½·tanh(½·a), which cannot overflow."""
    s: FloatArray = 0.5 + 0.5 * np.tanh(0.5 * a)
    return s
