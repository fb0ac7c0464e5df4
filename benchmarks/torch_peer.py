"""The same work in PyTorch, as its users write it: one-hot input, fused Adam; eager or compiled."""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class TorchPeer(nn.Module):
    """nn.RNN, nn.LSTM or nn.GRU and a linear layer."""

    def __init__(self, cell: str, vocab_size: int, hidden_size: int, num_layers: int) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.vocab_size = vocab_size
        self.rnn = CELLS[cell](vocab_size, hidden_size, num_layers)
        self.linear = nn.Linear(hidden_size, vocab_size)

    def loss(
        self, ids: torch.Tensor, targets: torch.Tensor, state: object
    ) -> tuple[torch.Tensor, object]:
        """Mean loss of a window, and the state after it."""
        one_hot = nn.functional.one_hot(ids, self.vocab_size).float()
        h, after = self.rnn(one_hot, state)
        logits = self.linear(h).view(-1, self.vocab_size)
        return nn.functional.cross_entropy(logits, targets.view(-1)), after

    def _whole(self, compiled: bool) -> Callable[..., tuple[torch.Tensor, object]]:
        return torch.compile(self.loss) if compiled else self.loss

    def updates(
        self, x: np.ndarray, y: np.ndarray, *, compiled: bool = False
    ) -> Callable[[], None]:
        """Return a function that does one update: loss, gradients, clipping, Adam."""
        ids, targets = torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64))
        parameters, loss_of = list(self.parameters()), self._whole(compiled)
        adam = torch.optim.Adam(parameters, lr=1e-3, fused=True)
        state, lstm = self._zero_state(ids.shape[1]), isinstance(self.rnn, nn.LSTM)

        def update() -> None:
            nonlocal state
            loss, after = loss_of(ids, targets, state)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            adam.step()
            state = tuple(s.detach() for s in after) if lstm else after.detach()
            loss.item()

        return update

    def _zero_state(self, batch_size: int) -> object:
        zeros = torch.zeros(self.rnn.num_layers, batch_size, self.rnn.hidden_size)
        return (zeros, zeros) if isinstance(self.rnn, nn.LSTM) else zeros

    def validations(
        self, x: np.ndarray, y: np.ndarray, *, compiled: bool = False
    ) -> Callable[[], None]:
        """Return a function that computes the loss of a window, forward only."""
        ids, targets = torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64))
        loss_of, state = self._whole(compiled), self._zero_state(ids.shape[1])

        @torch.no_grad()
        def validate() -> None:
            loss, _ = loss_of(ids, targets, state)
            loss.item()

        return validate

    @torch.no_grad()
    def sample(self, length: int) -> None:
        """Write `length` symbols one by one."""
        symbol, state = torch.zeros(1, 1, dtype=torch.int64), None
        for _ in range(length):
            h, state = self.rnn(nn.functional.one_hot(symbol, self.vocab_size).float(), state)
            probs = torch.softmax(self.linear(h)[-1, 0], dim=-1)
            symbol = torch.multinomial(probs, 1).view(1, 1)
            symbol.item()
