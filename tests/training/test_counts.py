"""What an update costs, in counts that no other work on the machine can change."""

import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.inputs import IN_CACHE
from rnn_tui.nn.optimizers import make_optimizer

CELLS = {"rnn": 1, "lstm": 4, "gru": 3}
cells = pytest.mark.parametrize("cell", CELLS)
H, V = 24, 30


def model(cell: Any, layers: int = 1) -> CharModel:
    return CharModel(
        V,
        cell=cell,
        activation="tanh",
        hidden_size=H,
        num_layers=layers,
        dtype="float32",
        rng=np.random.default_rng(3),
    )


def updates(m: CharModel, T: int, B: int) -> Callable[[], None]:
    """A function that does one update; its first calls have made all room."""
    ids = np.random.default_rng(0).integers(0, V, (T + 1, B))
    adam, state = make_optimizer("adam", m.flat), m.zero_state(B)

    def update() -> None:
        nonlocal state
        _, state = m.loss_and_grads(ids[:-1], ids[1:], state)
        clip_norm(m.grads_flat, 5.0)
        adam.step(m.flat, m.grads_flat, 1e-3)

    update()
    update()
    return update


def fresh(work: Callable[[], object]) -> int:
    """The most bytes in use at once beyond what was before."""
    tracemalloc.start()
    try:
        work()
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def methods(work: Callable[[], object]) -> Counter[str]:
    """How often which built-in method was called: `dot` of arrays, `copy`, `take`, …"""
    seen: Counter[str] = Counter()

    def note(_: object, event: str, what: Any) -> None:
        if event == "c_call":
            seen[what.__name__] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return seen


@cells
@pytest.mark.parametrize(("T", "B"), [(4, 1), (40, 9), (90, 40)])
def test_an_update_makes_no_sequence_anew(cell: str, T: int, B: int) -> None:
    gates, number = CELLS[cell], 4
    loss = 48 * T * B  # a few numbers for each position
    inputs = 2 * gates * H * V * number  # W_ih + b; and what one step is gathered into
    states = 10 * gates * H * B * number
    few = gates * H * T * B
    inputs += few * number if few <= IN_CACHE else 0
    python = 8_000
    assert fresh(updates(model(cell), T, B)) < loss + inputs + states + python


@cells
def test_reading_holds_a_few_time_steps_however_long_the_window(cell: str) -> None:
    m, B, T = model(cell), 9, 400
    ids = np.random.default_rng(0).integers(0, V, (T + 1, B))
    tracemalloc.start()
    m.mean_loss(ids[:-1], ids[1:], m.zero_state(B))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    gates, number = CELLS[cell], 4
    # h, room for da, logits, indexes; and the lists of what belongs to a time step
    assert kept < (H + gates * H + V + 10) * T * B * number + 600 * T


@cells
def test_memory_does_not_grow_with_updates(cell: str) -> None:
    update = updates(model(cell), 12, 3)
    tracemalloc.start()
    for _ in range(5):
        update()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(400):
        update()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 4000


@cells
@pytest.mark.parametrize("layers", [1, 3])
def test_two_products_for_a_time_step_and_the_state_alone_is_copied(cell: str, layers: int) -> None:
    short, long = (methods(updates(model(cell, layers), T, 5)) for T in (10, 30))
    assert long["dot"] - short["dot"] == 2 * 20 * layers
    # Not more than: output 3 and its bias; loss 2; dW and db of a layer, dx and x of those above;
    # clipping.
    assert short["dot"] - 2 * 10 * layers <= 7 + 6 * layers
    # The state after the window, and the gradient of it.
    assert short["copy"] == long["copy"] == 2 * layers * (2 if cell == "lstm" else 1)
    assert short["take"] == long["take"] == 2


@cells
def test_an_update_of_a_tiny_network_stays_a_few_calls(cell: str) -> None:
    tiny = methods(updates(model(cell), 4, 1))
    assert tiny.total() < 130
    assert not {"astype", "concatenate", "tolist"} & tiny.keys()
