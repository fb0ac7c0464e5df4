import numpy as np
import pytest

from rnn_tui.inspection.forward import forward_step
from rnn_tui.inspection.trace import Trace
from tests.inspection.cases import every_cell, every_size, trainer, truth


@every_cell
@every_size
@pytest.mark.parametrize("updates", [0, 3])
def test_every_quantity_equals_the_plain_loops(
    name: str, layers: int, batch: int, updates: int
) -> None:
    made = trainer(name, layers, batch, updates)
    sequence = batch - 1
    expected, trace = truth(made, sequence), Trace(made, sequence)
    x, y = made.streams.window(made.window_index)
    for t in range(trace.T):
        step = trace.forward(t)
        assert (step.input, step.target) == (x[t, sequence], y[t, sequence])
        for layer, there in enumerate(step.layers):
            assert there.h == pytest.approx(expected["h"][layer][t], abs=1e-12)
            if t:
                assert there.h_before == pytest.approx(expected["h"][layer][t - 1], abs=1e-12)
            if there.c is not None:
                assert there.c == pytest.approx(expected["c"][layer][t], abs=1e-12)
        assert step.logits == pytest.approx(expected["logits"][t], abs=1e-12)
        assert step.probs == pytest.approx(expected["probs"][t], abs=1e-12)
        assert step.loss == pytest.approx(expected["losses"][t], abs=1e-12)
    assert trace.losses == pytest.approx(expected["losses"], abs=1e-12)


@every_cell
@every_size
def test_the_terms_add_up_to_what_the_cell_has(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=2)
    for t in range(6):
        for there, cell in zip(Trace(made).forward(t).layers, made.model.stack.cells, strict=True):
            b, H = cell.parameters["bias"], cell.hidden_size
            a = there.from_input + there.from_past + b
            if name == "gru":
                r = 1 / (1 + np.exp(-a[:H]))
                a[2 * H :] = there.from_input[2 * H :] + b[2 * H :] + r * there.from_past[2 * H :]
            assert there.a == pytest.approx(a, abs=1e-12)
            if name == "rnn-tanh":
                assert np.tanh(a) == pytest.approx(there.h, abs=1e-12)
            elif name == "rnn-relu":
                assert np.maximum(a, 0) == pytest.approx(there.h, abs=1e-12)
            for gate, part in zip(there.gates, np.split(a, max(len(there.gates), 1)), strict=False):
                value = np.tanh(part) if gate in "gn" else 1 / (1 + np.exp(-part))
                assert there.gates[gate] == pytest.approx(value, abs=1e-12)


@every_cell
def test_gates_make_the_state(name: str) -> None:
    for t in range(6):
        there = Trace(trainer(name, updates=2)).forward(t).layers[0]
        g = there.gates
        if name == "lstm":
            assert list(g) == ["i", "f", "g", "o"]
            assert there.c == pytest.approx(g["f"] * there.c_before + g["i"] * g["g"], abs=1e-12)
            assert there.h == pytest.approx(g["o"] * np.tanh(there.c), abs=1e-12)
        elif name == "gru":
            assert list(g) == ["r", "z", "n"]
            h = (1 - g["z"]) * g["n"] + g["z"] * there.h_before
            assert there.h == pytest.approx(h, abs=1e-12)
        else:
            assert (g, there.c) == ({}, None)


def test_text_without_a_next_character_has_no_loss() -> None:
    made = trainer("lstm")
    ids = np.array([2, 0, 1])
    state = made.model.zero_state(1)
    for id, target in ((2, 0), (0, 1), (1, None)):
        step, state = forward_step(made.model, id, target, state)
        assert step.target == target
        assert np.isnan(step.loss) == (target is None)
    logits, _ = made.model.forward(ids[:, None], made.model.zero_state(1))
    assert step.logits == pytest.approx(logits[-1, 0], abs=1e-12)
