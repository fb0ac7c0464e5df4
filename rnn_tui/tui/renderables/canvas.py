"""A place to put words on, in any order; what is put down first stays on top."""

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.tui.renderables.lines import PLAIN, Part, line

Word = tuple[int, int, list[Part]]
"""Column, cells, parts."""


class Canvas:
    """Lines of cells, empty at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._words: list[list[Word]] = [[] for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: Style = PLAIN) -> None:
        """Put `text` with its first cell at column `x` of row `y`; outside of it nothing is put."""
        if text and 0 <= y < self.height and 0 <= x < self.width:
            self._words[y].append((x, cell_len(text), [(text, style)]))

    def row(self, x: int, y: int, cells: list[Part]) -> None:
        """Put parts of a cell each beside each other, the first at column `x` of row `y`."""
        if cells and 0 <= y < self.height and 0 <= x < self.width:
            self._words[y].append((x, len(cells), cells))

    def center(self, x: int, y: int, text: str, style: Style = PLAIN) -> None:
        """Put `text` with its middle at column `x`."""
        self.put(x - cell_len(text) // 2, y, text, style)

    def right(self, x: int, y: int, text: str, style: Style = PLAIN) -> None:
        """Put `text` so that it ends before column `x`."""
        self.put(x - cell_len(text), y, text, style)

    def strips(self) -> list[Strip]:
        """Return the lines."""
        return [self._strip(words) for words in self._words]

    def _strip(self, words: list[Word]) -> Strip:
        parts: list[Part] = []
        end = 0
        for x, width, inside in sorted(words, key=lambda word: word[0]):
            if x < end:
                continue
            if x > end:
                parts.append((" " * (x - end), PLAIN))
            parts += inside
            end = x + width
        return line(parts, self.width)
