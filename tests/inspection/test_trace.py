import itertools
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.microsteps import (
    MicroStep,
    micro_steps,
    next_time_step,
    previous_time_step,
)
from rnn_tui.inspection.trace import Trace
from rnn_tui.models.equations.place import Place
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.equations import index
from rnn_tui.training.dropout import masks_of
from rnn_tui.training.trainer import TrainerState
from tests.inspection.cases import every_cell, every_size, trainer


def same(one: TrainerState, other: TrainerState) -> bool:
    def bits(state: TrainerState) -> Any:
        return [np.asarray(leaf).tobytes() for leaf in leaves(asdict(state))]

    return bool(bits(one) == bits(other))


def leaves(tree: Any) -> list[Any]:
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in leaves(value)]
    if isinstance(tree, tuple):
        return [leaf for value in tree for leaf in leaves(value)]
    return [tree]


def test_hello_has_nineteen_micro_steps() -> None:
    steps = micro_steps(4, 1)
    assert len(steps) == 19
    assert steps[:3] == (
        MicroStep("forward", 0, 0),
        MicroStep("forward", 0),
        MicroStep("forward", 1, 0),
    )
    assert steps[8:11] == (MicroStep("loss"), MicroStep("backward", 3), MicroStep("backward", 3, 0))
    assert steps[-2:] == (MicroStep("clip"), MicroStep("update"))


def test_layers_go_up_forward_and_down_backward() -> None:
    steps = micro_steps(2, 3)
    assert len(steps) == 2 * 2 * 4 + 3 == len(set(steps))
    assert [s.layer for s in steps[:4]] == [0, 1, 2, None]
    assert [s.layer for s in steps[9:13]] == [None, 2, 1, 0]


def test_jumps_end_where_a_time_step_ends() -> None:
    steps = micro_steps(3, 1)
    places, back = [0], [15]
    while places[-1] < len(steps):
        places.append(next_time_step(steps, places[-1]))
    while back[-1]:
        back.append(previous_time_step(steps, back[-1]))
    assert places == [0, 2, 4, 6, 7, 9, 11, 13, 14, 15] == back[::-1]
    assert (next_time_step(steps, 3), previous_time_step(steps, 3)) == (4, 2)


@every_cell
@every_size
@pytest.mark.parametrize(
    ("dtype", "decay", "dropout"),
    [("float32", 0.0, 0.0), ("float64", 0.0, 0.5), ("float32", 0.3, 0.2)],
)
def test_the_update_is_the_trainers_bit_for_bit(
    name: str, layers: int, batch: int, dtype: str, decay: float, dropout: float
) -> None:
    settings: Any = {"dtype": dtype, "weight_decay": decay, "dropout": dropout}
    made = trainer(name, layers, batch, updates=5, **settings)
    before = made.capture()
    trace = Trace(made)
    for t in range(trace.T):
        trace.forward(t), trace.backward(t)
    assert same(made.capture(), before)
    assert same(trace.before, before)
    report = made.step()
    assert same(trace.after, made.capture())
    assert (trace.report.loss, trace.report.grad_norm) == (report.loss, report.grad_norm)


@every_cell
@every_size
@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_gradients_fill_up_to_the_whole(name: str, layers: int, batch: int, dropout: float) -> None:
    trace = Trace(trainer(name, layers, batch, updates=2, dropout=dropout))
    grown = trace.total(0)
    assert not any(array.any() for array in grown.values())
    for done, step in enumerate(trace.steps, start=1):
        total, added = trace.total(done), trace.added(step)
        for parameter in total:
            expected = grown[parameter] + added.get(parameter, 0)
            assert np.array_equal(total[parameter], expected), (done, parameter)
        grown = total
    for parameter, grad in trace.named(trace.raw_grads).items():
        assert grown[parameter] == pytest.approx(grad, abs=1e-14)


def test_totals_are_the_same_on_the_way_back() -> None:
    trace = Trace(trainer("lstm", 2, 3, dtype="float32"))
    there = [trace.total(done) for done in range(len(trace.steps) + 1)]
    for done in reversed(range(len(there))):
        for name, array in trace.total(done).items():
            assert array.tobytes() == there[done][name].tobytes()


@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_losses_of_all_sequences_make_the_loss(dropout: float) -> None:
    made = trainer("gru", layers=2, batch=3, updates=1, dropout=dropout)
    losses = [Trace(made, sequence).losses for sequence in range(3)]
    assert np.mean(losses) == pytest.approx(Trace(made).loss, abs=1e-12)


def test_clipping_by_norm() -> None:
    made = trainer("rnn-tanh", batch=3)
    free = Trace(made).clipping
    assert (free.factor, free.max_norm, free.norm) == (1.0, 5.0, free.norm_after)
    made.config = replace(made.config, clip_norm=free.norm / 4)
    cut = Trace(made).clipping
    assert cut.norm == free.norm
    assert cut.norm_after == pytest.approx(free.norm / 4, rel=1e-5)
    assert cut.factor == pytest.approx(0.25, rel=1e-5)


def test_clipping_by_value() -> None:
    made = trainer("rnn-tanh", clip_norm=None, clip_value=0.02)
    trace = Trace(made)
    assert trace.clipping.cut == int((np.abs(trace.raw_grads) > 0.02).sum()) > 0
    assert np.abs(trace.grads).max() == 0.02
    assert trace.clipping.factor == 1.0


def test_a_last_shorter_window_and_a_fresh_state() -> None:
    made = trainer("lstm", batch=3, updates=3)
    assert Trace(made).T == 3
    made.step()
    trace = Trace(made)
    assert made.window_index == 0
    assert not trace.forward(0).layers[0].h_before.any()


@every_cell
def test_what_dropout_leaves_out_is_shown_and_told_on_both_ways(name: str) -> None:
    made = trainer(name, layers=3, batch=2, updates=3, dropout=0.4)
    trace = Trace(made, sequence=1)
    window, spec = trace.window, spec_of(made.config)
    masks = masks_of(made.config, 3, trace.x.shape)
    for t, layer in itertools.product(range(trace.T), range(3)):
        at = Place(layer, t, trace.T, lambda s: "?")
        there, forward = window.forward_terms(layer, t), spec.forward_equations(made.config, at)
        back, backward = window.backward_terms(layer, t), spec.backward_equations(made.config, at)
        assert (forward[0].filled == ("{mask}",)) == ("mask" in there) == (layer > 0)
        assert (backward[0].filled == ("{mask}",)) == ("mask" in back) == (layer < 2)
        W_ih = trace.model.parameters[f"rnn.weight_ih_l{layer}"]
        if layer > 0:
            assert np.array_equal(there["mask"], masks[layer - 1][t, 1])
            below = there["mask"] * window.forward_terms(layer - 1, t)["h"]
            np.testing.assert_allclose(W_ih @ below, there["from_input"], atol=1e-14)
            assert any(f"(m{index(t)} ⊙ h′{index(t)})" in one.letters for one in forward)
        if layer < 2:
            above, up = window.backward_terms(layer + 1, t), f"rnn.weight_ih_l{layer + 1}"
            through = back["mask"] * (trace.model.parameters[up].T @ above["da"])
            np.testing.assert_allclose(through, back["dh_above"], atol=1e-16)
