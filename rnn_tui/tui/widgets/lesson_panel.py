"""The panel of a lesson: beside the pictures, or below them where the window is narrow."""

from collections.abc import Hashable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.control.lesson_page import Page
from rnn_tui.tui.renderables.lesson import draw
from rnn_tui.tui.renderables.lines import cut, fill, fitting
from rnn_tui.tui.widgets.panel import Drawn
from rnn_tui.tui.widgets.safe_line import SafeLine

LONGEST = 60
BESIDE = 120
"""Columns from which on it stands beside the pictures."""
WIDTH, HEIGHT = 42, 9
LONG = 60
"""Lines in which everything has room."""
MORE = mark("{app.zoom} reads on · {lesson.leave} free play")
WHOLE = mark("{app.zoom} the whole picture · {lesson.leave} free play, {app.lessons} comes back")
SCREENS = (
    mark("{lesson.on} {answer.screen} next screen · {lesson.leave} free play"),
    mark("{lesson.on} {answer.screen} next screen"),
)
WHOLE_SCREENS = mark(
    "{app.zoom} the whole picture · {lesson.on} {answer.screen} next screen · "
    "{lesson.leave} free play"
)
LEAVE = mark("{lesson.leave} free play, {app.lessons} comes back")
TYPE, SHOW = mark("{lesson.on} {takes}:"), mark("{lesson.on} shows which")


class AnswerGiven(Message):
    """Something was typed and is meant as the answer."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LessonText(Drawn):
    """What is asked, or what came of the answer."""

    DEFAULT_CSS = "LessonText { height: 1fr; }"
    page = Page()
    leaf: int | None = None
    """Which part of a text that has no room as a whole is read, from 0; None: it is cut."""

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the page: it comes of the lesson, not of the snapshot."""
        return self.page, self.leaf

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the page, or the leaf of it that is read."""
        lines = draw(self.page, width, height, self.palette, table_of(self).named)
        if self.leaf is None:
            return lines
        return fill(self._whole(width)[self.leaf * height :][:height], width, height)

    def _whole(self, width: int) -> list[Strip]:
        """Return all that is written, line by line."""
        lines = draw(self.page, width, LONG, self.palette, table_of(self).named)
        return [line for line in lines if line.text.strip()]

    def turn_over(self) -> bool:
        """Read on; False: all was read, and it is at its beginning again."""
        width, height = self.size
        leaves = -(-len(self._whole(width)) // max(height, 1))
        self.leaf = ((self.leaf or 0) + 1) % leaves if leaves else 0
        self.redraw()
        return self.leaf > 0

    def turn_to(self, page: Page) -> None:
        """Draw another page, from its beginning."""
        if page != self.page and self.leaf:
            self.leaf = 0
        self.page = page
        self.redraw()


class LessonPanel(Vertical):
    """The text, and a line for the answer below it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("answer")
    DEFAULT_CSS = """
    LessonPanel {
        height: 9;
        border: round $accent 60%;
        border-title-color: $foreground;
        border-title-background: $background 0%;
        border-subtitle-color: $foreground 60%;
        border-subtitle-background: $background 0%;
        padding: 0 1;
        &:focus-within { border: round $accent; }
        Horizontal { height: 1; }
        Static { width: auto; color: $foreground 60%; padding: 0 1 0 0; }
        Input, Input:focus {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: transparent;
            background-tint: transparent;
        }
    }
    """
    page = Page()

    def compose(self) -> ComposeResult:
        """Lay out the text and the line."""
        yield LessonText(id="lesson-text")
        with Horizontal():
            yield Static(id="lesson-hint", markup=False)
            yield SafeLine(id="answer", max_length=LONGEST, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        """Write what there is."""
        self.turn_to(self.page)

    def on_resize(self) -> None:
        """Write the text in parts where it stands alone, and the frame."""
        alone = self.screen.maximized is self
        if alone != (self.text.leaf is not None):
            self.text.leaf = 0 if alone else None
            self.text.redraw()
        self._entitle()

    def _entitle(self) -> None:
        """Write the title, and which keys lead away, at the length that has room."""
        alone, room = self.screen.maximized is self, max(self.size.width - 2, 1)
        title = fitting(room, *(steady(title) for title in self.page.titles))
        self.border_title = Content(cut(title, room))
        asked = self.page.number and not self.line.has_focus
        leave: tuple[str, ...] = SCREENS if asked else (LEAVE,)
        if alone:
            leave = (MORE,)
        elif self.size.height < HEIGHT:
            leave = (WHOLE_SCREENS if asked else WHOLE, *leave)
        said = [table_of(self).named(tr(text)) for text in leave]
        self.border_subtitle = Content(cut(fitting(room, *said), room))

    def turn_to(self, page: Page) -> None:
        """Show a page; a line that is no longer needed gives the keyboard back."""
        before, self.page = self.page, page
        if not self.is_mounted:
            return
        if page.at != before.at or page.phase == "leading":
            self.line.value = ""
        if not page.takes and self.line.has_focus:
            self.screen.set_focus(None)
        self.query_one(LessonText).turn_to(page)
        self.line.display = bool(page.takes)
        self.on_resize()
        self.label()

    @property
    def line(self) -> SafeLine:
        """Where the answer is typed."""
        return self.query_one("#answer", SafeLine)

    def label(self) -> None:
        """Say which key does what now."""
        page, hint = self.page, self.page.hint
        if page.takes:
            hint = f"{page.takes}:" if self.line.has_focus else tr(TYPE, takes=page.takes)
        elif page.phase == "asking":
            hint = tr(SHOW)
        self.query_one("#lesson-hint", Static).update(Content(steady(table_of(self).named(hint))))
        self._entitle()

    @property
    def text(self) -> LessonText:
        """What is read."""
        return self.query_one(LessonText)

    def enter(self) -> None:
        """Give the line the keyboard."""
        self.screen.set_focus(self.line)

    def on_descendant_focus(self) -> None:
        """Say what can be typed."""
        self.label()

    def on_descendant_blur(self) -> None:
        """Say how to get to the line."""
        self.label()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed from the screen, whose text lines tell of it."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand in the answer, once the line has read every key before this one."""
        event.stop()
        self.action_give()

    def action_give(self) -> None:
        """Hand in the answer; an empty line gives the keyboard back."""
        if self.line.value.strip():
            self.post_message(AnswerGiven(self.line.value))
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Give the keyboard back; what was typed stays."""
        self.screen.set_focus(None)
