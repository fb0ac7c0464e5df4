"""Lines of the window cut only where what is seen changes from one widget to another."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

Span = tuple[int, int]
"""Columns from and before."""


class SeenCompositor(Compositor):
    """Textual's, which also cuts a line where a widget ends that another one covers.

    There a letter of two columns in the upper one is cut in two, and both halves become blanks: a
    panel above the pictures would lose letters of Hangul at the edges of what it hides.
    """

    @property
    def cuts(self) -> list[list[int]]:
        """For every line, the columns at which another widget comes to be seen, and both ends."""
        if self._cuts is None:
            width, height = self.size
            unseen: list[list[Span]] = [[(0, width)] for _ in range(height)]
            edges = [{0, width} for _ in range(height)]
            for region, clip in self.visible_widgets.values():
                shown = region.intersection(clip)
                for y in range(max(shown.y, 0), min(shown.bottom, height)):
                    unseen[y] = _cover(unseen[y], shown.column_span, edges[y])
            self._cuts = [sorted(line) for line in edges]
        return self._cuts

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return the pieces of the lines, each of the widget that is seen there."""
        spans = [list(pairwise(cuts)) for cuts in self.cuts]
        lines: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        for region, clip, strips in self._get_renders(crop):
            shown = region.intersection(clip)
            first, last = shown.column_span
            for y, strip in zip(shown.line_range, strips, strict=False):
                if not is_rendered_line(y):
                    continue
                for left, right in spans[y]:
                    if first <= left and right <= last and lines[y][left] is None:
                        lines[y][left] = strip.crop(left - first, right - first)
        return lines  # type: ignore[return-value]


def _cover(unseen: list[Span], span: Span, edges: set[int]) -> list[Span]:
    """Note the edges of what of a span was not covered yet, and return what still is not."""
    first, last = span
    left: list[Span] = []
    for start, end in unseen:
        a, b = max(start, first), min(end, last)
        if a >= b:
            left.append((start, end))
            continue
        edges |= {a, b}
        left += [piece for piece in ((start, a), (b, end)) if piece[0] < piece[1]]
    return left
