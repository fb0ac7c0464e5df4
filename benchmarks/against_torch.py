"""Train the same network twice, here and in PyTorch, and compare the validation losses.

    python benchmarks/against_torch.py CORPUS --preset torch-rnn --epochs 10

Same initial weights, same windows in the same order, same optimizer, learning rates and
clipping; the validation part is read the same way. Needs PyTorch: pip install --group oracle.
"""

import argparse
import dataclasses
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from rnn_tui.models.torch_names import to_torch
from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.streams import Streams
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import WARM_UP, WINDOW, stream_count

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
}


class TorchModel(nn.Module):
    """One-hot inputs, recurrent layers, a linear layer; as a PyTorch user would write it."""

    def __init__(self, config: Config, vocab_size: int) -> None:
        super().__init__()
        self.vocab_size = vocab_size
        self.rnn = CELLS[config.cell](vocab_size, config.hidden_size, config.num_layers)
        self.linear = nn.Linear(config.hidden_size, vocab_size)

    def forward(self, ids: torch.Tensor, state: object) -> tuple[torch.Tensor, object]:
        one_hot = nn.functional.one_hot(ids, self.vocab_size).to(self.linear.weight.dtype)
        h, state = self.rnn(one_hot, state)
        return self.linear(h), state

    def loss(self, x: np.ndarray, y: np.ndarray, state: object) -> tuple[torch.Tensor, object]:
        logits, state = self(torch.from_numpy(x.astype(np.int64)), state)
        targets = torch.from_numpy(y.astype(np.int64)).flatten()
        return nn.functional.cross_entropy(logits.flatten(0, 1), targets), state


def detached(state: object) -> object:
    if isinstance(state, tuple):
        return tuple(part.detach() for part in state)
    return state.detach()


def validate(model: TorchModel, ids: np.ndarray) -> float:
    """Return the validation part, in the same streams and windows as the trainer's."""
    count = stream_count(len(ids))
    streams = Streams(ids, WINDOW, count)
    total, read = 0.0, 0
    with torch.no_grad():
        state = before(model, ids, count)
        for index in range(streams.windows_per_epoch):
            x, y = streams.window(index)
            loss, state = model.loss(x, y, state)
            total, read = total + float(loss) * x.size, read + x.size
    return total / read


def before(model: TorchModel, ids: np.ndarray, count: int) -> object:
    """Return the state after what comes before each stream; zero where nothing does."""
    if count == 1:
        return None
    starts = np.arange(1, count) * ((len(ids) - 1) // count)
    rows = ids[starts - WARM_UP + np.arange(WARM_UP + 1)[:, None]].astype(np.int64)
    _, state = model.loss(rows[:-1], rows[1:], None)
    parts = state if isinstance(state, tuple) else (state,)
    whole = tuple(torch.cat([torch.zeros_like(part[:, :1]), part], dim=1) for part in parts)
    return whole if isinstance(state, tuple) else whole[0]


def train_torch(trainer: Trainer, updates: int, report: int) -> float:
    config = trainer.config
    model = TorchModel(config, trainer.model.vocab_size)
    stored = to_torch(trainer.model.parameters)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in stored.items()})
    if config.cell != "gru":  # the second bias is one too many; ours has one
        for name, parameter in model.named_parameters():
            parameter.requires_grad_("bias_hh" not in name)
    learning = [p for p in model.parameters() if p.requires_grad]
    optimizer = OPTIMIZERS[config.optimizer](learning, lr=config.learning_rate)
    clock = Trainer(config, trainer.corpus)  # only for epochs and learning rates
    state = None
    for update in range(updates):
        clock.update = update
        if clock.window_index == 0:
            state = None
        for group in optimizer.param_groups:
            group["lr"] = clock.learning_rate
        x, y = trainer.streams.window(clock.window_index)
        loss, state = model.loss(x, y, state)
        optimizer.zero_grad()
        loss.backward()
        if config.clip_norm is not None:
            nn.utils.clip_grad_norm_(learning, config.clip_norm)
        if config.clip_value is not None:
            nn.utils.clip_grad_value_(learning, config.clip_value)
        optimizer.step()
        state = detached(state)
        if (update + 1) % report == 0:
            print(f"PyTorch  update {update + 1:6,}  train {float(loss):.4f}", flush=True)
    return validate(model, trainer.val_ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--preset", default=None)
    parser.add_argument("--cell", default=None)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=None)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    corpus = read_corpus(options.corpus)
    given = {} if options.cell is None else {"cell": options.cell}
    config, _ = choose_config(corpus, options.preset, given)
    config = dataclasses.replace(config, epochs=options.epochs)
    trainer = Trainer(config, corpus)
    updates = options.epochs * trainer.windows_per_epoch
    report = max(1, updates // 10)
    started = time.perf_counter()
    theirs = train_torch(trainer, updates, report)
    between = time.perf_counter()
    while trainer.update < updates:
        step = trainer.step()
        if step.update % report == 0:
            print(f"rnn-tui  update {step.update:6,}  train {step.loss:.4f}", flush=True)
    ours = trainer.validate()
    ended = time.perf_counter()
    print(f"{config.cell} {config.num_layers}x{config.hidden_size}, {updates:,} updates")
    print(f"PyTorch  validation {theirs:.4f} nats per character, {between - started:.0f} s")
    print(f"rnn-tui  validation {ours:.4f} nats per character, {ended - between:.0f} s")
    print(f"difference {ours - theirs:+.4f}")


if __name__ == "__main__":
    main()
