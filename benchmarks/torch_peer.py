"""The same work in PyTorch, as its users write it: eager, one-hot input, fused Adam."""

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

    def updates(self, x: np.ndarray, y: np.ndarray) -> Callable[[], None]:
        """A function that does one update: loss, gradients, clipping, Adam."""
        ids, targets = torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64))
        parameters = list(self.parameters())
        adam = torch.optim.Adam(parameters, lr=1e-3, fused=True)
        state, lstm = None, isinstance(self.rnn, nn.LSTM)

        def update() -> None:
            nonlocal state
            one_hot = nn.functional.one_hot(ids, self.vocab_size).float()
            h, after = self.rnn(one_hot, state)
            logits = self.linear(h).view(-1, self.vocab_size)
            loss = nn.functional.cross_entropy(logits, targets.view(-1))
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            adam.step()
            state = tuple(s.detach() for s in after) if lstm else after.detach()
            loss.item()

        return update

    def validations(self, x: np.ndarray, y: np.ndarray) -> Callable[[], None]:
        """A function that computes the loss of a window, forward only."""
        ids, targets = torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64))

        @torch.no_grad()
        def validate() -> None:
            h, _ = self.rnn(nn.functional.one_hot(ids, self.vocab_size).float())
            logits = self.linear(h).view(-1, self.vocab_size)
            nn.functional.cross_entropy(logits, targets.view(-1)).item()

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
