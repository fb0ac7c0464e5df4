"""The lines of docs/bptt.md are run, and give what the cells, the loss, clip and Adam give."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.optim import Adam
from rnn_tui.nn.plain import sigmoid
from tests.nn.cases import assert_same, make, run, sequence

PAGE = (Path(__file__).parents[2] / "docs" / "bptt.md").read_text(encoding="utf-8")
T, INPUTS, H, V = 4, 3, 5, 6


def blocks(heading: str) -> list[str]:
    """The code under a heading."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def parameters(name: str, p: dict[str, Any]) -> dict[str, Any]:
    """Under the page's names: W_ih, W_hh, b, and W_ii, W_hi, b_i, … of every gate."""
    named = {
        "W_ih": p["weight_ih"],
        "W_hh": p["weight_hh"],
        "b": p["bias"],
        "b_hn": p.get("bias_hn"),
    }
    for of, all_of_it in (("W_i", "weight_ih"), ("W_h", "weight_hh"), ("b_", "bias")):
        gates = CELLS[name].letters if name in CELLS else ""
        parts = np.split(p[all_of_it], len(gates)) if gates else ()
        named |= {f"{of}{gate}": part for gate, part in zip(gates, parts, strict=True)}
    return named


@pytest.mark.parametrize(
    ("name", "heading"),
    [("rnn-tanh", "The vanilla RNN"), ("lstm", "The LSTM"), ("gru", "The GRU")],
)
def test_a_cell(name: str, heading: str) -> None:
    cell = make(name, INPUTS, H)
    s = sequence(cell, T, 1)
    by_step: dict[str, Any] = {key: {} for key in (*"aifgornmzhc", "da", "dm", "dc")}
    scope = parameters(name, cell.parameters) | by_step
    scope |= {"np": np, "sigmoid": sigmoid, "T": T, "x": s.x[:, 0], "dh": s.dh[:, 0]}
    for key, before, after in zip("hc", s.state, s.dstate, strict=False):
        scope[key] = {-1: before[0]}
        scope[f"d{key}_next"] = {T - 1: after[0]}
    for block in blocks(heading):
        exec(block, scope)
    if "dW_hh" not in scope:  # told once, for the first cell
        exec(blocks("The vanilla RNN")[2], scope)
        if name == "gru":
            scope["dW_hh"] = sum(np.outer(scope["dm"][t], scope["h"][t - 1]) for t in range(T))
    expected = run(cell, s)
    found = {
        "h": np.array([[scope["h"][t]] for t in range(T)]),
        "dstate": tuple(scope[f"d{key}_next"][-1][None] for key in "hc"[: len(s.state)]),
        "grads": {"weight_ih": scope["dW_ih"], "weight_hh": scope["dW_hh"], "bias": scope["db"]},
    }
    expected["grads"].pop("bias_hn", None)
    assert_same(found, {key: expected[key] for key in found}, 1e-12)


def test_output_and_loss() -> None:
    rng = np.random.default_rng(6)
    scope: dict[str, Any] = {key: {} for key in ("y", "p", "loss", "dy")}
    scope |= {"np": np, "T": T, "V": V, "target": rng.integers(0, V, T), "b": rng.normal(size=V)}
    scope |= {"W": rng.normal(size=(V, H)), "h": rng.normal(size=(T, H))}
    (block,) = blocks("Output and loss")
    exec(block, scope)
    columns = np.array([scope["y"][t] for t in range(T)]).T.copy()
    loss = cross_entropy_columns(columns, scope["target"][:, None])
    assert np.mean([scope["loss"][t] for t in range(T)]) == pytest.approx(loss, rel=1e-12)
    dy = np.array([scope["dy"][t] for t in range(T)]).T / T
    assert dy == pytest.approx(columns, abs=1e-15)


@pytest.mark.parametrize("max_norm", [0.5, 50.0])
def test_clipping(max_norm: float) -> None:
    g = np.random.default_rng(7).normal(size=30)
    scope: dict[str, Any] = {"np": np, "g": g.copy(), "max_norm": max_norm}
    exec(blocks("Clipping")[0], scope)
    norm = clip_norm(g, max_norm)
    assert scope["norm"] == pytest.approx(norm, rel=1e-12)
    assert scope["g"] == pytest.approx(g, rel=1e-12)


def test_adam() -> None:
    rng = np.random.default_rng(8)
    theta = rng.normal(size=20)
    scope: dict[str, Any] = {"np": np, "theta": theta.copy(), "eta": 0.03, "m": 0.0, "v": 0.0}
    optimizer = Adam(theta)
    for t in (1, 2, 3):
        scope |= {"t": t, "g": rng.normal(size=20)}
        exec(blocks("Adam")[0], scope)
        optimizer.step(theta, scope["g"].copy(), 0.03)
    assert scope["theta"] == pytest.approx(theta, rel=1e-12)
