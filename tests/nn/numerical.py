"""Is the derivative right? Compare it with what the loss does when a parameter moves a little.

    ∂L/∂θ ≈ (8 (L(θ + δ) - L(θ - δ)) - (L(θ + 2δ) - L(θ - 2δ))) / 12δ

Two differences instead of one: the error falls with δ⁴ instead of δ², so δ can be large enough
for rounding not to matter.

Source: Abramowitz & Stegun (1964), "Handbook of Mathematical Functions", 25.3.6.
"""

from collections.abc import Callable

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters


def numerical_gradient(
    loss: Callable[[], float], array: FloatArray, delta: float = 3e-4
) -> FloatArray:
    """Return the gradient of `loss()` with respect to every element of `array`.

    The array is changed in place while this runs and is as before afterwards. It should be
    float64: in float32 the differences drown in rounding.
    """
    gradient = np.empty_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        losses = []
        for steps in (-2, -1, 1, 2):
            array[index] = kept + steps * delta
            losses.append(loss())
        array[index] = kept
        far_below, below, above, far_above = losses
        gradient[index] = (8 * (above - below) - (far_above - far_below)) / (12 * delta)
    return gradient


def relative_error(analytic: FloatArray, numerical: FloatArray) -> float:
    """Return the worst |a - n| / (|a| + |n|) over the elements.

    Elements under a thousandth of the largest are measured against that thousandth, since
    their differences are rounding.
    """
    size = np.abs(analytic) + np.abs(numerical)
    floor = max(1e-3 * float(size.max(initial=0.0)), 1e-12)
    return float((np.abs(analytic - numerical) / np.maximum(size, floor)).max(initial=0.0))


def check(loss: Callable[[], float], parameters: Parameters, grads: Parameters) -> float:
    """Return the worst relative error over all parameters; below 1e-6 in float64 is right."""
    return max(
        relative_error(grads[name], numerical_gradient(loss, array))
        for name, array in parameters.items()
    )
