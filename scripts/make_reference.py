"""Compute with PyTorch what the tests compare against, the .npz files in tests/data.

    pip install --group oracle && python scripts/make_reference.py

Everything is float64. PyTorch has two biases where this project has one: its second is held at
zero, except in the GRU's block n, where it is `bias_hn`. The checkpoints are files that this
project has written, read as docs/checkpoint.md says.
"""

import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

DATA = Path(__file__).parent.parent / "tests" / "data"
CELLS = {
    "rnn-tanh": lambda *sizes: nn.RNN(*sizes, dtype=torch.float64),
    "rnn-relu": lambda *sizes: nn.RNN(*sizes, nonlinearity="relu", dtype=torch.float64),
    "lstm": lambda *sizes: nn.LSTM(*sizes, dtype=torch.float64),
    "gru": lambda *sizes: nn.GRU(*sizes, dtype=torch.float64),
}
OPTIMIZERS = {
    "sgd": (lambda p: torch.optim.SGD(p, lr=0.5), 0.5),
    "momentum": (lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), 0.1),
    "adagrad": (lambda p: torch.optim.Adagrad(p, lr=0.1), 0.1),
    "rmsprop": (lambda p: torch.optim.RMSprop(p, lr=0.01), 0.01),
    "adam": (lambda p: torch.optim.Adam(p, lr=0.03), 0.03),
}
T, B, INPUTS, H, V, LAYERS = 6, 3, 4, 5, 7, 2
UPDATES, MAX_NORM, CONTEXT = 10, 0.15, 4
KERNEL, CONVOLUTIONS = 3, 3
"""The last one's taps reach 8 time steps back: beyond a window of 6."""

Arrays = dict[str, np.ndarray]


def use_one_bias(rnn: nn.RNNBase) -> None:
    """Hold the second bias at zero where this project has none."""
    for layer in range(rnn.num_layers):
        bias = getattr(rnn, f"bias_hh_l{layer}")
        free = torch.zeros_like(bias)
        if isinstance(rnn, nn.GRU):
            free[2 * rnn.hidden_size :] = 1
        bias.data *= free
        bias.register_hook(lambda gradient, free=free: gradient * free)


def named(rnn: nn.RNNBase, part: str) -> Arrays:
    """Parameters (`data`) or gradients (`grad`) under this project's names."""
    arrays = {}
    for layer in range(rnn.num_layers):
        for ours, theirs in (
            ("weight_ih", "weight_ih"),
            ("weight_hh", "weight_hh"),
            ("bias", "bias_ih"),
        ):
            arrays[f"{ours}_l{layer}"] = getattr(getattr(rnn, f"{theirs}_l{layer}"), part).numpy()
        if isinstance(rnn, nn.GRU):
            bias = getattr(getattr(rnn, f"bias_hh_l{layer}"), part)
            arrays[f"bias_hn_l{layer}"] = bias[2 * rnn.hidden_size :].numpy()
    return {name: array.copy() for name, array in arrays.items()}


def sequence(name: str) -> Arrays:
    """One sequence of numbers forward and back through two layers."""
    rnn = CELLS[name](INPUTS, H, LAYERS)
    use_one_bias(rnn)
    x = torch.randn(T, B, INPUTS, dtype=torch.float64, requires_grad=True)
    kinds = ("h", "c") if name == "lstm" else ("h",)
    state = [torch.randn(LAYERS, B, H, dtype=torch.float64, requires_grad=True) for _ in kinds]
    dh = torch.randn(T, B, H, dtype=torch.float64)
    dstate = [torch.randn(LAYERS, B, H, dtype=torch.float64) for _ in kinds]
    h, after = rnn(x, tuple(state) if name == "lstm" else state[0])
    after = list(after) if name == "lstm" else [after]
    torch.autograd.backward([h, *after], [dh, *dstate])
    found = {"x": x, "dx": x.grad, "h": h, "dh": dh}
    for k, kind in enumerate(kinds):
        found |= {f"before_{kind}": state[k], f"after_{kind}": after[k]}
        found |= {f"dafter_{kind}": dstate[k], f"dbefore_{kind}": state[k].grad}
    arrays = {key: value.detach().numpy() for key, value in found.items()}
    arrays |= named(rnn, "data")
    return arrays | {f"d{key}": value for key, value in named(rnn, "grad").items()}


def model(cell: str) -> tuple[nn.RNNBase, nn.Linear, torch.Tensor]:
    """Return a whole model and the text it learns; the same every time."""
    torch.manual_seed(2)
    rnn, linear = CELLS[cell](V, H, LAYERS), nn.Linear(H, V, dtype=torch.float64)
    use_one_bias(rnn)
    return rnn, linear, torch.randint(0, V, (UPDATES, T + 1, B))


def parameters(rnn: nn.RNNBase, linear: nn.Linear) -> Arrays:
    """All parameters of a model under this project's names."""
    arrays = {f"rnn.{n}": p for n, p in named(rnn, "data").items()}
    output = {"weight": linear.weight, "bias": linear.bias}
    return arrays | {f"linear.{n}": p.detach().numpy().copy() for n, p in output.items()}


