"""Window and pyramid as text: what is read, what is marked, and what has no room."""

from typing import Any

import numpy as np
import pytest
from textual.strip import Strip

from rnn_tui.charsets.spelling import spell
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables.figure_layout import make_layout
from rnn_tui.tui.renderables.unrolled import pyramid, window
from rnn_tui.tui.renderables.unrolled.boxes import FigureOptions
from rnn_tui.tui.renderables.unrolled.pyramid_layout import LEFT, make_pyramid
from rnn_tui.tui.theme.diverging_scale import Diverging
from tests.tui.renderables.test_unrolled import HIDDEN, LOGITS, PALETTE, part

DILATED = ((1, 0), (2, 0), (4, 0))


def changed(figure: Unrolled, **fields: Any) -> Unrolled:
    for name, value in fields.items():
        object.__setattr__(figure, name, value)
    return figure


def windows(
    reach: int, width: int = 78, height: int = 20, symbols: str = "helo", **fields: Any
) -> list[Strip]:
    """Four time steps of the well-known figure, the third marked."""
    figure = part(LOGITS, [0, 1, 2, 2, 3], ({"h": np.array(HIDDEN)},), fields.get("first", 0))
    changed(figure, **{"before": (), **fields})
    layout = make_layout(
        width, height - window.STRIP, steps=4, vocabulary=4, hidden=3, layers=1, gates=0
    )
    options = FigureOptions(cursor=figure.first + 2)
    strips = window.draw(
        figure, symbols, layout, options, reach, width, height, PALETTE, Diverging()
    )
    assert [strip.cell_length for strip in strips] == [width] * height
    return strips


def text(strips: list[Strip]) -> str:
    return "\n".join(strip.text.rstrip() for strip in strips)


def test_the_window_over_the_beginning() -> None:
    assert (
        text(windows(3))
        == """\
target             e                l                l                o
              ┌─────────┐      ┌─────────┐      ┌─────────┐      ┌─────────┐
logits      h │   1.00  │    h │   0.50  │    h │   0.10  │    h │   0.20  │
W ↑         e │   2.20▸ │    e │   0.30  │    e │   0.50  │    e │  −1.50  │
            l │  −3.00  │    l │  −1.00▸ │    l │   1.90▸ │    l │  −0.10  │
            o │   4.10× │    o │   1.20× │    o │  −1.10  │    o │   2.20▸ │
              └────┬────┘      └────┬────┘      └────┬────┘      └────┬────┘
              ┌────┴────┐      ┌────┴────┐      ┌────┴────┐      ┌────┴────┐
hidden        │   0.30  │      │   1.00  │      │   0.10  │      │  −0.30  │
W¹ ↑          │  −0.10  │      │   0.30  │      │  −0.50  │      │   0.90  │
              │   0.90  │      │   0.10  │      │  −0.30  │      │   0.70  │
              └────┬────┘      └────┬────┘      └────┬────┘      └────┬────┘
one-hot     0000 0000 1000   0000 1000 0100   1000 0100 0010   0100 0010 0010
reads            □ □ h            □ h e            h e l            e l l
loss             2.079            2.900            0.380            0.231
step               1                2                3                4
text    □ □ h e l l
            └────┘
        step 3 sees the last 3 symbols
"""
    )


def test_what_was_read_before_the_first_column() -> None:
    found = text(windows(4, first=7, total=30, earlier=np.array([0, 3, 1]))).splitlines()
    assert "text    h o e h e l l" in found
    assert "            └──────┘" in found
    assert "        step 10 sees the last 4 symbols" in found
    assert next(row for row in found if row.startswith("reads")).split()[1:5] == [*"hoeh"]


def test_a_window_that_does_not_fit() -> None:
    found = text(windows(99, first=60, total=80, earlier=np.full(60, 3)))
    assert "sees 99; 36 before the beginning; " in found
    shown = found.splitlines()[-2].count("─") // 2 + 1
    assert f"{63 - shown} not shown" in found
    assert "… " in next(row for row in found.splitlines() if row.startswith("reads"))
    assert "99×4" in found


