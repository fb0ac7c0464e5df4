"""The help: what every panel shows and every key does."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from rnn_tui.language import tr
from rnn_tui.protocol.branches import Past
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.renderables.loss import time_bar
from rnn_tui.tui.renderables.run_facts import facts, reach
from rnn_tui.tui.screens.lessons import Lesson
from rnn_tui.tui.screens.resize_guard import ResizeGuard
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.screens.train import TrainScreen
from rnn_tui.tui.screens.words import COPYING, TRIALS, about_group, introduction
from rnn_tui.tui.widgets.header_bar import HeaderBar
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.prose import Prose, hanging

PANELS: tuple[type[Shown], ...] = (HeaderBar, *TrainScreen.PANELS.values())
"""Those that the help of every screen explains."""
KEY, FACT = 8, 12
"""Cells for the name of a key or a fact."""


class Page(Prose):
    """The help's text."""

    def __init__(
        self, info: RunInfo | None, page: type[RunScreen] | None = None, past: Past | None = None
    ) -> None:
        super().__init__()
        self._info, self._page, self._past = info, page, past

    def lines(self, width: int) -> Iterator[Content]:
        """Return the lines, for so many cells."""
        named = table_of(self).named
        if self._page and self._page.LESSON:
            yield from self._taught(self._page.LESSON, width)
        own = self._page.PANELS.values() if self._page else ()
        for title, text in explained(panel for panel in own if panel not in PANELS):
            yield from self.section(tr(title), named(tr(text)), width)
        yield from self.section(tr("What you see"), introduction(self._reach), width)
        if self._info:
            yield from self._about(self._info, width)
        if self._past:
            yield from self.section(tr("Training time"), "", width)
            for name, value in time_bar.facts(self._past):
                yield from hanging(f"  {name}", value, 2 + FACT, width)
        for title, text in (*explained(PANELS), COPYING):
            yield from self.section(tr(title), named(tr(text)), width)
        yield from self.section(tr("Things to try"), "", width)
        for trial in TRIALS:
            yield from hanging("  ·", named(tr(trial)), 4, width)
        for group, rows in groupby(table_of(self).rows, lambda key: key.group):
            keys = list(rows)
            title, text = map(named, about_group(group, keys[0].scope))
            yield from self.section(title, text, width)
            for key in keys:
                also = "  " + tr("also {keys}", keys=key.others) if key.others else ""
                yield Content.assemble((f"{key.face:>{KEY - 2}}  {tr(key.title)}", "bold"), also)
                yield from hanging("", named(tr(key.sentence)), KEY, width)

    @property
    def _reach(self) -> str:
        """How much the network sees, "8 characters"; empty where there is no end to it."""
        return tr(reach(self._info.config, self._info.unit)) if self._info else ""

    def _taught(self, lesson: Lesson, width: int) -> Iterator[Content]:
        named = table_of(self).named
        yield from self.section(tr(lesson.title), named(tr(lesson.text)), width)
        yield from [Content("")] * bool(lesson.equations)
        for equation in lesson.equations:
            yield from hanging("", tr(equation), 4, width)
        yield from self.section(tr("Try this"), "", width)
        for trial in lesson.trials:
            yield from hanging("  ·", named(tr(trial)), 4, width)

    def _about(self, info: RunInfo, width: int) -> Iterator[Content]:
        yield from self.section(tr("This run"), "", width)
        for name, value in facts(info):
            yield from hanging(f"  {name}", value, 2 + FACT, width)
        for note in info.notes:
            yield from hanging("", steady(tr(note)), 2, width)


def explained(panels: Iterable[type[Shown]]) -> list[tuple[str, str]]:
    """Return titles and texts of the panels that have something to explain."""
    return [panel.ABOUT for panel in panels if any(panel.ABOUT)]


class HelpScreen(ResizeGuard, ModalScreen[None]):
    """One page to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(
        self, info: RunInfo | None, page: type[RunScreen] | None = None, past: Past | None = None
    ) -> None:
        super().__init__()
        self._info, self._page, self._past = info, page, past

    def compose(self) -> ComposeResult:
        """Lay out the page and a line that says how to leave it."""
        with VerticalScroll(id="page"):
            yield Page(self._info, self._page, self._past)
        close = table_of(self)["help.close"].face
        yield Static(
            Content(tr("↑ ↓ scroll   {close} back to the pictures", close=close)), id="leave"
        )
