"""What networks without a hidden state say that a layer computes is what it computes."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.trace import Trace
from rnn_tui.models.equations.looking_back import groups
from rnn_tui.models.equations.place import Place
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cells import ACTIVATIONS
from rnn_tui.nn.equations import Equation, index, on, raised
from rnn_tui.nn.names import Activation
from tests.inspection.windows import every_window, windowed

FIELD = re.compile(r"\{(\w+)\}")


def names(equations: list[Equation]) -> set[str]:
    return {name for one in equations for text in one.filled for name in FIELD.findall(text)}


@every_window
def test_forward_and_back(name: str) -> None:
    made = windowed(name, batch=3, updates=2)
    config, trace = made.config, Trace(made)
    spec, window, taps = spec_of(config), trace.window, spec_of(config).taps(config)
    model: Any = trace.model
    for t in range(trace.T):
        there = trace.backward(t)
        for layer in range(config.num_layers):
            at = Place(layer, t, trace.T, lambda s: "?")
            forward, terms = spec.forward_equations(config, at), window.forward_terms(layer, t)
            assert names(forward) <= set(terms)
            *added, total, result = forward
            a = sum(terms[FIELD.findall(one.filled[0])[0]] for one in added)
            np.testing.assert_allclose(a, terms["a"], rtol=1e-9, atol=1e-12)
            here, below = raised(layer + 1) + index(t), raised(layer) + index(t)
            assert (total.left, result.left) == (f"a{here}", f"h{here}")
            code = result.letters.replace(f"a{here}", "A").replace(f"h{below}", "B")
            scope = {"tanh": np.tanh, "relu": lambda x: np.maximum(x, 0), "A": a}
            told = eval(code, scope | {"B": terms.get("below")})
            np.testing.assert_allclose(told, terms["h"], rtol=1e-9, atol=1e-12)

            back, terms = spec.backward_equations(config, at), window.backward_terms(layer, t)
            grown = {"grown", "total", "grown_b", "total_b"}
            assert names(back) <= {*terms, *grown}
            down, through = back[:2]
            code = through.letters.replace(f"dh{here}", "dh").replace(f"a{here}", "A")
            code = code.replace("⊙", "*").replace("−", "-").replace("tanh² A", "tanh(A)**2")
            told = np.ravel(eval(code, scope | {"dh": terms["dh"]}))  # [a > 0] reads as a list
            np.testing.assert_allclose(told, terms["da"], rtol=1e-9, atol=1e-12)
            if layer == config.num_layers - 1:
                assert down.letters == f"W_hyᵀ dy{index(t)}"
                expected = model.linear.weight.T @ there.dlogits
            else:
                found = re.search(r"of steps? ([\d, ]+)$", down.letters)
                steps = [int(step) - 1 for step in found[1].split(", ")] if found else [t]
                W = model.by_tap(layer + 1, model.layers[layer + 1].weight)
                above = [trace.backward(s).layers[layer + 1].da for s in steps]
                used = [W[taps[layer + 1].index(s - t)].T for s in steps]
                expected = sum(w @ da for w, da in zip(used, above, strict=True))
                if down.letters.startswith("dh"):
                    expected = expected + there.layers[layer + 1].dh
            np.testing.assert_allclose(expected, terms["dh"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("taps", range(1, 13))
def test_every_tap_is_in_one_line(taps: int) -> None:
    lines = groups(taps)
    assert [tap for line in lines for tap in range(taps)[line]] == list(range(taps))
    assert len(lines) == min(taps, 3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_slopes_by_the_sum(activation: Activation) -> None:
    spec, scope = ACTIVATIONS[activation], {"np": np, "tanh": np.tanh}
    code = on([Equation(spec.slope_of_sum)], a="a")[0].left
    code = code.replace("−", "-").replace("tanh² a", "tanh(a)**2")
    for a in (-0.7, 0.4):
        around = [eval(spec.numpy, scope | {"a": a + step}) for step in (-1e-6, 1e-6)]
        told = float(np.ravel(eval(code, scope | {"a": a}))[0])
        assert told == pytest.approx((around[1] - around[0]) / 2e-6, abs=1e-6)
