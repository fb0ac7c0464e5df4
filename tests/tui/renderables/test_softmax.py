import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from rnn_tui.protocol.snapshot import WindowView
from rnn_tui.tui.renderables.softmax import draw, make_layout
from rnn_tui.tui.theme.palette import Palette
from tests.tui.snapshots import Kind, make_info, make_window

RIGHT, WRONG = Style(color="#00ff00"), Style(color="#ff0000")
INKED = Palette(right=RIGHT, wrong=WRONG)


def hello() -> WindowView:
    """The text-book example: the third step is wrong."""
    probs = np.array(
        [
            [0.01, 0.96, 0.01, 0.02],
            [0.00, 0.01, 0.97, 0.02],
            [0.02, 0.00, 0.27, 0.71],
            [0.01, 0.01, 0.24, 0.74],
        ]
    )
    targets = np.array([1, 2, 2, 3])
    right = probs[np.arange(4), targets]
    return WindowView(
        inputs=np.array([0, 1, 2, 2]),
        targets=targets,
        top_ids=np.tile(np.arange(4), (4, 1)),
        top_probs=probs,
        target_probs=right,
        losses=-np.log(right),
    )


def lines(
    window: WindowView, symbols: tuple[str, ...], size: tuple[int, int], first: int = 0
) -> list[str]:
    layout = make_layout(*size, len(symbols), len(window.inputs))
    return [strip.text for strip in draw(window, symbols, first, layout, *size, Palette())]


def test_hello_in_the_order_of_ids() -> None:
    assert lines(hello(), ("h", "e", "l", "o"), (46, 8)) == [
        "        h→e       e→l       l→l       l→o     ",
        " h           1         0  ▏      2         1  ",
        " e   ▸████▊ 96         1         0         1  ",
        " l           1 ▸████▉ 97 ▸█▍    27  █▎    24  ",
        " o    ▏      2  ▏      2 ×███▌  71 ▸███▊  74  ",
        "loss   0.041     0.030      1.31     0.301    ",
        "                                              ",
        "                                              ",
    ]


def test_right_is_green_and_a_wrong_favorite_red() -> None:
    layout = make_layout(46, 8, 4, 4)
    strips = draw(hello(), "helo", 0, layout, 46, 8, INKED)
    painted = {s.style: "" for strip in strips for s in strip}
    for strip in strips:
        for segment in strip:
            painted[segment.style] += segment.text
    assert painted[RIGHT].count("▸") == 4
    assert painted[WRONG].count("×") == 1
    assert painted[WRONG].split()[-1] == "71"


def test_a_tall_panel_numbers_the_steps_and_spaces_the_symbols() -> None:
    drawn = lines(hello(), ("h", "e", "l", "o"), (46, 14))
    assert drawn[0].split() == ["1", "2", "3", "4"]
    assert [line[1] for line in drawn[2:9]] == ["h", " ", "e", " ", "l", " ", "o"]
    assert drawn[10].startswith("loss")


def test_a_large_vocabulary_shows_each_steps_own_likeliest() -> None:
    window = make_window("korean", 900, steps=6, rows=5)
    symbols = make_info("korean").symbols
    drawn = lines(window, symbols, (60, 7))
    best = [symbols[i] for i in window.top_ids[:3, 0]]
    assert all(f"{glyph}" in drawn[1] for glyph in best)
    assert drawn[0].split()[0] == "영→화"


def test_the_right_symbol_has_the_last_row_where_it_is_not_among_the_likeliest() -> None:
    window = make_window("lstm", 0, steps=4, rows=5)
    symbols = make_info("lstm").symbols
    step = next(s for s in range(4) if window.targets[s] not in window.top_ids[s])
    layout = make_layout(16, 7, len(symbols), 1)
    drawn = draw(window, symbols, step, layout, 16, 7, Palette())
    assert f"▸{symbols[window.targets[step]]}" in drawn[5].text
    assert "×" in drawn[1].text


