"""How parameters and their gradients begin."""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, Parameters

Luck = np.random.Generator | None
"""Where first weights come from; None: they are put in afterwards, and are 0 until then."""


def uniform(rng: Luck, shape: tuple[int, ...], bound: float, dtype: npt.DTypeLike) -> FloatArray:
    """Draw every element from U(-bound, bound).

    The numbers are drawn in float64 whatever the dtype, so that one seed means one network.
    Source: PyTorch, `torch.nn.RNNBase.reset_parameters`, with bound = 1/√hidden_size.
    """
    if rng is None:
        return np.zeros(shape, dtype)
    return rng.uniform(-bound, bound, shape).astype(dtype)


def room_for(parameters: Parameters) -> Parameters:
    """Arrays for the gradients of these parameters, not filled yet."""
    return {name: np.empty_like(parameter) for name, parameter in parameters.items()}