def updates(cell: str, optimizer: str) -> Arrays:
    """Ten updates, the state carried, the gradient clipped."""
    rnn, linear, ids = model(cell)
    make, learning_rate = OPTIMIZERS[optimizer]
    everything = [*rnn.parameters(), *linear.parameters()]
    torch_optimizer = make(everything)
    losses, norms, state = [], [], None
    for window in ids:
        one_hot = nn.functional.one_hot(window[:-1], V).double()
        h, state = rnn(one_hot, state)
        loss = nn.functional.cross_entropy(linear(h).reshape(-1, V), window[1:].reshape(-1))
        torch_optimizer.zero_grad()
        loss.backward()
        norms.append(float(nn.utils.clip_grad_norm_(everything, MAX_NORM)))
        torch_optimizer.step()
        losses.append(loss.item())
        state = tuple(s.detach() for s in state) if cell == "lstm" else state.detach()
    found = {"losses": losses, "norms": norms, "learning_rate": learning_rate, "max_norm": MAX_NORM}
    return parameters(rnn, linear) | {key: np.array(value) for key, value in found.items()}


def dense(activation: str) -> tuple[nn.Sequential, torch.Tensor]:
    """Return a dense network over the last symbols, and the text it learns; the same every time."""
    torch.manual_seed(3)
    f = nn.Tanh() if activation == "tanh" else nn.ReLU()
    sizes = (CONTEXT * V, H, H)
    hidden = [(nn.Linear(a, b, dtype=torch.float64), f) for a, b in pairwise(sizes)]
    layers = [part for pair in hidden for part in pair]
    network = nn.Sequential(*layers, nn.Linear(H, V, dtype=torch.float64))
    return network, torch.randint(0, V, (UPDATES, T + 1, B))


def dense_parameters(network: nn.Sequential) -> Arrays:
    """Return its parameters under this project's names."""
    linears = [part for part in network if isinstance(part, nn.Linear)]
    names = [*(f"hidden.{n}" for n in range(len(linears) - 1)), "linear"]
    return {
        f"{name}.{kind}": getattr(part, kind).detach().numpy().copy()
        for name, part in zip(names, linears, strict=True)
        for kind in ("weight", "bias")
    }


def dense_updates(activation: str, optimizer: str) -> Arrays:
    """Make ten updates; what was read before a window is seen by its first time steps."""
    network, ids = dense(activation)

    def logits(one_hot: torch.Tensor, read: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        read = torch.cat([read, one_hot])
        seen = torch.cat([read[k : k + T] for k in range(CONTEXT)], dim=2)
        return network(seen), read[T:]

    nothing = torch.zeros(CONTEXT - 1, B, V, dtype=torch.float64)
    found = learned(network, ids, logits, nothing, optimizer)
    return dense_parameters(network) | found


def learned(
    network: nn.Module, ids: torch.Tensor, logits: Callable, state: object, optimizer: str
) -> Arrays:
    """Make ten updates of a network that carries what it has read, the gradient clipped."""
    make, learning_rate = OPTIMIZERS[optimizer]
    torch_optimizer = make(network.parameters())
    losses, norms = [], []
    for window in ids:
        y, state = logits(nn.functional.one_hot(window[:-1], V).double(), state)
        loss = nn.functional.cross_entropy(y.reshape(-1, V), window[1:].reshape(-1))
        torch_optimizer.zero_grad()
        loss.backward()
        norms.append(float(nn.utils.clip_grad_norm_(network.parameters(), MAX_NORM)))
        torch_optimizer.step()
        losses.append(loss.item())
    found = {"losses": losses, "norms": norms, "learning_rate": learning_rate, "max_norm": MAX_NORM}
    return {key: np.array(value) for key, value in found.items()}


class CNN(nn.Module):
    """Causal convolutions, each above the first with a residual connection around it."""

    def __init__(self, activation: str) -> None:
        super().__init__()
        torch.manual_seed(4)
        self.f = torch.tanh if activation == "tanh" else torch.relu
        self.conv = nn.ModuleList(
            nn.Conv1d(H if n else V, H, KERNEL, dilation=2**n, dtype=torch.float64)
            for n in range(CONVOLUTIONS)
        )
        self.linear = nn.Linear(H, V, dtype=torch.float64)
        self.ids = torch.randint(0, V, (UPDATES, T + 1, B))

    def zeros(self) -> list[torch.Tensor]:
        """Return what each convolution reads before the beginning: what `pad` would put there."""
        return [
            torch.zeros(B, conv.in_channels, (KERNEL - 1) * conv.dilation[0], dtype=torch.float64)
            for conv in self.conv
        ]

    def forward(
        self, one_hot: torch.Tensor, before: list[torch.Tensor]
    ) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Logits (T, B, V), and what the next window reads from before."""
        h, after = one_hot.permute(1, 2, 0), []
        for n, (conv, there) in enumerate(zip(self.conv, before, strict=True)):
            seen = torch.cat([there, h], dim=2)
            after.append(seen[:, :, T:].detach())
            h = h + self.f(conv(seen)) if n else self.f(conv(seen))
        return self.linear(h.permute(2, 0, 1)), after

    def arrays(self) -> Arrays:
        """Return its parameters, whose names are this project's."""
        return {name: p.detach().numpy().copy() for name, p in self.named_parameters()}


def cnn_updates(activation: str, optimizer: str) -> Arrays:
    """Make ten updates; what was carried on is seen and not differentiated."""
    network = CNN(activation)
    found = learned(network, network.ids, network, network.zeros(), optimizer)
    return network.arrays() | found


def cnn_forward(activation: str) -> Arrays:
    """Return the logits of the first window, padded with zeros as PyTorch pads."""
    network = CNN(activation)
    h = nn.functional.one_hot(network.ids[0, :-1], V).double().permute(1, 2, 0)
    for n, conv in enumerate(network.conv):
        a = conv(nn.functional.pad(h, ((KERNEL - 1) * 2**n, 0)))
        h = h + network.f(a) if n else network.f(a)
    return {"logits": network.linear(h.permute(2, 0, 1)).detach().numpy()}


def checkpoint(name: str, layers: int) -> Arrays:
    """Return a trained network's file in PyTorch: what it holds, and the logits for a text."""
    cell, _, activation = name.partition("-")
    config = Config(
        cell=cell, activation=activation or "tanh", num_layers=layers, hidden_size=H,
        seq_length=T, batch_size=B, dtype="float64", learning_rate=0.02, seed=layers,
    )  # fmt: skip
    trainer = Trainer(config, corpus_from_bytes(b"the tide came in, the tide went out" * 9, "t"))
    for _ in range(UPDATES):
        trainer.step()
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder) / "c.safetensors", trainer)
        stored = load_file(Path(folder) / "c.safetensors")
    vocab = len(trainer.corpus.vocab)
    rnn, linear = CELLS[name](vocab, H, layers), nn.Linear(H, vocab, dtype=torch.float64)
    for module, prefix in ((rnn, "rnn."), (linear, "linear.")):
        mine = {n.removeprefix(prefix): v for n, v in stored.items() if n.startswith(prefix)}
        module.load_state_dict(mine)  # strict: every name and shape
    ids = torch.arange(2 * T * B).reshape(2 * T, B) % vocab
    logits = linear(rnn(nn.functional.one_hot(ids, vocab).double())[0])
    arrays = {
        f"file/{n}": v.numpy() for n, v in stored.items() if n.startswith(("rnn.", "linear."))
    }
    return arrays | {"ids": ids.numpy().astype(np.uint8), "logits": logits.detach().numpy()}


