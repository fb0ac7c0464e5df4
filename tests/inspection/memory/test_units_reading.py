"""What units have at each symbol, against the plain equations, and streams against one."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.units.following import (
    LEAST_SYMBOLS,
    finished,
    following,
    stream_count,
    symbols_read,
)
from rnn_tui.inspection.memory.units.reading import WARM_UP, WINDOW, kinds, layer_widths, read
from rnn_tui.models.registry import build
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.text.features.labels import labels_of
from rnn_tui.training.settings.config import Config
from tests.inspection.cases import every_cell
from tests.inspection.test_input_flow import LOOKING_BACK
from tests.nn import oracle

V = 5
IDS = np.random.default_rng(8).integers(0, V, 3 * 70)


def network(name: str, layers: int = 2) -> Any:
    cell: Any = name.split("-")[0]
    activation: Any = "relu" if name == "rnn-relu" else "tanh"
    config = Config(
        cell=cell, activation=activation, hidden_size=4, num_layers=layers, dtype="float64"
    )
    return build(config, V, np.random.default_rng(3))


def values(model: Any, kind: str, streams: int = 1, ids: Any = IDS) -> Any:
    out = np.full((len(ids), sum(layer_widths(model))), np.nan)
    slices = len([*read(model, ids, kind, streams, out)])
    steps = len(ids) // streams
    warm_up = min(WARM_UP, steps) if streams > 1 else 0
    assert slices == -(-steps // WINDOW) + -(-warm_up // WINDOW)
    return out


def of_equations(name: str, model: Any, kind: str) -> Any:
    x = np.eye(V)[IDS]
    found = []
    for cell in model.stack.cells:
        start = tuple(state[0] for state in cell.zero_state(1))
        dh = np.zeros((len(x), cell.hidden_size))
        answer = oracle.one(name, cell.parameters, x, start, dh, start)
        found.append(np.array([answer["open"][kind][t] for t in range(len(x))]))
        x = answer["h"]
    return np.hstack(found)


@every_cell
def test_each_kind_is_what_the_equations_say(name: str) -> None:
    model = network(name)
    expected = {"lstm": "hcifgo", "gru": "hrzn"}.get(name, "h")
    assert kinds(model) == tuple(expected)
    for kind in expected:
        assert values(model, kind) == pytest.approx(of_equations(name, model, kind), rel=1e-10)


@pytest.mark.parametrize("kind", ["h", "c", "f"])
def test_streams_side_by_side_give_what_one_gives(kind: str) -> None:
    model = network("lstm", layers=1)
    ids = np.random.default_rng(1).integers(0, V, 4 * 150)
    assert values(model, kind, 4, ids) == pytest.approx(values(model, kind, 1, ids), abs=1e-9)


@pytest.mark.parametrize("config", LOOKING_BACK, ids=lambda c: f"{c.network} {c.activation}")
def test_without_a_state_it_is_what_the_layers_give(config: Config) -> None:
    model: Any = build(config, V, np.random.default_rng(3))
    assert kinds(model) == ("h",)
    layers = model.hidden_of(IDS[:, None], model.zero_state(1))
    expected = np.concatenate(layers, axis=2)[:, 0]
    for streams in (1, 3):
        assert values(model, "h", streams) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("length", [LEAST_SYMBOLS, 1_023, 1_537, 9_001, 200_000])
@pytest.mark.parametrize("units", [3, 256, 4_000])
def test_of_long_texts_and_many_units_a_part_is_read(length: int, units: int) -> None:
    count = symbols_read(length, units)
    streams = stream_count(count)
    assert length - 16 < count <= length or count * units <= 1 << 21 or count == 2_048
    assert count % streams == 0
    assert streams == 1 or (streams % 2 == 0 and count // streams >= 512)


def test_a_network_without_numbers_follows_nothing() -> None:
    corpus = corpus_from_bytes(b"the tide (came) in, and it went out.\n" * 40, "text")
    ids = corpus.ids[: symbols_read(len(corpus.ids), 9)]
    model = build(Config(hidden_size=9), len(corpus.vocab), np.random.default_rng(1))
    model.flat[:] = np.nan
    found = finished(following(model, ids, "h", labels_of(corpus.vocab, ids)))
    assert not found.values.any()
    assert not found.followed.claimed.any()
