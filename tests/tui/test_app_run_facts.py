from dataclasses import replace
from typing import Any

import pytest

from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.run_facts import facts
from tests.tui.snapshots import make_config, make_info


def told(info: RunInfo) -> dict[str, str]:
    return dict(facts(info))


def with_config(**changes: Any) -> dict[str, str]:
    return told(make_info(config=replace(make_config(), **changes)))


def test_hello() -> None:
    said = told(make_info())
    assert said["network"] == "tanh RNN 1×3"
    assert said["validation"] == "none"
    assert said["epoch"] == "1 update"
    assert said["window"] == "4 steps"
    assert "sees" not in said
    assert "decay" not in said
    assert "stops at" not in said
    assert "weight decay" not in said


def test_prose() -> None:
    said = told(make_info("lstm"))
    assert said["network"] == "LSTM 2×128"
    assert said["trained on"] == "1,003,854 characters"
    assert said["window"] == "50 steps, 32 at a time"
    assert said["settings"] == "chosen for this text"


@pytest.mark.parametrize(
    ("changes", "name", "text"),
    [
        ({"lr_decay": 0.97, "lr_decay_after": 9}, "decay", "×0.97 every epoch after epoch 9"),
        ({"lr_decay": 0.5, "lr_decay_every": 5}, "decay", "×0.5 every 5 epochs"),
        (
            {"lr_decay": 0.5, "lr_decay_every": 5, "epochs": 50, "learning_rate": 2e-3},
            "decay",
            "×0.5 every 5 epochs, 3.91e−6 at the end",
        ),
        ({"num_layers": 2, "dropout": 0.25}, "dropout", "0.25"),
        ({"weight_decay": 0.01}, "weight decay", "0.01"),
        ({"clip_norm": None, "clip_value": 5.0}, "clipping", "each within ±5"),
        ({"clip_norm": None}, "clipping", "none"),
        ({"updates": 5000, "until_loss": 0.1}, "stops at", "update 5,000 or loss 0.1"),
        ({"epochs": 3}, "stops at", "epoch 3"),
        ({"epochs": 3, "patience": 1200}, "stops at", "epoch 3 or patience 1,200"),
        ({"cell": "gru"}, "network", "GRU 1×3"),
        ({"activation": "relu"}, "network", "relu RNN 1×3"),
        ({"network": "dense", "context": 8}, "network", "tanh dense net 8→1×3"),
        ({"network": "dense", "context": 8}, "sees", "the last 8 characters"),
        ({"network": "cnn", "num_layers": 6}, "network", "tanh CNN 127→6×3"),
        ({"network": "cnn", "num_layers": 6}, "sees", "the last 127 characters"),
    ],
)
def test_settings(changes: dict[str, Any], name: str, text: str) -> None:
    assert with_config(**changes)[name] == text


def test_dropout_without_effect_is_no_fact() -> None:
    assert "dropout" not in with_config(num_layers=1, dropout=0.25)


def test_a_hostile_name_is_shown_harmless() -> None:
    assert told(make_info(corpus_name="a\x1b]0;b\x07"))["text"] == "a␛]0;b␇"
