"""Textual's driver for a terminal, reading on whatever bytes arrive.

Its own thread (8.2.8) decodes strictly and ends by the first byte that is no UTF-8, and the program
with it, exit code 0 (Textual's issues 6456 and 6668); its parser makes keys of sequences that come
in two parts. Here it gets whole pieces (`input_pieces.py`), what it does not know is dropped, and
should the thread end anyway, the app hears of it.
"""

import os
import select
from collections.abc import Container
from threading import Event
from time import monotonic

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.messages import InputEnded
from rnn_tui.tui.terminal.input_pieces import Piece, Splitter

GLANCE = 0.05
"""Seconds between two looks whether silence has decided something."""
DEAF = 3.0
"""Seconds that a terminal may say it has ended; a hangup's signal comes sooner."""
WIDEST, HIGHEST = 1_000, 500
"""The largest window, in cells, that a report is believed."""

LONGEST_KNOWN = 32
"""Characters of a sequence, after which Textual's parser makes keys of it."""
_CLOSING = "\x1b[I"


class Interpreter:
    """Makes Textual's events of whole pieces, by Textual's own parser."""

    def __init__(self, alt_keys: Container[str] = ()) -> None:
        """Know nothing of the mouse yet; `alt_keys` are those that mean something, as `alt+x`."""
        self._parser, self._alt_keys = XTermParser(), alt_keys

    def events(self, piece: Piece) -> list[Message]:
        """Return what a piece says; a sequence that Textual does not know says nothing."""
        if piece.kind == "escape":
            return [events.Key("escape", "\x1b")]
        if piece.kind == "paste":
            return [events.Paste(piece.text)]
        if piece.kind == "text":
            return self._keys(piece.text)
        found = self._sequence(piece.text)
        # Textual reads ESC and a digit as a sign of the Mac keyboard (ESC 1 as ¡).
        if len(piece.text) == 2 and (not found or _is_printable(found[0])):
            return self._alt_or_escape(piece.text[1])
        if found or len(piece.text) > 3:
            return found
        return self._keys(piece.text[1:]) if piece.after_escape else []

    def _alt_or_escape(self, character: str) -> list[Message]:
        """Alt and a key look like Esc and a key in one breath, which they are unless bound."""
        if (name := f"alt+{character}") in self._alt_keys:
            return [events.Key(name, character)]
        return [events.Key("escape", "\x1b"), *self._keys(character)]

    def _keys(self, text: str) -> list[Message]:
        return [event for character in text for event in self._fed(character)]

    def _sequence(self, sequence: str) -> list[Message]:
        """Feed it up to its first event; another sequence then ends what may be left open."""
        found: list[Message] = []
        if sequence[1] in "]P_" or len(sequence) > LONGEST_KNOWN:
            return found
        for character in sequence:
            if found := self._fed(character):
                break
        self._fed(_CLOSING)
        return [event for event in found if _is_credible(event)]

    def _fed(self, text: str) -> list[Message]:
        try:
            return list(self._parser.feed(text))
        except Exception:
            # Numbers that are no character, too long or zero. A parser that raised hears no more.
            old, self._parser = self._parser, XTermParser()
            for name in ("last_x", "last_y", "mouse_pixels"):
                setattr(self._parser, name, getattr(old, name))
            self._parser.terminal_size = old.terminal_size
            self._parser.terminal_pixel_size = old.terminal_pixel_size
            return []


def is_outside(event: Message, size: Size) -> bool:
    """Tell whether the mouse is said to be where no cell is, as just after a window shrank.

    Textual (8.2.8) takes the keyboard from a text line for that, and letters become commands.
    """
    if not isinstance(event, events.MouseEvent):
        return False
    return not (0 <= event.x < size.width and 0 <= event.y < size.height)


def _is_printable(event: Message) -> bool:
    return isinstance(event, events.Key) and event.is_printable


def _is_credible(event: Message) -> bool:
    if not isinstance(event, events.Resize):
        return True
    pixels = event.pixel_size
    inside = 0 < event.size.width <= WIDEST and 0 < event.size.height <= HIGHEST
    return inside and (pixels is None or (pixels.width > 0 and pixels.height > 0))


class InputDriver(LinuxDriver):
    """A driver whose keyboard goes on whatever bytes come."""

    def start_application_mode(self) -> None:
        """Take the terminal; where the system gives no thread to hear it, give it back.

        Raises:
            RuntimeError: There is no thread to be had.
        """
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        except RuntimeError:
            self._key_thread = None  # it never ran, and cannot be waited for
            if self._writer_thread is not None and self._writer_thread.is_alive():
                self.stop_application_mode()
                self.close()
            raise

    def run_input_thread(self) -> None:
        """Read until the screen is left or suspended; tell the app of any other end."""
        try:
            self._listen()
        except BaseException as error:
            self.send_message(InputEnded(error))

    def _listen(self) -> None:
        strokes = [stroke for key in table_of(self._app).rows for stroke in key.strokes]
        splitter, interpreter = Splitter(constants.ESCAPE_DELAY), Interpreter(strokes)
        ended, never = 0.0, Event()
        while not self.exit_event.is_set():
            if not select.select([self.fileno], [], [], GLANCE)[0]:
                pieces = splitter.tick(monotonic())
            elif data := os.read(self.fileno, 4096):
                pieces, ended = splitter.feed(data, monotonic()), 0.0
            else:
                ended = ended or monotonic()
                if monotonic() - ended > DEAF:
                    raise EOFError("the terminal has no more input")
                never.wait(GLANCE)
                continue
            for piece in pieces:
                for event in interpreter.events(piece):
                    if not is_outside(event, self._app.size):
                        self.process_message(event)
