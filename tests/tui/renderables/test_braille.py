import numpy as np
import pytest

from rnn_tui.tui.renderables.braille import braille, columns, connect, spans

NAN = float("nan")


@pytest.mark.parametrize(
    ("dots", "character"),
    [
        ([[1, 0], [0, 0], [0, 0], [0, 0]], "⠁"),
        ([[0, 1], [0, 0], [0, 0], [0, 0]], "⠈"),
        ([[0, 0], [1, 1], [0, 0], [0, 0]], "⠒"),
        ([[0, 0], [0, 0], [1, 0], [0, 1]], "⢄"),
        ([[0, 0], [0, 0], [0, 0], [1, 0]], "⡀"),
        ([[1, 1], [1, 1], [1, 1], [1, 1]], "⣿"),
        ([[0, 0], [0, 0], [0, 0], [0, 0]], " "),
    ],
)
def test_every_dot_has_its_place(dots: list[list[int]], character: str) -> None:
    assert braille(np.array(dots, dtype=bool)).tolist() == [[character]]


def test_cells_keep_their_places() -> None:
    dots = np.zeros((8, 6), dtype=bool)
    dots[0, 5] = dots[7, 0] = True
    assert braille(dots).tolist() == [[" ", " ", "⠈"], ["⡀", " ", " "]]


def test_bins_in_one_column_keep_their_extremes() -> None:
    at = np.array([0.0, 0.01, 0.02, 1.0])
    low, high = np.array([3.0, 1.0, 2.0, 5.0]), np.array([4.0, 6.0, 5.0, 5.0])
    bottom, top = columns(at, low, high, 3)
    assert bottom.tolist() == [1.0, 3.0, 5.0], "the empty one in between lies on a straight line"
    assert top.tolist() == [6.0, 5.5, 5.0]


def test_a_bin_that_is_not_finite_leaves_a_gap() -> None:
    values = np.array([1.0, NAN, 3.0, 4.0])
    bottom, _ = columns(np.array([0.0, 0.4, 0.8, 1.0]), values, values, 11)
    assert np.flatnonzero(np.isnan(bottom)).tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert bottom[9] == 3.5


def test_nothing_at_all_is_nothing_everywhere() -> None:
    nothing = np.zeros(0)
    assert np.isnan(columns(nothing, nothing, nothing, 4)).all()


def test_a_steep_line_has_no_holes() -> None:
    line = np.array([0.0, 1.0, NAN, 0.5])
    low, high = connect(line, line)
    np.testing.assert_array_equal(low, [0.0, 0.5, NAN, 0.5])
    np.testing.assert_array_equal(high, [0.5, 1.0, NAN, 0.5])


def test_spans_fill_from_bottom_to_top() -> None:
    dots = spans(np.array([0.0, 1.0, NAN, 0.4]), np.array([0.0, 1.0, NAN, 1.0]), 6)
    assert dots.astype(int).tolist() == [
        [0, 1, 0, 1],
        [0, 0, 0, 1],
        [0, 0, 0, 1],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
    ]
