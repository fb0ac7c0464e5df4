"""The names of several curves at their ends, apart from one another."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.lines import cut
from rnn_tui.tui.renderables.loss.plot import column, rows_of, write_free
from rnn_tui.tui.renderables.race.curve import Curve
from rnn_tui.tui.renderables.raster import STRONG, WRONG, Raster

Spot = tuple[float, float, float]
"""Row wanted, and the columns from and before which a name stands."""


_NEAR = 3
"""Cells by which lines may end apart whose names begin below each other."""
_STEP = 4
"""Cells that a name moves to the right at a time, so that it stays where it is for a while."""
_ROW = 2
"""Cells that are as far as a row."""


def name_ends(
    field: Raster,
    width: int,
    curves: Sequence[Curve],
    names: Sequence[str],
    over: Range,
    along: Range,
) -> None:
    """Write each name after the end of its line, beside it or a little above or below.

    Args:
        field: The plot, `width` columns of it, and the room for names beside it.
        width: Columns of the plot.
        curves: Of every network.
        names: Theirs.
        over: What the y axis shows.
        along: What the bottom axis shows.
    """
    there = [
        (curve, name, *curve.end) for curve, name in zip(curves, names, strict=True) if curve.end
    ]
    columns = [column(at, along, width) for *_, at, _ in there]
    places = over.place(np.array([loss for *_, loss in there]))
    for (curve, *_), y, x in zip(there, rows_of(places, field.height), columns, strict=True):
        if curve.broken:
            field.write(y, x, "✗", WRONG)
    starts = [x + 1 for x in _aligned(columns)]
    texts = [
        cut(("▸" if curve.chosen else " ") + name, field.width - x)
        for (curve, name, *_), x in zip(there, starts, strict=True)
    ]
    wanted = (1 - places) * (field.height - 1 / 4) - 3 / 8  # `rows_of` before it is rounded
    spots = [
        (row, x - 1.0, x + len(text) + 1.0)
        for row, x, text in zip(wanted.tolist(), starts, texts, strict=True)
    ]
    rows = rows_apart(spots, field.height)
    for (curve, *_), row, x, text in zip(there, rows, starts, texts, strict=True):
        _write_near(field, row, x, text, curve.role)


def _aligned(columns: Sequence[int]) -> list[int]:
    """Return the columns, each moved right to the last of those that lie near that one."""
    found: dict[int, int] = {}
    last = max(columns, default=0)
    for x in sorted(columns, reverse=True):
        last = last if last - x <= _NEAR else x
        found[x] = last
    return [found[x] for x in columns]


def _write_near(field: Raster, row: int, x: int, text: str, role: int) -> None:
    """Write a name where it hides nothing, as near as can be: above, below or farther right."""
    last = max(field.width - len(text), 0)
    spots = product((*range(x, last, _STEP), last), range(field.height))
    for left, y in sorted(spots, key=lambda spot: spot[0] - x + _ROW * abs(spot[1] - row)):
        gap = " " * (left + len(text) < field.width)
        if write_free(field, y, left, text + gap, role):
            if text.startswith("▸"):
                field.write(y, left, "▸", STRONG)
            return


def rows_apart(spots: Sequence[Spot], height: int) -> list[int]:
    """Return a row for each name, near the one wanted, such that no two overlap.

    Those that share columns keep the order of the rows they want. With more of them than rows, some
    share the last one.
    """
    rows = [0] * len(spots)
    for group in _groups(spots):
        group.sort(key=lambda i: spots[i][0])
        places = _spread([spots[i][0] for i in group], height)
        for i, place in zip(group, places, strict=True):
            rows[i] = place
    return rows


def _groups(spots: Sequence[Spot]) -> list[list[int]]:
    """Return the numbers of those that share columns, directly or through others."""
    groups: list[list[int]] = []
    edge = 0.0
    for i in sorted(range(len(spots)), key=lambda i: spots[i][1]):
        if not groups or spots[i][1] >= edge:
            groups.append([])
            edge = 0.0
        groups[-1].append(i)
        edge = max(edge, spots[i][2])
    return groups


def _spread(wanted: Sequence[float], height: int) -> list[int]:
    """Return different rows as near as can be to those wanted, which rise.

    Shifted by one more for each, they may be equal but must not fall: the nearest such numbers are
    means of neighbors that would (pool adjacent violators).
    Source: Barlow, Bartholomew, Bremner, Brunk (1972), Statistical Inference under Order
    Restrictions.
    """
    pools: list[tuple[float, int]] = []
    for i, row in enumerate(wanted):
        mean, count = row - i, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    last = max(height - len(wanted), 0)
    shifted = [min(max(round(mean), 0), last) for mean, count in pools for _ in range(count)]
    return [min(row + i, height - 1) for i, row in enumerate(shifted)]
