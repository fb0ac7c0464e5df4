"""A causal CNN: convolutions over what has been read, each layer's taps twice as far apart.

    h¹ = f(W¹ * x + b¹)                           x one-hot; f = tanh or ReLU
    hˡ = hˡ⁻¹ + f(Wˡ *_d hˡ⁻¹ + bˡ)               d = 2^(l-1), for every further layer l
    y_t = W h_t + b                               h of the last layer L
    (W *_d h)_t = Σ_j W_j h_{t-(k-1-j)d}          j = 0 … k-1; zeros before the beginning

So it sees the last 1 + (k-1)(2^L - 1) symbols. Back, l from L down to 2:

    daˡ = dhˡ ⊙ f'(aˡ)
    dhˡ⁻¹_t = dhˡ_t + Σ_j Wˡ_jᵀ daˡ_{t+(k-1-j)d}
    dWˡ_j = Σ_t daˡ_t hˡ⁻¹_{t-(k-1-j)d}ᵀ,   dbˡ = Σ_t daˡ_t

and the same for l = 1 with x below. Between windows each layer's input is carried on as far back as
the layer sees; as in truncated backpropagation, no gradient flows into that.

In memory vectors are rows (`conv.py`). `plain_windows.py` has it as plain loops.

Sources: van den Oord et al. (2016), "WaveNet", for dilated causal convolutions; Bai, Kolter and
Koltun (2018), "An Empirical Evaluation of Generic Convolutional and Recurrent Networks for Sequence
Modeling", for the plain form with a residual connection around each.
"""

import numpy as np

from rnn_tui.models.conv import Conv
from rnn_tui.models.last_symbols import nothing_before
from rnn_tui.models.looking_back import LookingBack, Room
from rnn_tui.models.protocol import ModelState
from rnn_tui.nn.buffers import as_rows
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.init import Luck
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.names import Activation, DTypeName


class CNNRoom(Room):
    """What convolutions need besides."""

    def __init__(self, T: int, B: int, model: "CNN", *, learns: bool) -> None:
        super().__init__(T, B, model, model.kernel_size, learns=learns)
        self.T, C, dtype = T, model.linear.input_size, model.flat.dtype
        self.x = [np.empty((conv.before + T, B, C), dtype) for conv in model.convs[1:]]
        """What the second layer and those above read, from before the window on."""
        last, self.scratch = np.empty((2, T * B, C), dtype)
        self.h = [*(as_rows(x[len(x) - T :]) for x in self.x), last]
        """Each stands where the layer above reads it."""
        self.f_a[0] = self.h[0]


class CNN(LookingBack[CNNRoom]):
    """Predicts the next symbol from the last 1 + (k-1)(2^L - 1)."""

    residual = True

    def __init__(
        self,
        vocab_size: int,
        *,
        kernel_size: int,
        activation: Activation,
        hidden_size: int,
        num_layers: int,
        dtype: DTypeName,
        rng: Luck,
    ) -> None:
        self.kernel_size = kernel_size
        inputs = [vocab_size, *[hidden_size] * (num_layers - 1)]
        self.convs = [
            Conv(size, hidden_size, kernel_size, 2**number, dtype=dtype, rng=rng)
            for number, size in enumerate(inputs)
        ]
        linear = Linear(hidden_size, vocab_size, dtype=dtype, rng=rng)
        super().__init__(vocab_size, activation, "conv", self.convs, linear)

    def zero_state(self, batch_size: int) -> ModelState:
        """Return what each layer sees before the first symbol.

        No symbols (B, k-1) for the first, zeros (B, (k-1)d, C) for the others.
        """
        C = self.linear.input_size
        zeros = (
            (np.zeros((batch_size, conv.before, C), self.flat.dtype),) for conv in self.convs[1:]
        )
        return ((nothing_before(self.kernel_size, batch_size),), *zeros)

    def by_tap(self, number: int, W: FloatArray) -> FloatArray:
        """Return a kernel by tap (k, C, C_in)."""
        return W.transpose(2, 0, 1)

    def _room(self, T: int, B: int, *, learns: bool) -> CNNRoom:
        return CNNRoom(T, B, self, learns=learns)

    def _forward(self, number: int, room: CNNRoom, state: ModelState) -> None:
        # h = h below + f(W * h below + b)
        conv, x, f_a = self.convs[number], room.x[number - 1], room.f_a[number]
        x[: conv.before] = state[number][0].swapaxes(0, 1)
        conv.forward(x, f_a, room.scratch)
        room.f(f_a, out=f_a)
        np.add(room.h[number - 1], f_a, out=room.h[number])

    def _backward_below(self, number: int, room: CNNRoom, dW: FloatArray) -> None:
        # dh below = dh, and what flows back through the taps
        self.convs[number].backward(room.da, room.x[number - 1], dW, room.dh, room.scratch)

    def _after(self, room: CNNRoom) -> ModelState:
        # The copies lie in memory as `x` does; only who looks at them sees the batch first.
        seen = ((x[room.T :].copy().swapaxes(0, 1),) for x in room.x)
        return (*super()._after(room), *seen)
