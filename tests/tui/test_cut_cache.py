"""Rich's memory of cut lines, which a picture twelve times a second fills."""

from typing import Any

import pytest
from rich.segment import Segment

from rnn_tui.tui.terminal.cut_cache import MOST, bound_cut_cache


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(Segment, "_split_cells", Segment.__dict__["_split_cells"])
    bound_cut_cache()
    bound_cut_cache()  # a second app in one process
    return Segment._split_cells


def test_pieces_of_many_pictures_are_not_kept(remembered: Any) -> None:
    for number in range(3 * MOST):
        Segment(f"✗ {number}").split_cells(1)  # not every terminal has ✗ in one cell: Rich counts
    assert remembered.cache_info().misses >= 3 * MOST
    assert remembered.cache_info().currsize == MOST


@pytest.mark.parametrize(
    ("text", "cut", "pieces"),
    [
        ("a✗b", 2, ("a✗", "b")),
        ("한글", 2, ("한", "글")),
        ("한글", 3, ("한 ", " ")),
        ("✗", 1, ("✗", "")),
    ],
)
def test_lines_are_cut_as_before(
    remembered: Any, text: str, cut: int, pieces: tuple[str, str]
) -> None:
    left, right = Segment(text).split_cells(cut)
    assert (left.text, right.text) == pieces
    assert remembered.cache_info().currsize > 0
