"""What of a picture is to be painted again: over a slow line every byte counts."""

from collections.abc import Sequence
from itertools import takewhile

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip


def changed(before: Sequence[Strip], now: Sequence[Strip], *, whole: bool = False) -> list[Region]:
    """Return where two pictures of one size differ, line by line.

    Args:
        before: Lines as they were painted.
        now: Lines as they are to be.
        whole: Whole lines, for a terminal whose lines are respelled on their way.
    """
    regions = []
    for y, (old, new) in enumerate(zip(before, now, strict=False)):
        if old != new:
            left, right = (0, 0) if whole else _same(list(old), list(new))
            regions.append(Region(left, y, new.cell_length - left - right, 1))
    return regions


def _same(old: list[Segment], new: list[Segment]) -> tuple[int, int]:
    """Return how many cells at the left and at the right of a line are what they were."""
    left = list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    rest = min(len(old), len(new)) - len(left)
    ends = zip(reversed(old), reversed(new), strict=False)
    right = list(takewhile(lambda pair: pair[0] == pair[1], ends))[:rest]
    return sum(pair[1].cell_length for pair in left), sum(pair[1].cell_length for pair in right)
