"""The output layer: y = W x + b.

Source: PyTorch's `nn.Linear`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.columns import as_columns, as_sequence
from rnn_tui.nn.init import room_for, uniform


class Linear:
    """y = W x + b at every time step."""

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

    def forward(self, x: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """(T, B, I) to (T, B, O), made in `out` (O, T·B) where given."""
        y: FloatArray = np.matmul(self.weight, as_columns(x), out=out)
        y += self.bias[:, None]
        return as_sequence(y, len(x))

    def backward(
        self,
        dy: FloatArray,
        x: FloatArray,
        grads: Parameters | None = None,
        out: FloatArray | None = None,
    ) -> tuple[FloatArray, Parameters]:
        """Return dx = Wᵀ dy (T, B, I), made in `out` (I, T·B) where given, and the gradients.

        dW = Σ dy xᵀ and db = Σ dy go into `grads` where given.
        """
        grads = grads or room_for(self.parameters)
        dy_columns = as_columns(dy)
        np.matmul(dy_columns, as_columns(x).T, out=grads["weight"])
        np.add.reduce(dy_columns, axis=1, out=grads["bias"])
        dx: FloatArray = self.weight.T.dot(dy_columns, out=out)
        return as_sequence(dx, len(x)), grads
