"""What the words on the screens mean: those of the open screen first, all others below."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from rnn_tui.keys.key import Scope
from rnn_tui.language import tr
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.glossary.questions import QUESTIONS
from rnn_tui.tui.glossary.term import Term, found
from rnn_tui.tui.glossary.terms import TERMS
from rnn_tui.tui.screens.resize_guard import ResizeGuard
from rnn_tui.tui.widgets.prose import Prose, hanging
from rnn_tui.tui.widgets.safe_line import SafeLine

LONGEST = 40
"""Characters that can be searched for."""


class Words(Prose):
    """The terms and questions, or those of them that have something in them."""

    def __init__(self, page: Scope | None) -> None:
        super().__init__()
        self._page = page
        self._sought = ""

    def seek(self, sought: str) -> None:
        """Show only what has this in it; empty: everything."""
        self._sought = sought
        self.refresh(layout=True)

    def lines(self, width: int) -> Iterator[Content]:
        """Return the sections that have something in them."""
        sections = [(title, terms) for title, terms in self._sections() if terms]
        for title, terms in sections:
            yield from self.section(title, "", width)
            for term in terms:
                yield Content(f"  {term.title}").stylize("bold")
                yield from hanging("", table_of(self).named(term.text), 4, width)
        if not sections:
            sought = steady(self._sought)
            nothing = tr("Nothing here has “{sought}” in it; delete some of it.", sought=sought)
            yield from self.section("", nothing, width)

    def _sections(self) -> list[tuple[str, list[Term]]]:
        words, questions = ([term.said() for term in terms] for terms in (TERMS, QUESTIONS))
        if self._sought.strip():
            words, questions = found(words, self._sought), found(questions, self._sought)
            return [(tr("Words"), words), (tr("Questions"), questions)]
        here = [term for term in words if self._page in term.pages]
        others = [term for term in words if term not in here]
        return [
            (tr("Words on this screen"), here),
            (tr("Questions"), questions),
            (tr("Other words"), others),
        ]


class GlossaryScreen(ResizeGuard, ModalScreen[None]):
    """A line to search with, and what it finds."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("glossary")

    def __init__(self, page: Scope | None) -> None:
        """Make it; `page` is the screen whose words come first."""
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Lay out line and text, and how to leave it."""
        yield SafeLine(placeholder=tr("type a word"), max_length=LONGEST, compact=True)
        with VerticalScroll(id="page", can_focus=False):
            yield Words(self._page)
        close = table_of(self)["glossary.close"].face
        yield Static(
            Content(tr("↑ ↓ scroll   {close} back to the pictures", close=close)), id="leave"
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is found, from its beginning."""
        self.query_one(Words).seek(event.value)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by so many windows."""
        self.action_scroll(pages * max(1, self.query_one(VerticalScroll).size.height - 1))
