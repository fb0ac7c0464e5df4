"""What of a chart is seen: a part of its bottom axis, and a cursor on it."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.protocol.snapshot import Floats
from rnn_tui.tui.renderables.axes import Range

CLOSEST = 1 / 2000
"""Share of the axis that is seen at least: a run has about as many points."""
EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Sight:
    """Where one looks, in the axis' own numbers; without an edge, to the end of the axis."""

    left: float | None = None
    right: float | None = None
    cursor: float | None = None

    @property
    def near(self) -> bool:
        """Whether a part is seen only."""
        return self.left is not None or self.right is not None

    def seen(self, whole: Range) -> Range:
        """Return the part that is seen; all of an axis that has become another one."""
        low = whole.low if self.left is None else max(self.left, whole.low)
        high = whole.high if self.right is None else min(self.right, whole.high)
        return replace(whole, low=low, high=high) if low < high else whole

    def zoomed(self, whole: Range, factor: float, at: float | None = None) -> "Sight":
        """Return one that sees more or less by a factor.

        Args:
            whole: The axis.
            factor: Of the part seen; below 1 it comes nearer.
            at: What stays where it is; None: the cursor, or without one the right end.
        """
        seen = self.seen(whole)
        pivot = at if at is not None else self.cursor
        place = 1.0 if pivot is None else float(seen.place(np.array([pivot]))[0])
        first, last = (whole.share(edge) for edge in (seen.low, seen.high))
        length = min(max((last - first) * factor, CLOSEST), 1.0)
        start = first + place * (last - first - length)
        return self._over(whole, start, length)

    def moved(self, whole: Range, share: float) -> "Sight":
        """Return one that sees what lies farther along, by a share of what is seen."""
        seen = self.seen(whole)
        first, last = (whole.share(edge) for edge in (seen.low, seen.high))
        return self._over(whole, first + share * (last - first), last - first)

    def between(self, whole: Range, one: float, other: float) -> "Sight":
        """Return one that sees what lies between two numbers."""
        first, last = sorted(whole.share(edge) for edge in (one, other))
        return self._over(whole, first, max(last - first, CLOSEST))

    def pointed(self, whole: Range, at: float) -> "Sight":
        """Return one with its cursor there; the part seen goes along."""
        at = min(max(at, whole.low), whole.high)
        seen = self.seen(whole)
        beyond = seen.share(at)
        moved = self.moved(whole, min(beyond, 0.0) + max(beyond - 1.0, 0.0))
        return replace(moved, cursor=at)

    def stepped(self, whole: Range, columns: int, steps: int) -> "Sight":
        """Return one with its cursor so many of the columns farther; at first at the right end."""
        seen = self.seen(whole)
        if self.cursor is None:
            return self.pointed(whole, seen.high)
        place = round(seen.share(self.cursor) * (columns - 1)) + steps
        return self.pointed(whole, seen.at(place / max(columns - 1, 1)))

    def _over(self, whole: Range, start: float, length: float) -> "Sight":
        start = min(max(start, 0.0), 1.0 - length)
        end = start + length
        return replace(
            self,
            left=None if start <= EDGE else whole.at(start),
            right=None if end >= 1.0 - EDGE else whole.at(end),
        )


def crop(along: Range, at: Floats, *values: Floats) -> tuple[Floats, ...]:
    """Return the points that are seen, and those where a line enters and leaves what is seen.

    Args:
        along: What is seen of the bottom axis.
        at: Where the points lie (N,), rising.
        values: Of each point (N,).
    """
    first = int(np.searchsorted(at, along.low, side="left"))
    last = int(np.searchsorted(at, along.high, side="right"))
    if first == 0 and last == len(at):
        return (at, *values)
    before = [along.low] * (0 < first < len(at))
    after = [along.high] * (0 < last < len(at))

    def cut(value: Floats) -> Floats:
        edges = np.interp(before, at, value), np.interp(after, at, value)
        return np.concatenate([edges[0], value[first:last], edges[1]])

    return (cut(at), *map(cut, values))


def nearest(at: Floats, place: float) -> int | None:
    """Return the number of the point that lies nearest to a place; None: the curve has none there.

    A curve is there from its first point to its last one.
    """
    if not len(at) or not at[0] <= place <= at[-1]:
        return None
    return int(np.abs(at - place).argmin())