def test_too_many_rows_for_the_panel_become_the_likeliest_best_first() -> None:
    probs = np.array([[0.1, 0.2, 0.3, 0.4]])
    window = replace(
        hello(),
        inputs=np.array([0]),
        targets=np.array([3]),
        top_ids=np.arange(4)[None],
        top_probs=probs,
        target_probs=probs[:, 3],
        losses=-np.log(probs[:, 3]),
    )
    drawn = lines(window, ("h", "e", "l", "o"), (24, 5))
    assert [line[5:8].strip() for line in drawn[1:4]] == ["▸o", "l", "e"]


def test_scrolling_begins_at_a_later_step() -> None:
    window = make_window("lstm", 500, steps=20, rows=8)
    symbols = make_info("lstm").symbols
    drawn = lines(window, symbols, (60, 14), first=7)
    assert drawn[0].split() == ["8", "9", "10", "11", "12"]


@pytest.mark.parametrize(
    ("size", "vocabulary", "total", "steps", "column"),
    [
        ((61, 12), 4, 4, 4, 14),
        ((38, 8), 4, 4, 4, 8),
        ((38, 8), 4, 25, 4, 8),
        ((61, 12), 65, 50, 5, 11),
        ((20, 12), 2000, 50, 1, 15),
        ((200, 50), 65, 3, 3, 16),
    ],
)
def test_columns_are_as_wide_as_helps(
    size: tuple[int, int], vocabulary: int, total: int, steps: int, column: int
) -> None:
    layout = make_layout(*size, vocabulary, total)
    assert (layout.steps, layout.column) == (steps, column)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(13, 200),
    st.integers(3, 50),
    st.sampled_from(["hello", "korean", "lstm"]),
    st.integers(0, 6),
    st.integers(1, 60),
)
def test_every_line_has_its_width_in_cells_also_with_too_few_rows(
    width: int, height: int, kind: Kind, first: int, rows: int
) -> None:
    symbols = make_info(kind).symbols
    layout = make_layout(width, height, len(symbols), 25)
    window = make_window(kind, 300, steps=25, rows=rows)
    strips = draw(window, symbols, first, layout, width, height, Palette())
    assert len(strips) == height
    assert {sum(s.cell_length for s in strip) for strip in strips} == {width}


def test_diverged_probabilities_are_drawn_as_what_they_are() -> None:
    window = replace(hello(), top_probs=np.full((4, 4), np.nan), losses=np.full(4, np.nan))
    drawn = lines(window, ("h", "e", "l", "o"), (46, 8))
    assert drawn[-3].split() == ["loss", "NaN", "NaN", "NaN", "NaN"]


CHANCE = np.array([math.log(2), math.nan, math.log(1.99), 4.0])
"""Of the first and the last step half a chance or less."""


def test_where_even_the_rule_gives_half_a_chance_a_sign_stands_by_the_loss() -> None:
    window, symbols = replace(hello(), least=CHANCE), ("h", "e", "l", "o")
    before, drawn = lines(hello(), symbols, (46, 8)), lines(window, symbols, (46, 8))
    assert drawn[5] == "loss   0.041?    0.030      1.31     0.301?   "
    assert drawn[6] == " ? chance: by the rule 50 % at most           "
    assert (drawn[:5], drawn[7]) == (before[:5], before[7])
    certain = replace(hello(), least=np.zeros(4))
    assert lines(certain, symbols, (46, 8)) == before


def test_a_column_of_the_likeliest_leaves_a_line_for_what_the_sign_means() -> None:
    """Be there a sign or not, so that nothing jumps from window to window."""
    window = make_window("korean", 900, steps=6, rows=12)
    known = replace(window, least=np.array([0.1, 0.0, 3.0, 0.1, 0.1, 0.1]))
    plain = lines(window, make_info("korean").symbols, (60, 16))
    for first, said in ((0, "? chance: by the rule 50 % at most"), (3, "")):
        drawn = lines(known, make_info("korean").symbols, (60, 16), first)
        assert [line[:4] for line in drawn].index("loss") == 14
        assert drawn[15].strip() == said
    assert [line[:4] for line in plain].index("loss") == 15