def main() -> None:
    torch.manual_seed(1)
    arrays: Arrays = {"torch_version": np.array(torch.__version__)}
    for cell in CELLS:
        arrays |= {f"sequence/{cell}/{n}": a for n, a in sequence(cell).items()}
    for cell in CELLS:
        rnn, linear, ids = model(cell)
        arrays |= {f"model/{cell}/{n}": a for n, a in parameters(rnn, linear).items()}
        arrays[f"model/{cell}/ids"] = ids.numpy().astype(np.uint8)
        for optimizer in OPTIMIZERS:
            found = updates(cell, optimizer)
            arrays |= {f"updates/{cell}/{optimizer}/{n}": a for n, a in found.items()}
    np.savez_compressed(DATA / "pytorch.npz", **arrays)
    arrays = {"torch_version": np.array(torch.__version__)}
    for activation in ("tanh", "relu"):
        network, ids = dense(activation)
        arrays |= {f"dense/{activation}/{n}": a for n, a in dense_parameters(network).items()}
        arrays[f"dense/{activation}/ids"] = ids.numpy().astype(np.uint8)
        for optimizer in OPTIMIZERS:
            found = dense_updates(activation, optimizer)
            arrays |= {f"dense/{activation}/{optimizer}/{n}": a for n, a in found.items()}
    np.savez_compressed(DATA / "windows.npz", **arrays)
    arrays = {"torch_version": np.array(torch.__version__)}
    for activation in ("tanh", "relu"):
        network = CNN(activation)
        arrays |= {f"cnn/{activation}/{n}": a for n, a in network.arrays().items()}
        arrays |= {f"cnn/{activation}/{n}": a for n, a in cnn_forward(activation).items()}
        arrays[f"cnn/{activation}/ids"] = network.ids.numpy().astype(np.uint8)
        for optimizer in OPTIMIZERS:
            found = cnn_updates(activation, optimizer)
            arrays |= {f"cnn/{activation}/{optimizer}/{n}": a for n, a in found.items()}
    np.savez_compressed(DATA / "convolutions.npz", **arrays)
    arrays = {"torch_version": np.array(torch.__version__)}
    for cell in CELLS:
        for layers in (1, 2):
            found = checkpoint(cell, layers)
            arrays |= {f"checkpoint/{cell}/{layers}/{n}": a for n, a in found.items()}
    np.savez_compressed(DATA / "checkpoints.npz", **arrays)


if __name__ == "__main__":
    main()
