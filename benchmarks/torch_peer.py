"""The same work in PyTorch, as its users write it: one-hot input, fused Adam; eager or compiled."""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from rnn_tui.models.config import NetworkConfig

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Recurrent(nn.Module):
    """nn.RNN, nn.LSTM or nn.GRU."""

    def __init__(self, config: NetworkConfig, vocab_size: int) -> None:
        super().__init__()
        self.rnn = CELLS[config.cell](vocab_size, config.hidden_size, config.num_layers)

    def forward(self, one_hot: torch.Tensor, state: object) -> tuple[torch.Tensor, object]:
        return self.rnn(one_hot, state)

    def zeros(self, batch_size: int) -> object:
        """Return the state before the first symbol."""
        zeros = torch.zeros(self.rnn.num_layers, batch_size, self.rnn.hidden_size)
        return (zeros, zeros) if isinstance(self.rnn, nn.LSTM) else zeros


class Dense(nn.Module):
    """nn.Linear over the last symbols, one-hot, side by side; then more of them."""

    def __init__(self, config: NetworkConfig, vocab_size: int) -> None:
        super().__init__()
        self.context, self.vocab_size, H = config.context, vocab_size, config.hidden_size
        inputs = [config.context * vocab_size, *[H] * (config.num_layers - 1)]
        self.layers = nn.Sequential(
            *(layer for n in inputs for layer in (nn.Linear(n, H), nn.Tanh()))
        )

    def forward(self, one_hot: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, object]:
        read, T = torch.cat([state, one_hot]), len(one_hot)
        seen = torch.cat([read[place : place + T] for place in range(self.context)], dim=2)
        return self.layers(seen), read[T:]

    def zeros(self, batch_size: int) -> object:
        """Return what was read before the first symbol."""
        return torch.zeros(self.context - 1, batch_size, self.vocab_size)


class CNN(nn.Module):
    """nn.Conv1d, each twice as dilated as the one below, with residual connections."""

    def __init__(self, config: NetworkConfig, vocab_size: int) -> None:
        super().__init__()
        C, k = config.hidden_size, config.kernel_size
        self.convs = nn.ModuleList(
            nn.Conv1d(C if n else vocab_size, C, k, dilation=2**n) for n in range(config.num_layers)
        )

    def forward(self, one_hot: torch.Tensor, state: object) -> tuple[torch.Tensor, object]:
        h, T, after = one_hot.permute(1, 2, 0), len(one_hot), []
        for n, (conv, before) in enumerate(zip(self.convs, state, strict=True)):
            seen = torch.cat([before, h], dim=2)
            after.append(seen[:, :, T:])
            f_a = torch.tanh(conv(seen))
            h = h + f_a if n else f_a
        return h.permute(2, 0, 1), tuple(after)

    def zeros(self, batch_size: int) -> object:
        """Return what each convolution reads before the first symbol."""
        return tuple(
            torch.zeros(batch_size, conv.in_channels, (conv.kernel_size[0] - 1) * conv.dilation[0])
            for conv in self.convs
        )


KINDS = {"recurrent": Recurrent, "dense": Dense, "cnn": CNN}


class TorchPeer(nn.Module):
    """A network of the same kind and sizes, and a linear layer."""

    def __init__(self, config: NetworkConfig, vocab_size: int) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.vocab_size = vocab_size
        self.hidden = KINDS[config.network](config, vocab_size)
        self.linear = nn.Linear(config.hidden_size, vocab_size)

    def loss(
        self, ids: torch.Tensor, targets: torch.Tensor, state: object
    ) -> tuple[torch.Tensor, object]:
        """Mean loss of a window, and the state after it."""
        one_hot = nn.functional.one_hot(ids, self.vocab_size).float()
        h, after = self.hidden(one_hot, state)
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
        state = self.hidden.zeros(ids.shape[1])

        def update() -> None:
            nonlocal state
            loss, after = loss_of(ids, targets, state)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            adam.step()
            whole = isinstance(after, torch.Tensor)
            state = after.detach() if whole else tuple(part.detach() for part in after)
            loss.item()

        return update

    def validations(
        self, x: np.ndarray, y: np.ndarray, *, compiled: bool = False
    ) -> Callable[[], None]:
        """Return a function that computes the loss of a window, forward only."""
        ids, targets = torch.from_numpy(x.astype(np.int64)), torch.from_numpy(y.astype(np.int64))
        loss_of, state = self._whole(compiled), self.hidden.zeros(ids.shape[1])

        @torch.no_grad()
        def validate() -> None:
            loss, _ = loss_of(ids, targets, state)
            loss.item()

        return validate

    @torch.no_grad()
    def sample(self, length: int) -> None:
        """Write `length` symbols one by one."""
        symbol, state = torch.zeros(1, 1, dtype=torch.int64), self.hidden.zeros(1)
        for _ in range(length):
            h, state = self.hidden(nn.functional.one_hot(symbol, self.vocab_size).float(), state)
            probs = torch.softmax(self.linear(h)[-1, 0], dim=-1)
            symbol = torch.multinomial(probs, 1).view(1, 1)
            symbol.item()
