"""The output layer: y = W x + b.

Source: PyTorch's `nn.Linear`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.buffers import as_rows, row_sums
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.init import Luck, room_for, uniform


class Linear:
    """y = W x + b at every time step."""

    def __init__(
        self,
        input_size: int,
        output_size: int,
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: Luck,
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
        """(T, B, I) to (T, B, O)."""
        return self.forward_columns(as_rows(x)).T.reshape(*x.shape[:-1], -1)

    def backward(self, dy: FloatArray, x: FloatArray) -> tuple[FloatArray, Parameters]:
        """Return dx (T, B, I) and the gradients, all of them new arrays."""
        grads = room_for(self.parameters)
        dx = self.backward_columns(as_rows(dy).T, as_rows(x), grads)
        return dx.reshape(x.shape), grads

    def forward_columns(self, x: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """(positions, I) to columns (O, positions), made in `out` where given."""
        y: FloatArray = self.weight.dot(x.T, out=out)
        y += self.bias[:, None]
        return y

    def backward_columns(
        self, dy: FloatArray, x: FloatArray, grads: Parameters, out: FloatArray | None = None
    ) -> FloatArray:
        """From dy (O, positions) write dW = Σ dy xᵀ and db = Σ dy; return dx = Wᵀ dy.

        dx is (positions, I) as x is, made in `out` where given.
        """
        dy.dot(x, out=grads["weight"])
        row_sums(dy, out=grads["bias"])
        dx: FloatArray = dy.T.dot(self.weight, out=out)
        return dx