def test_wide_and_hostile_symbols_keep_their_columns() -> None:
    for symbols in ("가나다라", ["\x1b", "[red]", "é", "\u202e"]):
        for strips in (windows(3, symbols=symbols), pyramids(symbols=symbols)):  # type: ignore[arg-type]
            assert "\x1b" not in text(strips)
            assert "\u202e" not in text(strips)


@pytest.mark.parametrize("draw", [windows, lambda _=0, **fields: pyramids(**fields)])
def test_unknown_empty_and_no_room(draw: Any) -> None:
    assert "never seen ␛ z" in text(draw(3, unknown=("\x1b", "z")))
    assert "Type at least one character." in text(draw(3, inputs=np.empty(0, int)))
    assert "No room" in text(draw(3, width=24))


def pyramids(
    width: int = 78,
    height: int = 20,
    symbols: Any = "helo",
    cursor: int = 12,
    taps: Any = DILATED,
    steps: int = 17,
    **fields: Any,
) -> list[Strip]:
    """The first steps of 20; h is the number of the layer, negative where the step is odd."""
    rng = np.random.default_rng(1)
    h = [{"h": np.array([[-n if t % 2 else n] for t in range(steps)]) / 4.0} for n in (1, 2, 3)]
    figure = part(rng.normal(0, 2, (steps, 4)), rng.integers(0, 4, steps + 1), tuple(h), total=20)
    changed(figure, **{"before": (), "unit": 5, **fields})
    layout = make_pyramid(width, height, steps=20, vocabulary=4, layers=len(taps))
    strips = pyramid.draw(
        figure,
        symbols,
        layout,
        FigureOptions(cursor=cursor, unit=5),
        taps,
        width,
        height,
        PALETTE,
        Diverging(),
    )
    assert [strip.cell_length for strip in strips] == [width] * height
    return strips


def cells(strips: list[Strip], layer: int) -> list[str]:
    """The three cells of every time step in the row of a layer."""
    line = next(s.text for s in strips if s.text.strip().startswith(f"layer {layer} "))
    start = line.index("layer") + LEFT
    return [line[x : x + 3] for x in range(start, start + 3 * 17, 3)]


@pytest.mark.parametrize("cursor", [0, 3, 12, 16])
def test_the_cone_and_nothing_else_is_marked(cursor: int) -> None:
    strips = pyramids(cursor=cursor)
    seen = {cursor}
    for layer in (3, 2, 1):
        row = cells(strips, layer)
        assert {t for t, cell in enumerate(row) if cell[0] == "["} == seen
        assert {t for t, cell in enumerate(row) if cell[2] == "]"} == seen
        assert [cell[1] for cell in row] == ["−" if t % 2 else "+" for t in range(17)]
        apart = 2 ** (layer - 1)
        seen = {s for t in seen for s in (t, t - apart) if s >= 0}
    assert pyramid.cone(DILATED, cursor)[0] == seen == set(range(max(cursor - 7, 0), cursor + 1))


def test_the_marked_steps_numbers_at_the_end_of_the_rows() -> None:
    strips = pyramids(cursor=11)
    for layer, number in ((3, "−0.75‹"), (2, "−0.50‹"), (1, "−0.25‹")):
        row = next(s.text for s in strips if f"layer {layer} d {2 ** (layer - 1)}" in s.text)
        assert row.rstrip().endswith(number)


def test_lines_lead_down_to_what_is_read() -> None:
    links = [(8, [8, 2]), (2, [2])]
    assert "".join(pyramid.joints(links).get(x, " ") for x in range(10)) == "  ├─────┤ "
    assert "".join(pyramid.joints([(5, [1, 3, 5])]).values()) == "┌─┬─┤"
    assert pyramid.joints([(4, [6])]) == {4: "└", 5: "─", 6: "┐"}


def test_what_lies_further_left_is_counted() -> None:
    strips = pyramids(first=9, total=40, cursor=12)
    assert "step 13 sees the last 8 symbols; 4 further left, not shown" in text(strips)
    assert "←" in text(strips)


def test_more_layers_than_rows() -> None:
    deep = tuple((2**n, 0) for n in range(3))
    found = text(pyramids(height=10, taps=deep))
    assert "+1 layers" in found
    assert "layer 1" not in found


def test_ascii() -> None:
    for strips in (windows(3), pyramids()):
        assert spell(text(strips), "ascii").isascii()
