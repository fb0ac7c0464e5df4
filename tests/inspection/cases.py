"""Trainers to look into: every cell, one or two layers, one or three sequences."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.loss import log_softmax
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.nn import oracle

NAMES = ("rnn-tanh", "rnn-relu", "lstm", "gru")
every_cell = pytest.mark.parametrize("name", NAMES)
every_size = pytest.mark.parametrize(("layers", "batch"), [(1, 1), (2, 3)])
TEXT = b"abcadebbcaeeddcabecadabbeacdeebacadcebdaebcbaadcebdacbeaedbcaebdc"
"""Five symbols; 65 characters."""


def trainer(
    name: str, layers: int = 1, batch: int = 1, updates: int = 0, **settings: Any
) -> Trainer:
    cell: Any = name.split("-")[0]
    config = Config(
        cell=cell,
        activation="relu" if name == "rnn-relu" else "tanh",
        hidden_size=4,
        num_layers=layers,
        seq_length=6,
        batch_size=batch,
        **{"dtype": "float64", "seed": 3, **settings},
    )
    made = Trainer(config, corpus_from_bytes(TEXT, "text.txt"))
    for _ in range(updates):
        made.step()
    return made


def truth(trainer: Trainer, sequence: int) -> dict[str, Any]:
    """The trainer's next window by the plain loop: h, gates' states, logits, probs, losses."""
    config = trainer.config
    name = f"rnn-{config.activation}" if config.cell == "rnn" else config.cell
    ids, targets = (a[:, sequence] for a in trainer.streams.window(trainer.window_index))
    x = np.eye(trainer.model.vocab_size)[ids]
    hs, cs = [], []
    first = trainer.window_index == 0
    states = trainer.model.zero_state(trainer.config.batch_size) if first else trainer.state
    for cell, state in zip(trainer.model.stack.cells, states, strict=True):
        start = [part[sequence].astype(np.float64) for part in state]
        nothing = [np.zeros(cell.hidden_size) for _ in start]
        dh = np.zeros((len(x), cell.hidden_size))
        found = oracle.one(name, cell.parameters, x, tuple(start), dh, tuple(nothing))
        hs.append(found["h"])
        cs.append([found["open"].get("c", found["open"]["h"])[t] for t in range(len(x))])
        x = hs[-1]
    logits = x @ trainer.model.linear.weight.T + trainer.model.linear.bias
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    losses = -np.log(probs[np.arange(len(ids)), targets])
    return {"h": hs, "c": cs, "logits": logits, "probs": probs, "losses": losses}


def tail_loss(model: CharModel, x: Any, y: Any, state: Any, start: int) -> float:
    """Sum of the losses of one sequence from time step `start` on, from the state before it."""
    logits, _ = model.forward(x[start:, None], state)
    return -sum(float(log_softmax(z)[k]) for z, k in zip(logits[:, 0], y[start:], strict=True))
