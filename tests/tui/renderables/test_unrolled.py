"""The figure as text: every number in its column, right and wrong told by color and by glyph."""

import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import tr, use
from rnn_tui.nn.loss import softmax
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables.figure_layout import BOX, FOLDED, make_layout
from rnn_tui.tui.renderables.unrolled.boxes import FigureOptions, fixed
from rnn_tui.tui.renderables.unrolled.figure import draw
from rnn_tui.tui.renderables.unrolled.said import mean
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

RIGHT, WRONG = Style(color="green"), Style(color="red")
PALETTE = Palette(right=RIGHT, wrong=WRONG)
LOGITS = [
    [1.0, 2.2, -3.0, 4.1],
    [0.5, 0.3, -1.0, 1.2],
    [0.1, 0.5, 1.9, -1.1],
    [0.2, -1.5, -0.1, 2.2],
]
"""Of the well-known figure of the CS231n lecture notes; h e l l is read, e l l o should follow."""
HELLO: dict[str, int] = {"steps": 4, "vocabulary": 4, "hidden": 3, "layers": 1, "gates": 0}
HIDDEN = [[0.3, -0.1, 0.9], [1.0, 0.3, 0.1], [0.1, -0.5, -0.3], [-0.3, 0.9, 0.7]]
NUMBER = re.compile(r"−?\d+\.\d+")


def part(
    logits: Any, ids: Any, layers: Any, first: int = 0, total: int = 0, rows: int = 99
) -> Unrolled:
    y = np.array(logits)
    T, V = y.shape
    x, targets = np.array(ids[:T]), np.array(ids[1 : T + 1])
    top = np.argsort(-y, axis=1)[:, :rows] if rows < V else np.tile(np.arange(V), (T, 1))
    p, t = softmax(y), np.arange(T)
    losses = -np.log(p[t, targets])
    return Unrolled(
        unknown=(),
        total=total or T,
        first=first,
        inputs=x,
        targets=targets,
        layers=layers,
        before=tuple(np.zeros(rows["h"].shape[1]) for rows in layers),
        top_ids=top,
        logits=np.take_along_axis(y, top, axis=1),
        probs=np.take_along_axis(p, top, axis=1),
        target_logits=y[t, targets],
        target_probs=p[t, targets],
        losses=losses,
        mean_loss=float(losses.mean()) if T else np.nan,
    )


def textbook() -> Unrolled:
    return part(LOGITS, [0, 1, 2, 2, 3], ({"h": np.array(HIDDEN)},))


def lines(
    figure: Unrolled, width: int = 78, height: int = 18, symbols: str = "helo", **options: Any
) -> list[Strip]:
    h, folded = figure.layers[0]["h"], options.pop("folded", False)
    layout = make_layout(
        width,
        height,
        steps=figure.total,
        vocabulary=len(symbols),
        hidden=h.shape[1],
        layers=len(figure.layers),
        gates=len(figure.layers[0]) - 1,
        folded=folded,
    )
    strips = draw(
        figure, symbols, layout, FigureOptions(**options), width, height, PALETTE, Diverging()
    )
    assert [strip.cell_length for strip in strips] == [width] * height
    return strips


def column(strips: list[Strip], name: str) -> list[str]:
    """The rows from the one called `name` on."""
    texts = [strip.text for strip in strips]
    start = next(i for i, text in enumerate(texts) if text.lstrip().startswith(name))
    return texts[start:]


def style_of(strip: Strip, text: str) -> Style | None:
    return next(segment.style for segment in strip if text in segment.text)


