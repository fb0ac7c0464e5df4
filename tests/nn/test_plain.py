"""The plain equations against slopes by differences, and the article's example by hand."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.nn import plain
from tests.nn import oracle
from tests.nn.cases import NAMES, make
from tests.nn.numerical import check


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("T", "inputs", "H"), [(4, 3, 5), (1, 2, 3)])
def test_gradients_equal_numerical_ones(name: str, T: int, inputs: int, H: int) -> None:
    rng = np.random.default_rng(4)
    p = make(name, inputs, H).parameters
    x, dh = rng.normal(size=(T, inputs)), rng.normal(size=(T, H))
    state, dstate = (
        tuple(rng.normal(size=H) for _ in range(2 if name == "lstm" else 1)) for _ in range(2)
    )

    def run() -> Any:
        return oracle.one(name, p, x, state, dh, dstate)

    def loss() -> float:
        answer = run()
        last = zip(answer["state"], dstate, strict=True)
        return float((answer["h"] * dh).sum() + sum((a * d).sum() for a, d in last))

    answer = run()
    values = p | {"x": x} | {f"state{k}": array for k, array in enumerate(state)}
    before = {f"state{k}": array for k, array in enumerate(answer["dstate"])}
    assert check(loss, values, answer["grads"] | {"x": answer["dx"]} | before) < 1e-6


def test_the_gradient_of_the_logits_equals_a_numerical_one() -> None:
    rng = np.random.default_rng(5)
    W, b, h, targets = (
        *map(rng.normal, [0, 0, 0], [1, 1, 1], [(4, 3), 4, (5, 3)]),
        [1, 2, 2, 3, 0],
    )
    steps = plain.output(W, b, h, np.array(targets))
    dy = np.array([*steps["dy"].values()])

    def loss() -> float:
        return float(sum(plain.output(W, b, h, np.array(targets))["loss"].values()))

    assert check(loss, {"W": W, "b": b}, {"W": dy.T @ h, "b": dy.sum(axis=0)}) < 1e-6
    assert sum(steps["p"][0]) == pytest.approx(1, abs=1e-15)


def test_two_time_steps_by_hand() -> None:
    p = {
        "weight_ih": np.array([[0.5, -1.0]]),
        "weight_hh": np.array([[2.0]]),
        "bias": np.array([0.25]),
    }
    h = plain.rnn(p, np.eye(2), np.zeros(1))["h"]
    assert h[0] == pytest.approx(np.tanh(0.5 + 0.25))
    assert h[1] == pytest.approx(np.tanh(-1.0 + 2 * np.tanh(0.75) + 0.25))
