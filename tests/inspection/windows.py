"""Trainers of networks without a hidden state, to look into."""

from typing import Any

import pytest

from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import trainer

NETWORKS: dict[str, dict[str, Any]] = {
    "dense": {"network": "dense", "layers": 1, "context": 3},
    "dense-3-relu": {"network": "dense", "layers": 3, "context": 9, "activation": "relu"},
    "cnn-1-relu": {"network": "cnn", "layers": 1, "kernel_size": 2, "activation": "relu"},
    "cnn-3": {"network": "cnn", "layers": 3, "kernel_size": 3},
}
every_window = pytest.mark.parametrize("name", NETWORKS)
every_batch = pytest.mark.parametrize("batch", [1, 3])


def windowed(name: str, batch: int = 1, updates: int = 0, **settings: Any) -> Trainer:
    """Like `trainer`; negative updates: so many before an epoch ends."""
    asked = {**NETWORKS[name], **settings}
    layers, activation = asked.pop("layers"), asked.pop("activation", "tanh")
    made = trainer(f"rnn-{activation}", layers, batch, **asked)
    for _ in range(updates % made.windows_per_epoch):
        made.step()
    return made
