"""The output layer: logits = W h + b.

Source: PyTorch's `nn.Linear`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.init import uniform


class Linear:
    """y = W x + b on the last axis."""

    def __init__(
        self,
        input_size: int,
        output_size: int,
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: np.random.Generator,
    ) -> None:
        self.input_size = input_size
        self.output_size = output_size
        bound = input_size**-0.5
        self.weight = uniform(rng, (output_size, input_size), bound, dtype)
        self.bias = uniform(rng, (output_size,), bound, dtype)

    @property
    def parameters(self) -> Parameters:
        """W (O, I), b (O)."""
        return {"weight": self.weight, "bias": self.bias}

    def forward(self, x: FloatArray) -> FloatArray:
        """(..., I) to (..., O)."""
        rows = x.reshape(-1, self.input_size) @ self.weight.T + self.bias
        return rows.reshape(*x.shape[:-1], self.output_size)

    def backward(
        self, dy: FloatArray, x: FloatArray, grads: Parameters | None = None
    ) -> tuple[FloatArray, Parameters]:
        """Return dx (..., I) and the parameters' gradients, written into `grads` where given."""
        if grads is None:
            grads = {name: np.empty_like(p) for name, p in self.parameters.items()}
        dy_rows = dy.reshape(-1, self.output_size)
        grads["weight"][...] = dy_rows.T @ x.reshape(-1, self.input_size)
        grads["bias"][...] = dy_rows.sum(axis=0)
        return (dy_rows @ self.weight).reshape(x.shape), grads
