"""What cells and optimizers say of themselves is what they do."""

import math
import re
from typing import Any, get_args

import numpy as np
import pytest

from rnn_tui.inspection.backward import backward_step, run_step
from rnn_tui.inspection.forward import forward_step
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cells import ACTIVATIONS, CELLS, activation_of, title
from rnn_tui.nn.equations import Equation, on
from rnn_tui.nn.names import Activation, CellName, OptimizerName
from rnn_tui.nn.optimizers import OPTIMIZERS, make_optimizer

V, H, LAYERS = 7, 5, 2
FUNCTIONS = {"σ": lambda a: 1 / (1 + np.exp(-a)), "tanh": np.tanh}


def model(cell: CellName, activation: Activation = "tanh") -> CharModel:
    rng = np.random.default_rng(3)
    return CharModel(
        V, cell=cell, activation=activation, hidden_size=H, num_layers=LAYERS,
        dtype="float64", rng=rng,
    )  # fmt: skip


def test_every_name_has_a_description() -> None:
    assert set(CELLS) == set(get_args(CellName))
    assert set(OPTIMIZERS) == set(get_args(OptimizerName))
    assert set(ACTIVATIONS) == set(get_args(Activation))


@pytest.mark.parametrize("name", CELLS)
def test_sizes(name: CellName) -> None:
    spec, made = CELLS[name], model(name)
    for number, cell in enumerate(made.stack.cells):
        assert cell.parameters["weight_hh"].shape == (spec.blocks * H, H), number
        assert len(cell.zero_state(2)) == len(spec.state)
        assert set(cell.parameters) == {"weight_ih", "weight_hh", "bias", *spec.biases}
        assert all(cell.parameters[bias].shape == (H,) for bias in spec.biases)
    assert sorted(spec.onnx) in ([], list(range(spec.blocks)))


@pytest.mark.parametrize("name", CELLS)
def test_gates_are_their_functions_of_what_is_added_up(name: CellName) -> None:
    made = model(name)
    state = made.zero_state(1)
    for id in (4, 0, 6):  # from the second step on there is a past
        step, state = forward_step(made, id, None, state)
        for layer in step.layers:
            assert list(layer.gates) == list(made.spec.letters)
            for gate, a in zip(made.spec.gates, np.split(layer.a, made.spec.blocks), strict=False):
                np.testing.assert_allclose(layer.gates[gate.letter], FUNCTIONS[gate.function](a))
            remembered = {"h": layer.h, "c": layer.c}
            assert all(remembered[letter] is not None for letter in made.spec.state)


@pytest.mark.parametrize("name", [name for name, spec in CELLS.items() if spec.keeps])
def test_the_gate_that_keeps_all_keeps_all(name: CellName) -> None:
    """Open as far as it goes, what was remembered is still there, but for what is written."""
    made = model(name)
    spec, cell = made.spec, made.stack.cells[0]
    place = spec.letters.index(spec.keeps)
    cell.parameters["bias"][place * H : (place + 1) * H] = 800.0
    if name == "lstm":
        cell.parameters["bias"][:H] = -800.0  # what is written is another gate's business
    state = tuple(np.full((1, H), 0.1 * n + 0.3) for n, _ in enumerate(spec.state))
    _, after, _ = cell.forward(np.array([[4], [0]]), state)
    np.testing.assert_allclose(after[-1], state[-1], rtol=1e-12)


@pytest.mark.parametrize("name", CELLS)
def test_what_is_remembered_is_what_the_equations_make_of_it(name: CellName) -> None:
    made = model(name)
    state = made.zero_state(1)
    for id in (4, 0, 6):
        step, state = forward_step(made, id, None, state)
        for layer in step.layers:
            scope: dict[str, Any] = {"tanh": np.tanh, "A": layer.a, "hp": layer.h_before}
            scope |= layer.gates | {"cp": layer.c_before}
            for one in on(made.spec.forward, t="", p="p", f="tanh", total="A", read=""):
                code = one.letters.replace("⊙", "*").replace("−", "-")
                scope[one.left] = eval(code, scope)
            np.testing.assert_allclose(layer.h, scope["h"])
            assert (made.spec.shown is None) == (layer.c is None)
            if made.spec.shown and layer.c is not None:
                np.testing.assert_allclose(made.spec.shown(layer.c, layer.gates), layer.h)


