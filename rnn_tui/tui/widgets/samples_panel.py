"""What the network writes by itself, newest first."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.lines import fitting, line, sentence
from rnn_tui.tui.renderables.memory.memorized import in_words
from rnn_tui.tui.renderables.samples import draw
from rnn_tui.tui.theme.palette import LEVELS
from rnn_tui.tui.widgets.panel import Panel

LEAST = 3
"""Lines in which one is left for what is memorized."""


class SamplesPanel(Panel):
    """Samples with the update they were written after, their temperature, and how sure it was."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("Samples"),
        mark(
            "Texts the network writes itself, newest first, with the update they were written "
            "after. It reads back every character it has written. Bright characters were "
            "likely ones, faint ones were long shots. The temperature decides how daring it "
            "is. What is underlined stands word for word in the training text, for longer "
            "than nearly all of the validation text does: that is memorized rather than made "
            "up."
        ),
    )
    EMPTY: ClassVar[str] = mark("Texts that the network writes by itself will stand here.")

    @property
    def visible_samples(self) -> int:
        """How many samples fit, each in a line."""
        return max(self.size.height, 1)

    @property
    def tells(self) -> bool:
        """Whether there is a line for what stands word for word in the text."""
        return self.size.height >= LEAST

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the samples."""
        samples = ((s.update, s.temperature, s.ids.tobytes()) for s in snapshot.samples)
        return (*samples, info.symbols, snapshot.memorized)

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw as many samples as fit, and what of the newest is older than it."""
        if self.covered:
            return sentence(self.question, width, height, self.palette.dim)
        if not snapshot.samples:
            return self.draw_empty(width, height)
        memorized = snapshot.memorized
        told = in_words(memorized, info.unit) if memorized and self.tells else ()
        rows = height - bool(told)
        drawn = draw(snapshot.samples, info, width, rows, self.palette, memorized)
        if told:
            drawn.append(line([(fitting(width, *told), self.palette.dim)], width))
        return drawn

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        return (tr("Samples · update, temperature, text"), tr("Samples"))

    def legend(self) -> Content:
        """Say what the shade of a character means, and its line, where there are lines."""
        words = (tr("unlikely"), tr("possible"), tr("likely"))
        levels = (0, LEVELS // 2, LEVELS - 1)
        shades = (Style.from_rich_style(self.palette.shades[level]) for level in levels)
        legend = Content(" · ").join(map(Content.styled, words, shades))
        longer = legend + tr(" character")
        memorized = self.snapshot.memorized if self.snapshot else None
        old = Content.styled(tr("from the text"), Style(underline=True))
        longest = longer + " · " + old if memorized and memorized.state == "ready" else longer
        room = self.size.width - 4
        return next((one for one in (longest, longer) if one.cell_length <= room), legend)
