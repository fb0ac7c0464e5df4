"""A dense network over the last K symbols: no memory, but what it still sees.

    x̂_t = [x_{t-K+1}, …, x_{t-1}, x_t]           one-hot each; zeros before the beginning
    h¹_t = f(W¹ x̂_t + b¹)                         f = tanh or ReLU
    hˡ_t = f(Wˡ hˡ⁻¹_t + bˡ)                      for every further layer l
    y_t = W h_t + b                               h of the last layer L

Back; there is no time in it, each t is for itself:

    dhᴸ_t = Wᵀ dy_t,   daˡ_t = dhˡ_t ⊙ f'(aˡ_t),   dhˡ⁻¹_t = Wˡᵀ daˡ_t
    dWˡ = Σ_t daˡ_t hˡ⁻¹_tᵀ,   dbˡ = Σ_t daˡ_t,   dW¹ = Σ_t da¹_t x̂_tᵀ

In memory vectors are rows, so W x reads x Wᵀ below. `plain_windows.py` has it as plain loops.

Source: Bengio et al. (2003), "A Neural Probabilistic Language Model", with one-hot vectors for the
learned ones.
"""

from rnn_tui.models.last_symbols import nothing_before
from rnn_tui.models.looking_back import LookingBack, Room
from rnn_tui.models.protocol import ModelState
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.init import Luck
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.names import Activation, DTypeName


class Dense(LookingBack[Room]):
    """Predicts the next symbol from the last K."""

    def __init__(
        self,
        vocab_size: int,
        *,
        context: int,
        activation: Activation,
        hidden_size: int,
        num_layers: int,
        dtype: DTypeName,
        rng: Luck,
    ) -> None:
        self.context = context
        inputs = [context * vocab_size, *[hidden_size] * (num_layers - 1)]
        self.hidden = [Linear(size, hidden_size, dtype=dtype, rng=rng) for size in inputs]
        linear = Linear(hidden_size, vocab_size, dtype=dtype, rng=rng)
        super().__init__(vocab_size, activation, "hidden", self.hidden, linear)

    def zero_state(self, batch_size: int) -> ModelState:
        """Return the ids of the K-1 symbols before the first (B, K-1): none there yet."""
        return ((nothing_before(self.context, batch_size),),)

    def by_tap(self, number: int, W: FloatArray) -> FloatArray:
        """Return the first weight by place (K, H, V), each other one as it is (1, H, H)."""
        if number:
            return W[None]
        return W.T.reshape(self.context, self.vocab_size, len(W)).swapaxes(1, 2)

    def _room(self, T: int, B: int, *, learns: bool) -> Room:
        return Room(T, B, self, self.context, learns=learns)

    def _forward(self, number: int, room: Room, state: ModelState) -> None:
        # h = f(h below @ W.T + b)
        layer, h = self.hidden[number], room.h[number]
        room.h[number - 1].dot(layer.weight.T, out=h)
        h += layer.bias
        room.f(h, out=h)

    def _backward_below(self, number: int, room: Room, dW: FloatArray) -> None:
        # dW = da.T @ h below, dh below = da @ W
        room.da.T.dot(room.h[number - 1], out=dW)
        room.da.dot(self.hidden[number].weight, out=room.dh)
