"""A line to type a number or a symbol in, for whoever asks."""

import math
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from rnn_tui.language import mark, phrase
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.widgets.safe_line import SafeLine

LONGEST = 30
Take = Callable[[str], str]
"""Does something with what was typed; returns what is wrong with it, empty: nothing."""
WRONG = {
    None: mark("{text} is no number: type one as 0.5, -2 or 1e-3."),
    math.inf: mark("{text} is too large: type a number as 0.5, -2 or 1e-3."),
}
"""What is said of what is no number, and of one that is none to work with."""


class NumberLine(SafeLine):
    """The line itself."""


class NumberBar(Horizontal):
    """Hidden until somebody asks."""

    DEFAULT_CSS = """
    NumberBar {
        height: 1;
        display: none;
        &:focus-within, &.-asking { display: block; }
        Static { width: auto; padding: 0 1; }
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
    BINDINGS: ClassVar[list[BindingType]] = bindings("number")
    _take: Take | None = None

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("", markup=False)
        yield NumberLine(id="number", max_length=LONGEST, compact=True)

    def ask(self, prompt: str, take: Take) -> None:
        """Take the keyboard, from the next key on, until something is typed that can be taken."""
        self._take = take
        self.query_one(Static).update(prompt)
        self.add_class("-asking")
        box = self.query_one(NumberLine)
        box.value = ""
        self.screen.set_focus(box)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, once the line has read every key before this one."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Give what was typed to who asked; say what is wrong with it, and ask on."""
        box = self.query_one(NumberLine)
        if box.value and self._take is not None and (wrong := self._take(box.value)):
            box.warn(wrong)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Give the keyboard back."""
        self.remove_class("-asking")
        self.screen.set_focus(None)


def as_number(take: Callable[[float], str]) -> Take:
    """Return what takes a text that spells a number."""

    def taken(text: str) -> str:
        if not text.strip():
            return ""
        value = number_in(text)
        if value is None or value == math.inf:
            return phrase(WRONG[value], text=steady(text.strip()))
        return take(value)

    return taken


def number_in(text: str) -> float | None:
    """Return the number that a text spells, inf where that is too large; None: it spells none."""
    try:
        value = float(text.strip().replace("−", "-"))
    except ValueError:
        return None
    return None if math.isnan(value) else math.inf if math.isinf(value) else value
