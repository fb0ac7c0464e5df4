"""The triangle and the bars as text."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.protocol.curves import Curves
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.tui.renderables.flow import EIGHTHS, LEFT, SHADES, draw, shares, visible_steps
from rnn_tui.tui.theme.palette import Palette

NOTHING = Curves(*[np.empty(0)] * 6)


def part(T: int, factor: float = 0.1, **changes: Any) -> Gradients:
    t, k = np.indices((T, T))
    h = np.where(k <= t, factor ** np.maximum(t - k, 0.0), np.nan)[None]
    ids = np.arange(T) % 4
    made = Gradients((), ids, (ids + 1) % 4, h, None, h[0], ("",), (), "", 5.0, NOTHING)
    return replace(made, **changes)


def lines(
    made: Gradients, chosen: int = 99, width: int = 60, height: int = 30, symbols: str = "helo"
) -> list[str]:
    strips = draw(made, made.h[0], symbols, chosen, width, height, Palette())
    assert [one.cell_length for one in strips] == [width] * height
    return [one.text.rstrip() for one in strips]


def test_every_cell_has_its_shade() -> None:
    made = part(10)
    shown = lines(made, width=LEFT + 1 + 10, height=25)
    for t in range(10):
        for k in range(t + 1):
            share = float(shares(made.h[0])[t, k])
            assert shown[1 + t].ljust(99)[LEFT + k] == SHADES[int(np.ceil(share * 4))]
        assert not shown[1 + t][LEFT + t + 1 :].strip()


def test_bars_are_as_high_as_the_logarithm() -> None:
    """A factor of ten a step: on four decades, a quarter of the height less with every step."""
    shown = lines(part(4), width=LEFT + 1 + 4, height=18)
    start = next(y for y, text in enumerate(shown) if "│" in text or "┤" in text)
    rows = [text for text in shown[start:] if text[LEFT - 1 : LEFT] in ("│", "┤")]
    columns = ["".join(row.ljust(99)[LEFT + k] for row in rows) for k in range(4)]
    eighths = [sum(EIGHTHS.index(c) for c in column) for column in columns]
    whole = 8 * len(rows)
    assert eighths == [round(whole * share) for share in (0.25, 0.5, 0.75, 1.0)]


def test_the_chosen_row() -> None:
    shown = lines(part(4), chosen=1)
    assert [text[0] for text in shown if text.startswith("▸")] == ["▸"]
    assert next(text for text in shown if text.startswith("▸")).split()[1] == "2"


def test_no_more_steps_than_fit() -> None:
    """As many as have a row, and twenty in any case; no more than the width has."""
    assert [visible_steps(60, height, "helo") for height in (35, 30)] == [24, 20]
    assert visible_steps(LEFT + 1 + 7, 30, "helo") == 7
    assert "24 " in "\n".join(lines(part(40), height=35))
    assert " 25 " not in "\n".join(lines(part(40), height=35))


@pytest.mark.parametrize(
    ("chosen", "rows"), [(3, range(1, 9)), (9, range(3, 11)), (99, range(9, 17))]
)
def test_a_low_picture_shows_the_chosen_row_and_those_before_it(chosen: int, rows: range) -> None:
    """All columns stay; arrows say where there are more rows."""
    made = part(16)
    shown = lines(made, chosen=chosen, height=18)
    assert [int(text[1:4]) for text in shown[1:9]] == list(rows)
    assert (shown[1][LEFT - 1 : LEFT] == "↑") == (rows[0] > 1)
    assert (shown[8][LEFT - 1 : LEFT] == "↓") == (rows[-1] < 16)
    assert shown[0].split() == ["k", "→", *("helo"[id] for id in made.inputs)]


def test_what_is_two_cells_wide_stands_above_fewer_steps() -> None:
    assert visible_steps(LEFT + 1 + 12, 30, "helo") == 12
    assert visible_steps(LEFT + 1 + 12, 30, "h이lo") == 6


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf, 1e-320])
def test_strange_norms(value: float) -> None:
    assert lines(part(5, h=np.full((1, 5, 5), value)))


def test_unknown_short_and_wide_texts() -> None:
    assert "never seen ␛" in "\n".join(lines(part(2, unknown=("\x1b",))))
    assert "at least two characters" in "\n".join(lines(part(1)))
    assert "나" in lines(part(4), symbols="가나다라")[0]


def test_a_target_that_is_chance_has_a_sign_at_the_end_of_its_row() -> None:
    made = part(10, least=np.where(np.arange(10) % 4 == 3, 2.0, 0.6))
    before, shown = lines(part(10)), lines(made)
    for t, row in enumerate(shown[1:11]):
        assert row == (
            before[1 + t].ljust(LEFT + 5 * (t + 1)) + "?" if t % 4 == 3 else before[1 + t]
        )
    assert shown[11] == " ? chance: by the rule 50 % at most"
    assert shown[12:] == before[12:]
