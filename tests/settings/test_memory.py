import tracemalloc
from dataclasses import replace
from typing import Any

import pytest

from rnn_tui.errors import InputError
from rnn_tui.limits import machine_memory
from rnn_tui.models.registry import named
from rnn_tui.nn.names import OptimizerName, networks
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.memory import gigabytes, needed, require_room, weights
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer

CONFIG = Config(
    preset="auto", hidden_size=7, num_layers=3, seq_length=5, batch_size=2, learning_rate=1e-4
)


@pytest.mark.parametrize("network", networks())
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_weights_are_counted_as_they_will_be(network: str, layers: int) -> None:
    changes: dict[str, Any] = named(network)
    config = replace(CONFIG, num_layers=layers, **changes)
    corpus = corpus_from_bytes(b"the quick brown fox", "fox.txt")
    assert weights(config, len(corpus.vocab)) == Trainer(config, corpus).model.flat.size


@pytest.mark.parametrize(
    ("network", "optimizer", "hidden", "window", "layers"),
    [
        ("rnn", "sgd", 400, 4, 2), ("lstm", "adam", 200, 4, 2), ("gru", "rmsprop", 60, 400, 2),
        ("dense", "sgd", 400, 4, 2), ("dense", "adam", 60, 400, 3),
        ("cnn", "sgd", 200, 4, 2), ("cnn", "adam", 60, 400, 3), ("cnn", "adagrad", 60, 4, 9),
    ],
)  # fmt: skip
def test_what_it_takes_is_about_what_was_said(
    network: str, optimizer: OptimizerName, hidden: int, window: int, layers: int
) -> None:
    changes: dict[str, Any] = named(network)
    config = replace(
        CONFIG, optimizer=optimizer, hidden_size=hidden, seq_length=window, num_layers=layers,
        **changes,
    )  # fmt: skip
    corpus = corpus_from_bytes(b"the quick brown fox jumps over the lazy dog " * 40, "fox.txt")
    tracemalloc.start()
    try:
        trainer = Trainer(config, corpus)
        timeline = Timeline(trainer, budget=1)
        for _ in range(6):  # from the first on it takes as much
            trainer.step()
            timeline.update_made()
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 0.5 < taken / needed(config, len(corpus.vocab)) < 1.5


def test_what_cannot_fit_is_refused_and_what_is_large_is_said() -> None:
    need = needed(CONFIG, 11)
    assert require_room(CONFIG, 11, room=3 * need) == ()
    (note,) = require_room(CONFIG, 11, room=round(1.5 * need))
    assert "weights take about" in note
    with pytest.raises(InputError, match=r"this machine has .* smaller --hidden-size"):
        require_room(CONFIG, 11, room=need - 1)


def test_an_absurd_size_is_refused_before_anything_is_built() -> None:
    room = machine_memory()
    if room is None:
        pytest.skip("the system does not say how much memory it has")
    assert room > 1 << 20
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    with pytest.raises(InputError, match="weights take about"):
        choose_config(corpus, None, {"hidden_size": 3_000_000})


def test_sizes_are_read_by_people() -> None:
    assert gigabytes(3 << 29) == "1.5 GB"
    assert gigabytes(1234 << 40) == "1,263,616 GB"
