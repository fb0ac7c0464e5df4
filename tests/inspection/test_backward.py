"""Every derivative against what the loss does when the thing itself is moved a little."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.trace import Trace
from rnn_tui.nn.loss import log_softmax
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, every_size, tail_loss, trainer
from tests.nn.numerical import numerical_gradient, relative_error


def states(made: Trainer, sequence: int) -> tuple[Any, Any, list[Any]]:
    """Ids, targets and the states before every time step of one sequence."""
    x, y = (a[:, sequence] for a in made.streams.window(made.window_index))
    state: Any = tuple(tuple(p[sequence : sequence + 1].copy() for p in s) for s in made.state)
    found = [state]
    for t in range(len(x)):
        _, state = made.model.forward(x[t : t + 1, None], state)
        found.append(state)
    return x, y, found


@every_cell
@every_size
def test_what_is_handed_on_to_the_past(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=2)
    b = batch - 1
    trace, (x, y, before) = Trace(made, b), states(made, b)
    for t in (0, 3, 5):
        opened = trace.backward(t)
        for layer, there in enumerate(opened.layers):
            for part, handed in enumerate([there.dh_past, there.dc_past][: len(before[0][0])]):
                moved = before[t][layer][part]
                numerical = numerical_gradient(
                    lambda t=t: tail_loss(made.model, x, y, before[t], t), moved
                )
                assert handed is not None
                assert relative_error(handed * trace.x.size, numerical[0]) < 1e-6
            if t < trace.T - 1:
                handed = trace.backward(t + 1).layers[layer].dh_past
                assert there.dh_future == pytest.approx(handed, abs=1e-15)
            assert np.array_equal(there.dh, there.dh_above + there.dh_future)


@every_cell
@every_size
def test_what_a_time_step_adds_to_the_gradients(name: str, layers: int, batch: int) -> None:
    """Move a weight in this one time step only."""
    made = trainer(name, layers, batch, updates=2)
    here = trainer(name, layers, batch)
    here.model.flat[:] = made.model.flat
    trace, t = Trace(made), 2

    def loss() -> float:
        state, total = made.state, 0.0
        for s in range(trace.T):
            model = here.model if s == t else made.model
            logits, state = model.forward(trace.x[s : s + 1], state)
            p = log_softmax(logits[0])
            total -= float(p[np.arange(batch), trace.y[s]].sum())
        return total / trace.x.size

    added = trace.contribution(t)
    assert list(added) != []
    for parameter, array in here.model.parameters.items():
        assert relative_error(added[parameter], numerical_gradient(loss, array, 3e-3)) < 1e-6


@every_cell
def test_through_the_activation(name: str) -> None:
    made = trainer(name, updates=2)
    trace = Trace(made)
    forward, backward = trace.forward(3).layers[0], trace.backward(3).layers[0]
    if name == "rnn-tanh":
        assert backward.da == pytest.approx(backward.dh * (1 - forward.h**2), abs=1e-15)
    if name == "rnn-relu":
        assert backward.da == pytest.approx(backward.dh * (forward.h > 0), abs=1e-15)
    if name == "lstm":
        assert backward.dc is not None
        assert backward.dc_past == pytest.approx(backward.dc * forward.gates["f"], abs=1e-15)
    assert backward.da == pytest.approx(trace.contribution(3)["rnn.bias_l0"], abs=1e-15)


def test_own_error_of_the_output() -> None:
    trace = Trace(trainer("gru", batch=3), sequence=1)
    for t in range(trace.T):
        step, opened = trace.forward(t), trace.backward(t)
        expected = (step.probs - np.eye(5)[step.target]) / 18
        assert opened.dlogits == pytest.approx(expected, abs=1e-15)
        from_output = trace.model.linear.weight.T @ expected
        assert opened.layers[-1].dh_above == pytest.approx(from_output, abs=1e-15)
