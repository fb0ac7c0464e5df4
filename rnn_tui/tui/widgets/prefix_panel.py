"""A text of one's own, and what the network expects after it."""

from collections.abc import Hashable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from rnn_tui.language import counted, mark, phrase, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.hangul.typed import add_letter
from rnn_tui.text.steady import steady
from rnn_tui.text.visible import visible
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.messages import StatusText
from rnn_tui.tui.renderables.glyphs import is_byte, typed
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.renderables.predictions import draw
from rnn_tui.tui.widgets.panel import NOT_LOGGED, Drawn, Shown
from rnn_tui.tui.widgets.safe_line import SafeLine

LONGEST = 500
"""Characters of a prefix; the network reads no more of it."""


class PrefixChanged(Message):
    """The text in the prefix box is another one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class PrefixInput(SafeLine):
    """A line for symbols of the text, of which newlines are some."""

    def _on_paste(self, event: events.Paste) -> None:
        # All of it, where an ordinary input takes the first line and drops the rest.
        event.stop()
        event.prevent_default()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        most = self.max_length or LONGEST
        room = most - len(self.value) + len(self.selected_text)
        self.replace(text[:room], *self.selection)
        if room < len(text):
            self.restricted()

    def restricted(self) -> None:
        """Say why no more is taken; Textual would ring the terminal's bell at every key."""
        most = counted(self.max_length or LONGEST, "character")
        self.warn(phrase("The line is full: it takes {most}.", most=most))


class Predictions(Drawn):
    """The likeliest next symbols, and what the network would go on with."""

    DEFAULT_CSS = """
    Predictions { height: 1fr; }
    """

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the predictions."""
        view = snapshot.prefix
        if view is None:
            return ()
        arrays = (view.top_ids, view.top_probs, view.continuation)
        return (view.prefix, view.unknown, *(array.tobytes() for array in arrays), info.symbols)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the bars, or say how to get them."""
        view = self.snapshot.prefix if self.snapshot else None
        if self.snapshot and self.snapshot.replayed:
            return sentence(tr(NOT_LOGGED), width, height, self.palette.dim)
        if self.covered:
            return sentence(self.question, width, height, self.palette.dim)
        if view is None or self.info is None or not (view.unknown or view.top_ids.size):
            key = table_of(self)["prefix.enter"].face
            text = tr(
                "Press {key} and type: what the network expects next will stand here.", key=key
            )
            return sentence(text, width, height, self.palette.dim)
        return draw(view, self.info, width, height, self.palette)


class PrefixPanel(Vertical, Shown):
    """An input above what the network expects next; both follow every update."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("After your prefix"),
        mark(
            "Type {prefix.enter} and a beginning of your own: the panel shows what the "
            "network expects next, how unsure it is, and what it would write from there if it "
            "always took the likeliest. 1 bit unsure is a coin toss; 0 is certain. A "
            "character that is not in the text is named: the network has never seen it and "
            "knows nothing about it."
        ),
    )
    ENTER: ClassVar[str] = "prefix.enter"
    """The key that gives the input the keyboard."""
    PICTURE: ClassVar[type[Drawn]] = Predictions
    """What stands below the input."""
    BEGINS: ClassVar[bool] = True
    """Whether the text's first symbol is asked for until something is typed."""
    DEFAULT_CSS = """
    PrefixPanel {
        border: round $foreground 30%;
        border-title-color: $foreground;
        border-title-background: $background 0%;
        &:focus-within { border: round $accent; }
        Horizontal { height: 1; }
        Static { width: auto; color: $foreground 60%; }
        Input, Input:focus {
            height: 1;
            border: none;
            padding: 0;
            background: transparent;
            background-tint: transparent;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("prefix")

    _symbol = "character"
    """What one symbol is called."""
    first: str = ""
    """What is asked for until something is typed: the text's first symbol; empty: nothing."""

    def compose(self) -> ComposeResult:
        """Lay out the input line and the predictions."""
        with Horizontal():
            yield Static(f" {table_of(self)[self.ENTER].face} ", markup=False)
            yield PrefixInput(id="prefix", max_length=LONGEST, select_on_focus=False, compact=True)
        yield self.PICTURE()

    def on_resize(self) -> None:
        """Name the panel anew."""
        self._entitle()

    def _entitle(self) -> None:
        """Name the panel at the length that has room."""
        titles = self.titles(self._symbol)
        self.border_title = Content(fitting(self.size.width - 4, *titles))

    def titles(self, symbol: str) -> tuple[str, ...]:
        """Return what is shown, and in which unit: the same in fewer and fewer words."""
        return (
            tr("After your prefix · probability of the next {unit}", unit=tr(symbol)),
            tr("After your prefix · probability in %"),
            tr("After your prefix · %"),
        )

    @property
    def picture(self) -> Drawn:
        """What the network expects."""
        return self.query_one(self.PICTURE)

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment."""
        self.picture.show(snapshot, info)
        if info.unit != self._symbol:
            self._symbol = info.unit
            self._entitle()
        self.first = first_of(info) if self.BEGINS and not snapshot.replayed else ""
        begins = tr(
            "after {symbol}, with which the text begins; or type your own",
            symbol=steady(info.symbols[info.begins]),
        )
        self._input.placeholder = begins if self.first else ""

    def speak(self) -> None:
        """Name the panel in the language that is spoken now."""
        self._entitle()

    @property
    def text(self) -> str:
        """The prefix as the network reads it: pictures are what they stand for."""
        return "".join(map(typed, self._input.value))

    @text.setter
    def text(self, value: str) -> None:
        self._input.value = value

    @property
    def asked(self) -> str | None:
        """The prefix, or before there is one the text's first symbol; None: neither."""
        return self.text or self.first or None

    @property
    def visible_rows(self) -> int:
        """How many next symbols fit."""
        return max(self.picture.size.height - 2, 1)

    @property
    def _input(self) -> PrefixInput:
        return self.query_one(PrefixInput)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what the text is now."""
        event.stop()
        self.post_message(PrefixChanged(self.text))

    def action_take(self) -> None:
        """Add the symbol that the network expects most, if it may be seen."""
        if self.covered:
            self.post_message(StatusText(self.question))
            return
        shown = self.picture
        view = shown.snapshot.prefix if shown.snapshot else None
        # An answer to an older text is no answer to this one.
        if view is None or shown.info is None or not view.top_ids.size or view.prefix != self.asked:
            return
        likeliest = int(view.top_ids[0])
        if not is_byte(shown.info.symbols[likeliest]):
            box = self._input
            letter = visible(shown.info.letters[likeliest])
            box.value = add_letter(box.value, letter)[:LONGEST]
            box.cursor_position = len(box.value)

    def action_leave(self) -> None:
        """Give the keyboard back; the text stays."""
        self.screen.set_focus(None)


def first_of(info: RunInfo) -> str:
    """Return the text's first symbol, if it is one that can be typed; else nothing."""
    first = info.letters[info.begins]
    return first if info.unit != "byte" or first.isascii() else ""
