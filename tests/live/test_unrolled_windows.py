"""What screen 2 is told of networks without a hidden state, against their equations as loops."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.models.plain_windows import cnn, dense
from rnn_tui.nn.loss import log_softmax
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import trainer
from tests.live.test_dispatch import inspector

NETWORKS: list[dict[str, Any]] = [
    {"network": "dense", "context": 3, "layers": 2},
    {"network": "dense", "context": 9, "layers": 1, "activation": "relu"},
    {"network": "cnn", "kernel_size": 2, "layers": 3},
    {"network": "cnn", "kernel_size": 3, "layers": 2, "activation": "relu"},
]
every_network = pytest.mark.parametrize(
    "network", NETWORKS, ids=lambda n: f"{n['network']}{n['layers']}"
)


def trained(network: dict[str, Any]) -> Trainer:
    cell = f"rnn-{network.get('activation', 'tanh')}"
    settings = {k: v for k, v in network.items() if k not in ("layers", "activation")}
    return trainer(cell, network["layers"], updates=5, **settings)


def looked(made: Trainer, **view: Any) -> Unrolled:
    part = inspector(made).look(UnrolledView(**view))
    assert isinstance(part, Unrolled)
    return part


def plain(made: Trainer, ids: Any) -> Any:
    x, relu = np.eye(5)[ids], made.config.activation == "relu"
    if made.config.network == "cnn":
        return cnn(made.model.parameters, x, relu=relu)
    return dense(made.model.parameters, x, made.config.context, relu=relu)


@every_network
@pytest.mark.parametrize("unit", [None, 3])
def test_the_numbers_are_those_of_the_plain_loops(
    network: dict[str, Any], unit: int | None
) -> None:
    made = trained(network)
    before = made.model.flat.copy()
    part = looked(made, steps=3, first=2, unit=unit, earlier=1)
    ids = made.corpus.ids[:7].astype(int)
    run = plain(made, ids[:6])
    assert (part.first, part.total, part.unit) == (2, 6, unit)
    assert (part.earlier.tolist(), part.inputs.tolist()) == ([ids[1]], ids[2:5].tolist())
    assert part.before == ()
    units = slice(None) if unit is None else slice(unit, unit + 1)
    for layer, h in zip(part.layers, run.h, strict=True):
        assert layer["h"] == pytest.approx(np.array([h[t][units] for t in (2, 3, 4)]), abs=1e-12)
    logits = np.array([run.y[t] for t in range(6)])
    scores = log_softmax(logits)
    losses = -scores[np.arange(6), ids[1:]]
    assert part.logits == pytest.approx(logits[2:5], abs=1e-12)
    assert part.probs == pytest.approx(np.exp(scores[2:5]), abs=1e-12)
    assert part.losses == pytest.approx(losses[2:5], abs=1e-12)
    assert part.mean_loss == pytest.approx(losses.mean(), abs=1e-12)
    assert np.array_equal(made.model.flat, before)


@every_network
def test_texts_of_ones_own(network: dict[str, Any]) -> None:
    made = trained(network)
    part = looked(made, reading=Reading("bad"), steps=9, earlier=99)
    assert (part.inputs.tolist(), part.targets.tolist()) == ([1, 0, 3], [0, 3, -1])
    assert part.layers[-1]["h"][2] == pytest.approx(plain(made, [1, 0, 3]).h[-1][2], abs=1e-12)
    assert not len(part.earlier)
    assert looked(made, reading=Reading("b\x1b")).unknown == ("\x1b",)
    assert not len(looked(made, reading=Reading("")).inputs)


@every_network
def test_asked_for_too_much(network: dict[str, Any]) -> None:
    text = Reading("abcde" * 99)
    part = looked(trained(network), reading=text, first=9999, steps=9999, unit=99, earlier=9999)
    assert (part.first, part.total, len(part.inputs), len(part.earlier)) == (100, 200, 100, 100)
    assert part.layers[0]["h"].shape == (100, 1)
    assert part.unit == 3
