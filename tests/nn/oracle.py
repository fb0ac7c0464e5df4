"""The plain equations as the truth that cells are held to: one sequence, or a batch of them."""

from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.nn import plain

Array = npt.NDArray[Any]
Arrays = dict[str, Array]
Answer = dict[str, Any]
CELLS = {
    "rnn": (plain.rnn, plain.rnn_backward),
    "lstm": (plain.lstm, plain.lstm_backward),
    "gru": (plain.gru, plain.gru_backward),
}


def one(
    name: str,
    p: Arrays,
    x: Array,
    state: tuple[Array, ...],
    dh: Array,
    dstate: tuple[Array, ...],
) -> Answer:
    """One sequence through a cell and back; "open" has what was found on the way."""
    forward, backward = CELLS[name.partition("-")[0]]
    options = {"relu": True} if name == "rnn-relu" else {}
    steps: Any = forward(p, x, *state, **options)  # type: ignore[operator]
    found: Any = backward(p, x, steps, dh, dstate, **options)  # type: ignore[operator]
    last = len(x) - 1
    return {
        "h": np.array([steps["h"][t] for t in range(len(x))]),
        "state": tuple(steps[part][last] for part in ("h", "c") if part in steps),
        "dx": found.x,
        "dstate": found.state,
        "grads": found.parameters,
        "open": steps | found.steps,
    }


def batch(
    name: str,
    p: Arrays,
    x: Array,
    state: tuple[Array, ...],
    dh: Array,
    dstate: tuple[Array, ...],
) -> Answer:
    """Run every sequence of a batch by itself; weights' gradients add up."""
    p, x, dh = {key: p[key].astype(np.float64) for key in p}, x.astype(np.float64), np.float64(dh)
    columns = [
        one(
            name,
            p,
            x[:, b],
            tuple(s[b].astype(np.float64) for s in state),
            dh[:, b],
            tuple(s[b].astype(np.float64) for s in dstate),
        )
        for b in range(x.shape[1])
    ]
    return {
        "h": np.stack([c["h"] for c in columns], axis=1),
        "state": tuple(np.stack(s) for s in zip(*(c["state"] for c in columns), strict=True)),
        "dx": np.stack([c["dx"] for c in columns], axis=1),
        "dstate": tuple(np.stack(s) for s in zip(*(c["dstate"] for c in columns), strict=True)),
        "grads": {key: sum(c["grads"][key] for c in columns) for key in p},
    }