def test_the_textbooks_figure() -> None:
    strips = lines(textbook())
    text = "\n".join(strip.text.rstrip() for strip in strips)
    assert (
        text
        == """\
target             e                l                l                o
              ┌─────────┐      ┌─────────┐      ┌─────────┐      ┌─────────┐
logits      h │   1.00  │    h │   0.50  │    h │   0.10  │    h │   0.20  │
W_hy ↑      e │   2.20▸ │    e │   0.30  │    e │   0.50  │    e │  −1.50  │
            l │  −3.00  │    l │  −1.00▸ │    l │   1.90▸ │    l │  −0.10  │
            o │   4.10× │    o │   1.20× │    o │  −1.10  │    o │   2.20▸ │
              └────┬────┘      └────┬────┘      └────┬────┘      └────┬────┘
                   ↑                ↑                ↑                ↑
              ┌────┴────┐      ┌────┴────┐      ┌────┴────┐      ┌────┴────┐
hidden        │   0.30  │ W_hh │   1.00  │      │   0.10  │      │  −0.30  │
W_xh ↑  0 ───→│  −0.10  │─────→│   0.30  │─────→│  −0.50  │─────→│   0.90  │─→
              │   0.90  │      │   0.10  │      │  −0.30  │      │   0.70  │
              └────┬────┘      └────┬────┘      └────┬────┘      └────┬────┘
                   ↑                ↑                ↑                ↑
one-hot         1 0 0 0          0 1 0 0          0 0 1 0          0 0 1 0
input              h                e                l                l
loss             2.079            2.900            0.380            0.231
step               1                2                3                4"""
    )
    assert mean(textbook(), own=False) == (
        "mean loss of steps 1–4:  1.40 nats",
        "mean loss 1–4:  1.40",
    )


def test_right_is_green_and_the_others_red() -> None:
    strips = lines(textbook())
    row = {text: style_of(strips[3], text) for text in ("2.20", "0.30", "0.50", "−1.50")}
    assert row == {"2.20": RIGHT, "0.30": WRONG, "0.50": WRONG, "−1.50": WRONG}
    assert style_of(strips[0], "o") == RIGHT


def test_probabilities_instead() -> None:
    rows = column(lines(textbook(), probabilities=True), "probs")[:4]
    found = np.array([[float(n) for n in NUMBER.findall(row)] for row in rows]).T
    assert found == pytest.approx(softmax(np.array(LOGITS)), abs=0.005)


@pytest.mark.parametrize(("width", "height"), [(78, 18), (118, 34), (198, 54)])
def test_every_number_of_a_large_network(width: int, height: int) -> None:
    rng = np.random.default_rng(1)
    symbols = "".join(chr(0x61 + k) for k in range(20))
    logits, ids = rng.normal(0, 5, (12, 20)), rng.integers(0, 20, 13)
    h = {name: rng.uniform(-1, 1, (12, 40)) for name in ("h", "i", "f", "g", "o", "c")}
    figure = part(logits, ids, (h, {k: v[:, ::-1] for k, v in h.items()}), 3, 50, rows=12)
    strips = lines(figure, width, height, symbols, cursor=5, unit=17)
    layout = make_layout(width, height, steps=50, vocabulary=20, hidden=40, layers=2, gates=5)
    for at in range(min(layout.columns, 12)):
        x = layout.box(at)
        boxes = [strip.text[x : x + BOX] for strip in strips]
        numbers = [float(n.replace("−", "-")) for box in boxes for n in NUMBER.findall(box)]
        target = ids[at + 1]
        best = [k for k in np.argsort(-logits[at]) if k != target]
        expected = [*logits[at, best[: layout.symbols - 1]], logits[at, target]]
        assert sorted(numbers[: layout.symbols]) == pytest.approx(sorted(expected), abs=0.006)
        for name in ("i", "f", "g", "o", "c"):
            assert any(abs(n - h[name][at, 17]) < 0.006 for n in numbers) or layout.layers == 1


FOLDED_WHOLE = """\
folded
┌─────┐
│     │
│ y_t │
│     │
│     │
└──┬──┘
   ↑ W_hy
   │
┌──┴──┐
│     │──┐
│ h_t │  │ W_hh
│     │←─┘
└──┬──┘
   ↑ W_xh
   │

  x_t
"""


def test_the_cell_that_the_columns_repeat_stands_folded_beside_them() -> None:
    strips = lines(textbook(), 118, 22, folded=True, carried=("h",))
    layout = make_layout(118, 22, **HELLO, folded=True)
    assert layout.fold is not None
    left = [strip.text[layout.fold : layout.fold + FOLDED - 1].rstrip() for strip in strips]
    start = left.index("folded")
    assert "\n".join(left[start : start + 18]) + "\n" == FOLDED_WHOLE
    # On the same rows as the columns; and these are as they would be by themselves.
    rest = [strip.text[layout.left :] for strip in strips]
    assert [row.find("W_hh") >= 0 for row in rest].index(True) == start + 10
    alone = lines(textbook(), 118 - FOLDED, 22)
    apart, together = (
        [re.sub("─+", "─", row).split() for row in rows]
        for rows in ([strip.text for strip in alone], rest)
    )
    assert apart == together


