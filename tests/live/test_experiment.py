"""A text read with something changed, against the equations as loops from that h or that input."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.experiment.changes import Change, Exchanged, Typed, Wiped
from rnn_tui.nn import plain
from rnn_tui.nn.loss import log_softmax
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, trainer
from tests.live import test_unrolled_windows as windows
from tests.live.test_dispatch import inspector

T, V, HIDDEN = 6, 5, 4
LAYERS = pytest.mark.parametrize("layers", [1, 3])
CELLS: dict[str, Any] = {"rnn": plain.rnn, "lstm": plain.lstm, "gru": plain.gru}


def looked(made: Trainer, change: Change | None, **view: Any) -> Unrolled:
    before = made.model.flat.copy(), made.capture()
    part = inspector(made).look(UnrolledView(**view, change=change))
    assert isinstance(part, Unrolled)
    assert np.array_equal(made.model.flat, before[0])
    for layers in zip(made.capture().hidden, before[1].hidden, strict=True):
        assert all(map(np.array_equal, *layers))
    return part


def layer(made: Trainer, number: int, x: Any, state: Any) -> Any:
    """Run one layer by the equations."""
    relu = {"relu": True} if made.config.activation == "relu" else {}
    parameters = made.model.stack.cells[number].parameters  # type: ignore[attr-defined]
    return CELLS[made.config.cell](parameters, x, *state, **relu)


def by_the_equations(made: Trainer, ids: Any, change: Change) -> tuple[list[Any], Any]:
    """h of every layer, and the logits: up to the change, and from what it makes of the state."""
    if isinstance(change, Exchanged):
        ids = [*ids[: change.step], change.id, *ids[change.step + 1 :]]
    x, t, hidden = np.eye(V)[ids], change.step, []
    for number in range(made.config.num_layers):
        letters = ("h", "c") if made.config.cell == "lstm" else ("h",)
        zero = [np.zeros(HIDDEN) for _ in letters]
        run = layer(made, number, x[: t + 1], zero)
        state = [run[letter][t].copy() for letter in letters]
        if isinstance(change, Wiped):
            state = zero
        elif isinstance(change, Typed) and change.layer == number:
            state[letters.index(change.letter)][change.unit] = change.value
            if change.letter == "c":
                state[0] = run["o"][t] * np.tanh(state[1])
        rest = layer(made, number, x[t + 1 :], state)
        h = [run["h"][s] for s in range(t)] + [state[0]]
        x = np.array(h + [rest["h"][s] for s in range(len(x) - t - 1)])
        hidden.append(x)
    parameters = made.model.parameters
    return hidden, x @ parameters["linear.weight"].T + parameters["linear.bias"]


def changes(name: str) -> list[Change]:
    typed = [Typed(2, 0, 1, 0.75), Typed(4, 0, 3, -2.5), Exchanged(1, 4), Exchanged(5, 0)]
    more = [Typed(2, 0, 2, 1.5, letter="c")] if name == "lstm" else []
    return [Wiped(0), Wiped(3), Wiped(5), *typed, *more]


def check(part: Unrolled, hidden: Any, logits: Any, targets: Any, shown: slice) -> None:
    for found, h in zip(part.layers, hidden, strict=True):
        assert found["h"] == pytest.approx(h[shown], abs=1e-12)
    scores = log_softmax(logits)
    losses = -scores[np.arange(len(targets)), targets]
    assert part.logits == pytest.approx(logits[shown], abs=1e-12)
    assert part.probs == pytest.approx(np.exp(scores[shown]), abs=1e-12)
    assert part.losses == pytest.approx(losses[shown], abs=1e-12)
    assert part.mean_loss == pytest.approx(losses.mean(), abs=1e-12)


@every_cell
@LAYERS
def test_what_follows_is_what_the_equations_make_of_it(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=4)
    ids = made.corpus.ids[: T + 1].astype(int)
    for change in changes(name):
        if isinstance(change, Typed):
            change = replace(change, layer=layers // 2)
        hidden, logits = by_the_equations(made, ids[:T], change)
        for view in ({"steps": T}, {"steps": 3, "first": 2}, {"steps": T, "gates": True}):
            part = looked(made, change, **view)
            shown = slice(part.first, part.first + len(part.inputs))
            check(part, hidden, logits, ids[1:], shown)
            assert part.change == change


@every_cell
def test_without_it_all_is_as_it_was(name: str) -> None:
    made = trainer(name, 2, updates=4)
    usual = looked(made, None, steps=T, gates=True)
    assert (usual.change, usual.unchanged) == (None, None)
    there = looked(made, Wiped(3), steps=T, gates=True)
    was = there.unchanged
    assert was is not None
    for one, other in zip(was.layers, usual.layers, strict=True):
        assert all(np.array_equal(one[key], other[key]) for key in usual.layers[0])
    assert np.array_equal(was.logits, usual.logits)
    for one, other in zip(there.layers, usual.layers, strict=True):
        for key in other:  # what was read before is past
            assert one[key][:3] == pytest.approx(other[key][:3], abs=1e-12)


@every_cell
@LAYERS
def test_wiped_it_reads_on_as_if_the_text_began_there(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=4)
    wiped = looked(made, Wiped(2), reading=Reading("abcadeb"), steps=9)
    anew = looked(made, None, reading=Reading("adeb"), steps=9)
    assert wiped.logits[3:] == pytest.approx(anew.logits, abs=1e-12)
    assert wiped.logits[2] == pytest.approx(made.model.parameters["linear.bias"], abs=1e-15)


def test_gates_of_a_typed_cell_state_are_those_of_before_it() -> None:
    made = trainer("lstm", updates=4)
    part = looked(made, Typed(2, 0, 1, 1.5, letter="c"), steps=T, gates=True)
    was = part.unchanged
    assert was is not None
    (rows,), (before,) = part.layers, was.layers
    assert rows["c"][2, 1] == 1.5
    assert np.array_equal(np.delete(rows["c"][2], 1), np.delete(before["c"][2], 1))
    assert np.array_equal(rows["o"][2], before["o"][2])
    assert rows["h"][2, 1] == pytest.approx(rows["o"][2, 1] * np.tanh(1.5), abs=1e-15)
    assert not np.array_equal(rows["f"][3], before["f"][3])


@pytest.mark.parametrize("name", ["rnn-tanh", "lstm"])
def test_somewhere_in_the_text_what_was_read_before_counts(name: str) -> None:
    made = trainer(name, 2, updates=4)
    ids = made.corpus.ids[: 7 + T].astype(int)
    change = Typed(7 + 3, 1, 2, 0.5)
    hidden, logits = by_the_equations(made, ids, change)
    part = looked(made, replace(change, step=3), reading=Reading(start=7), steps=T)
    for found, h in zip(part.layers, hidden, strict=True):
        assert found["h"] == pytest.approx(h[7:], abs=1e-12)
    assert part.logits == pytest.approx(logits[7:], abs=1e-12)


@windows.every_network
def test_networks_that_look_back_read_another_symbol(network: dict[str, Any]) -> None:
    made = windows.trained(network)
    ids = made.corpus.ids[: T + 1].astype(int)
    run = windows.plain(made, [*ids[:2], 4, *ids[3:T]])
    part = looked(made, Exchanged(2, 4), steps=T)
    logits = np.array([run.y[t] for t in range(T)])
    check(part, [np.array([h[t] for t in range(T)]) for h in run.h], logits, ids[1:], slice(0, T))
    assert part.inputs.tolist() == [*ids[:2], 4, *ids[3:T]]


@windows.every_network
def test_they_carry_nothing_that_could_be_wiped(network: dict[str, Any]) -> None:
    made = windows.trained(network)
    for change in (Wiped(2), Typed(2, 0, 1, 0.5)):
        part = looked(made, change, steps=T)
        assert (part.change, part.unchanged) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        Wiped(T), Wiped(-1), Typed(0, 2, 0, 1.0), Typed(0, 0, HIDDEN, 1.0), Typed(0, -1, 0, 1.0),
        Typed(0, 0, 0, 1.0, letter="c"), Exchanged(0, V), Exchanged(2, -1),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_changed(change: Change) -> None:
    part = looked(trainer("gru", 2, updates=1), change, steps=T)
    assert (part.change, part.unchanged) == (None, None)
