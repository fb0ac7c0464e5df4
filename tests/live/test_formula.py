"""The formulas of a time step: their numbers add up, and are those of the equations as loops."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.experiment.changes import Change, Exchanged, Typed, Wiped
from rnn_tui.nn.loss import softmax
from rnn_tui.protocol.formula import FormulaSeen, FormulaView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, trainer
from tests.live import test_unrolled_windows as windows
from tests.live.test_dispatch import inspector
from tests.live.test_experiment import by_the_equations

T = 6


def looked(made: Trainer, **view: Any) -> FormulaSeen:
    before = made.model.flat.copy()
    part = inspector(made).look(FormulaView(**view))
    assert isinstance(part, FormulaSeen)
    assert np.array_equal(made.model.flat, before)
    return part


def numbers(part: FormulaSeen) -> dict[str, Any]:
    assert part.opened is not None
    return {name: vector.values for name, vector in part.opened.vectors.items()}


def check_output(part: FormulaSeen, logits: Any, target: int | None) -> None:
    vectors, opened = numbers(part), part.opened
    assert opened is not None
    assert vectors["logits"] == pytest.approx(logits, abs=1e-12)
    assert vectors["probs"] == pytest.approx(softmax(logits), abs=1e-12)
    p = softmax(logits)
    told = {} if target is None else {"p": p[target], "loss": -np.log(p[target])}
    assert opened.numbers == pytest.approx(told, abs=1e-12)


def sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


def check_layer(made: Trainer, now: dict[str, Any], past: dict[str, Any] | None) -> None:
    """See that the equations of the cell hold between the numbers told."""
    if made.config.cell == "rnn":
        total = now["from_input"] + now["from_past"] + now["bias"]
        assert now["a"] == pytest.approx(total, abs=1e-12)
        squeezed = np.maximum(total, 0) if made.config.activation == "relu" else np.tanh(total)
        assert now["h"] == pytest.approx(squeezed, abs=1e-12)
    elif made.config.cell == "lstm":
        c = past["c"] if past else np.zeros(4)
        assert now["c"] == pytest.approx(now["f"] * c + now["i"] * now["g"], abs=1e-12)
        assert now["h"] == pytest.approx(now["o"] * np.tanh(now["c"]), abs=1e-12)
    else:
        h = past["h"] if past else np.zeros(4)
        mixed = (1 - now["z"]) * now["n"] + now["z"] * h
        assert now["h"] == pytest.approx(mixed, abs=1e-12)


@every_cell
@pytest.mark.parametrize("layers", [1, 3])
def test_of_every_step_and_layer(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=4)
    ids = made.corpus.ids[: T + 1].astype(int)
    hidden, logits = by_the_equations(made, ids[:T], Exchanged(0, ids[0]))
    for layer in range(layers):
        past = None
        for t in range(T):
            part = looked(made, step=t, layer=layer)
            assert (part.step, part.layer, part.unit, part.symbol) == (t, layer, None, None)
            now = numbers(part)
            assert now["h"] == pytest.approx(hidden[layer][t], abs=1e-12)
            check_layer(made, now, past)
            check_output(part, logits[t], ids[t + 1])
            past = now


@every_cell
def test_with_something_changed(name: str) -> None:
    made = trainer(name, 2, updates=4)
    ids = made.corpus.ids[: T + 1].astype(int)
    changes: list[Change] = [Wiped(2), Typed(2, 1, 3, 0.75), Typed(2, 0, 3, 0.75), Exchanged(2, 4)]
    for change in changes:
        hidden, logits = by_the_equations(made, ids[:T], change)
        for t in (1, 2, 3, 5):
            for layer in (0, 1):
                part = looked(made, step=t, layer=layer, change=change)
                assert numbers(part)["h"] == pytest.approx(hidden[layer][t], abs=1e-12)
                check_output(part, logits[t], ids[t + 1])
                by_hand = t == 2 and (
                    isinstance(change, Wiped)
                    or (isinstance(change, Typed) and change.layer == layer)
                )
                assert part.by_hand == by_hand


@windows.every_network
def test_of_networks_that_look_back(network: dict[str, Any]) -> None:
    made = windows.trained(network)
    ids = made.corpus.ids[:20].astype(int)
    run = windows.plain(made, ids[: 7 + T])
    for t in (0, 3, T - 1):
        for layer, h in enumerate(run.h):
            part = looked(made, reading=Reading(start=7), step=t, layer=layer)
            now = numbers(part)
            assert now["h"] == pytest.approx(h[7 + t], abs=1e-12)
            total = sum(v for name, v in now.items() if name.startswith("term_")) + now["bias"]
            assert now["a"] == pytest.approx(total, abs=1e-12)
            check_output(part, run.y[7 + t], ids[8 + t])


def test_of_a_typed_text_nobody_knows_what_comes_last() -> None:
    made = trainer("gru", updates=4)
    part = looked(made, reading=Reading("abd"), step=9)
    assert part.step == 2
    ids = [made.corpus.vocab.symbols.index(one) for one in "abd"]
    _, logits = by_the_equations(made, np.array(ids), Exchanged(0, ids[0]))
    check_output(part, logits[2], None)
    assert part.opened is not None
    assert part.opened.targets.tolist() == [ids[1], ids[2], -1]
    for typed in ("", "xyz"):
        assert looked(made, reading=Reading(typed)).opened is None


def test_of_large_layers_the_marked_unit_alone() -> None:
    small = trainer("lstm", 2)
    made = Trainer(replace(small.config, hidden_size=9), small.corpus)
    made.step()
    part = looked(made, step=3, layer=1, unit=7)
    assert part.unit == 7
    figure = inspector(made).look(UnrolledView(steps=T, gates=True))
    assert isinstance(figure, Unrolled)
    for name in "hifgoc":
        assert numbers(part)[name] == pytest.approx([figure.layers[1][name][3, 7]], abs=1e-12)