@pytest.mark.parametrize("name", CELLS)
def test_the_way_back_is_what_the_equations_say(name: CellName) -> None:
    made = model(name)
    state, x, y = made.zero_state(1), np.array([[4], [0]]), np.array([[0], [6]])
    _, state = made.forward(x[:1], state)
    forward, after = forward_step(made, 0, 6, state)
    future = tuple(tuple(np.full_like(part, 0.3) for part in layer) for layer in after)
    one = run_step(made, x[1], y[1], state, future, 2)
    shown = backward_step(forward, one, future)
    for number, (there, back) in enumerate(zip(forward.layers, shown.layers, strict=True)):
        np.testing.assert_allclose(back.dh, back.dh_above + back.dh_future)
        scope: dict[str, Any] = {"tanh": np.tanh, "h": there.h, "hp": there.h_before, "c": there.c}
        scope |= there.gates | {"dh": back.dh, "da": back.da, "future": back.dc_future}
        scope["da_"] = back.da.copy()
        if made.spec.da_past != "da$t":  # n's times r, as the words say
            scope["da_"][-H:] *= there.gates["r"]
        W_hh = made.stack.cells[number].parameters["weight_hh"]
        handed = {"to hp": back.dh_past, "to cp": back.dc_past, "da": back.da, "dc": back.dc}
        letters = {"t": "", "p": "p", "passes": "", "slope": ACTIVATIONS["tanh"].slope}
        letters["slope"] = on([Equation(letters["slope"])], t="")[0].left
        for equation in on((*made.spec.through, *made.spec.past), **letters):
            code = equation.letters.replace("from the future", "future").replace("⊙", "*")
            code = code.replace("tanh²c", "tanh(c)**2").replace("h²", "h**2").replace("−", "-")
            code = re.sub("W_hhᵀ (da)(′?)", lambda m: f"W.T @ {'da_' if m[2] else 'da'}", code)
            if not code.startswith("through"):
                told = eval(code, scope | {"W": W_hh, "dc": back.dc})
                np.testing.assert_allclose(told, handed[equation.left], rtol=1e-9)
        da = scope["da_"] if made.spec.da_past != "da$t" else back.da
        np.testing.assert_allclose(
            np.outer(da, there.h_before), one.grads[f"rnn.weight_hh_l{number}"], rtol=1e-9
        )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_slopes_and_numpy_code(activation: Activation) -> None:
    spec, scope = ACTIVATIONS[activation], {"np": np}
    assert activation_of("rnn", activation) is spec
    assert title("rnn", activation) == f"{activation} RNN"
    for a in (-0.7, 0.4):
        h = eval(spec.numpy, scope | {"a": a})
        around = [eval(spec.numpy, scope | {"a": a + step}) for step in (-1e-6, 1e-6)]
        code = on([Equation(spec.slope)], t="")[0].left.replace("−", "-").replace("h²", "h**2")
        told = float(np.ravel(eval(code, {"h": h}))[0])
        assert math.isclose(told, (around[1] - around[0]) / 2e-6, rel_tol=1e-6, abs_tol=1e-9)


def test_what_is_said_of_an_activation_without_a_choice() -> None:
    assert activation_of("lstm", "relu") is None
    assert title("lstm", "relu") == "LSTM"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_an_optimizer_remembers(name: OptimizerName) -> None:
    spec, theta = OPTIMIZERS[name], np.array([0.5, -0.25])
    optimizer = make_optimizer(name, theta)
    assert tuple(optimizer.slots) == spec.slots
    assert spec.torch is None or set(spec.torch.slots.values()) == set(spec.slots)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_update_is_what_its_equations_say(name: OptimizerName) -> None:
    spec, theta, rate, epsilon = OPTIMIZERS[name], np.array([0.5]), 0.1, 1e-8
    optimizer = make_optimizer(name, theta)
    scope: dict[str, float] = dict.fromkeys("vsm", 0.0) | {"θ": 0.5, "η": rate, "ε": epsilon}
    for t, g in enumerate((0.3, -0.7, 0.2), start=1):
        optimizer.step(theta, np.array([g]), rate)
        scope |= {"g": g, "t": t}
        for one in (*on(spec.terms, kept="0.99", new="0.01"), Equation("θ", spec.update)):
            scope[one.left.replace("′", "_")] = float(eval(python(one.letters), {}, scope))
        assert math.isclose(theta[0], scope["θ"], rel_tol=1e-6)


def python(letters: str) -> str:
    """A term in letters as Python: 0.9 v is 0.9 * v, √s is s ** 0.5."""
    code = letters.replace("−", "-").replace("′", "_").replace("²", "**2").replace("^", "**")
    code = re.sub(r"√(\w+)", r"\1**0.5", code)
    return re.sub(r"(?<=[\w.]) (?=[\w(])", " * ", code)