@pytest.mark.parametrize("language", ["en", "ko"])
def test_its_title_is_there_at_the_very_edge(language: str) -> None:
    use(language)
    widths = [w for w in range(90, 200) if make_layout(w, 22, **HELLO, folded=True).fold == 0]
    assert widths
    for width in widths:
        strips = lines(textbook(), width, 22, folded=True, carried=("h",))
        assert any(strip.text.startswith(tr("folded")) for strip in strips)


@pytest.mark.parametrize("steps", [1, 4, 9, 50])
@pytest.mark.parametrize("hidden", [1, 2, 40])
def test_it_takes_no_room_that_is_needed(steps: int, hidden: int) -> None:
    there = 0
    for width in range(30, 220):
        for height in (9, 15, 22, 40):
            sizes: dict[str, Any] = {**HELLO, "steps": steps, "hidden": hidden}
            alone = make_layout(width, height, **sizes)
            layout = make_layout(width, height, **sizes, folded=True)
            if layout.fold is None:
                assert layout == alone
                continue
            there += 1
            last = layout.box(layout.columns - 1)
            assert layout.fold >= 0
            assert last + BOX + 6 <= width  # numbers of before have room
            assert layout.columns >= min(steps, 8)
            assert (layout.units, layout.symbols) == (alone.units, alone.symbols)
    assert (there > 0) == (hidden > 1)


def test_the_marked_column_and_unit() -> None:
    strips = lines(textbook(), cursor=2)
    marked = [
        segment.text
        for strip in strips
        for segment in strip
        if segment.style and segment.style.reverse
    ]
    assert marked == [" l "]


def test_sideways_and_a_state_that_is_not_zero() -> None:
    figure = part(LOGITS, [0, 1, 2, 2, 3], ({"h": np.array(HIDDEN)},), first=7, total=30)
    strips = lines(figure)
    assert column(strips, "step")[0].split() == ["step", "8", "9", "10", "11"]
    assert "… ───→│" in column(strips, "W_xh")[0]


def test_unknown_and_empty_texts_say_so() -> None:
    nothing = np.empty((0, 4))
    empty = part(nothing, np.zeros(1, int), ({"h": np.empty((0, 3))},), total=1)
    assert "Type at least one character." in "\n".join(s.text for s in lines(empty))
    object.__setattr__(empty, "unknown", ("\x1b", "z"))
    painted = "\n".join(s.text for s in lines(empty))
    assert "never seen ␛ z" in painted
    assert "\x1b" not in painted


def test_too_small() -> None:
    assert "No room" in "\n".join(s.text for s in lines(textbook(), 24, 18))


def test_wide_symbols_keep_their_columns() -> None:
    strips = lines(textbook(), symbols="가나다라")
    assert [strip.cell_length for strip in strips] == [78] * 18
    assert "나" in strips[0].text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "  0.00"),
        (-0.001, "  0.00"),
        (-1.2, " −1.20"),
        (-12.345, "−12.35"),
        (123.4, " 123.4"),
        (-99999.4, "−99999"),
        (1e9, " 1e+09"),
        (np.nan, "   NaN"),
        (np.inf, "     ∞"),
        (-np.inf, "    −∞"),
    ],
)
def test_numbers_of_six_cells(value: float, text: str) -> None:
    assert fixed(value) == text
    assert len(fixed(value)) == 6


def test_the_loss_that_is_chance_has_a_sign_and_below_is_said_what_it_means() -> None:
    known = replace(textbook(), least=np.array([0.0, 0.69, math.nan, 0.7]))
    before, strips = lines(textbook(), height=19), lines(known, height=19)
    (losses,) = [strip.text for strip in strips if strip.text.startswith("loss")]
    assert losses.split() == ["loss", "2.079", "2.900", "0.380", "0.231?"]
    assert strips[18].text.strip().startswith("? chance: one who knows the rule of the text")
    rows = [(one.text, two.text) for one, two in zip(before, strips, strict=True)]
    assert [one == two for one, two in rows] == [True] * 16 + [False, True, False]
    assert not any("chance" in strip.text for strip in lines(known, height=18))
