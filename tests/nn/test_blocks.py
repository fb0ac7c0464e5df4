"""Long sequences go through the backward pass in blocks; nobody can tell from the result."""

import numpy as np
import pytest

from rnn_tui.nn import blocks, inputs
from tests.nn.cases import NAMES, assert_same, make, run, sequence, truth


def test_blocks_cover_the_sequence_from_its_end() -> None:
    columns = np.zeros((7, 6, 2))
    made = blocks.make_blocks(7, 2, 3, columns, np.float64)
    assert [(b.steps.start, b.steps.stop) for b in made] == [(0, 7)]


def test_large_steps_make_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "IN_CACHE", 3 * 12)
    made = blocks.make_blocks(7, 2, 3, np.zeros((7, 6, 2)), np.float64)
    assert [(b.steps.start, b.steps.stop) for b in made] == [(6, 7), (3, 6), (0, 3)]
    assert [list(b.backward) for b in made] == [[0], [2, 1, 0], [2, 1, 0]]
    assert all(np.shares_memory(b.da, made[-1].da) for b in made)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("numbers", [1, 60])
@pytest.mark.parametrize("ids", [False, True])
def test_blocks_change_nothing(
    name: str, numbers: int, ids: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "IN_CACHE", numbers)
    monkeypatch.setattr(inputs, "IN_CACHE", numbers)
    cell = make(name, 5, 4)
    s = sequence(cell, 7, 3)
    chosen = np.random.default_rng(0).integers(0, 5, (7, 3))
    s.x = np.eye(5)[chosen] if ids else s.x
    expected = truth(name, cell, s)
    if ids:
        s.x, expected["dx"] = chosen, None
    answer = run(cell, s)
    if ids:
        assert answer.pop("dx") is expected.pop("dx")
    assert_same(answer, expected, 1e-12)
