"""How far back the error reaches, in words."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.lines import Part, fill, line, wrap
from rnn_tui.tui.widgets.inside_panel import InsidePanel


class WordsPanel(InsidePanel[Gradients]):
    """What the numbers say."""

    KIND = Gradients
    FEATURE = "flow"
    SAYS_SO = False
    EMPTY: ClassVar[str] = mark("What becomes of an error on its way back will be said here.")

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the sentences."""
        return (part.sentences, part.layers, part.clip)

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write the sentences, once the error has been followed all the way."""
        if not part.sentences and len(part.inputs):
            return self.draw_empty(width, height)
        lines: list[Strip] = []
        for head, text in self._sentences(part):
            rows = wrap(text, width - 2)
            if lines and len(lines) + len(rows) + bool(head) > height:
                break
            if head:
                lines.append(line([(f" {head}", self.palette.dim)], width))
            lines += [line(self._row(row), width) for row in rows]
        return fill(lines, width, height)

    @property
    def copied(self) -> Copied | None:
        """Return all sentences, with their headings; a low window shows fewer."""
        said = self._sentences(self.part) if self.part is not None else []
        lines = [f"{head}: {text}" if head else text for head, text in said if text]
        return Copied(mark("what the gradients say"), "\n".join(lines)) if lines else None

    def _row(self, row: str) -> list[Part]:
        return [(f" {row}", self.palette.strong)]

    def _sentences(self, part: Gradients) -> list[tuple[str, str]]:
        """Return heading and sentence, the most important first."""
        heads = ("", tr("cell state"))
        found = list(zip(heads, map(tr, part.sentences), strict=False))
        numbers = range(len(part.layers), 0, -1)
        layers = [
            (tr("layer {number}", number=n), tr(text))
            for n, text in zip(numbers, part.layers, strict=True)
        ]
        said = tr(part.clip)
        clip = [(tr("last update"), said[:1].upper() + said[1:])] if said else []
        return [*found, *clip, *layers]

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("What that means"),)
