"""The bytes of a terminal cut into whole pieces, however late their parts arrive.

Textual's parser (8.2.8) gives up on a sequence 0.1 s after its last byte and takes what follows for
keys: over a slow line `ESC`, a pause and `[<35;40;12M` was five keys, one of which rewinds. So
it is handed whole sequences only. The rule:

* Bytes that are no UTF-8 are dropped, between keys and inside a sequence.
* `ESC` alone is the key Esc when nothing follows for a moment (`ESCDELAY`, 100 ms).
* A sequence whose end has not come is waited for, 2 s after its last byte; then it is dropped. If
  within a minute the first bytes that come, several at once, are what was missing, they are dropped
  too or are the sequence, not keys; so are those that end an `ESC` that was told as a key.
* Where `[`, `O`, `]`, `P` or `_` comes within 2 s after an Esc, it may be a key or the tail of that
  `ESC`. It is held: what goes on as a sequence is one, what does not is keys, and silence makes
  it a key. A key that comes late harms nobody, a rewind that nobody asked for does.
* A line that has cut a sequence for less than 2 s will do it again: from then on Esc waits longer,
  at most 1 s.
* A paste ends by its mark, or after 5 s of silence; what then comes at once with the mark in it is
  pasted, too.
"""

import codecs
import math
from dataclasses import dataclass
from typing import Literal

from rnn_tui.tui.terminal.input_sequences import (
    BEGUN,
    PASTE_BEGINS,
    PASTE_ENDS,
    WHOLE,
    begun_mark,
    late_tail,
)

ESCAPE_DELAY = 0.1
"""Seconds of silence that make an `ESC` the key."""
LONGEST_DELAY = 1.0
PATIENCE = 2.0
"""Seconds that the rest of a sequence is waited for."""
LATE = 60.0
"""Seconds up to which what comes at once and fits is still the rest of it: a line that stalls."""
PASTE_PATIENCE = 5.0
LONGEST = 64
"""Bytes of a sequence; none that means something to us is longer."""
LONGEST_PASTE = 1_000_000

_ESC, _CSI8 = 0x1B, 0x9B


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the input that means something by itself."""

    kind: Literal["text", "escape", "sequence", "paste"]
    text: str
    after_escape: bool = False
    """Its `ESC` was already told as a key, so that it may be two keys as well."""


class Splitter:
    """Cuts bytes into pieces; knows no clock, it is told the time."""

    def __init__(self, escape_delay: float = ESCAPE_DELAY) -> None:
        """Begin between two keys; `escape_delay` is in seconds."""
        self._delay = escape_delay
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._begun, self._paste = b"", bytearray()
        self._pasting = self._told = False
        self._latest, self._escaped = -math.inf, -math.inf
        self._cut = b""
        self._pieces: list[Piece] = []

    def feed(self, data: bytes, now: float) -> list[Piece]:
        """Take bytes that arrived at `now`, in seconds; return the pieces that are whole."""
        for byte in data[self._take_late(data, now) :]:
            self._take(byte, now)
        self._latest = now
        return self._drained()

    def tick(self, now: float) -> list[Piece]:
        """Return what silence until `now` decides; call it only when nothing waits to be read."""
        silence = now - self._latest
        if self._pasting and silence >= PASTE_PATIENCE:
            mark = begun_mark(self._paste)
            del self._paste[len(self._paste) - len(mark) :]
            self._end_paste()
            self._cut = PASTE_BEGINS + mark
        elif self._begun == b"\x1b" and silence >= self._delay:
            self._cut = self._begun
            self._give_up()
            self._escaped = now
        elif self._begun and silence >= PATIENCE:
            self._cut = self._begun
            self._give_up()
        return self._drained()

    def _take_late(self, data: bytes, now: float) -> int:
        """Take the tail of a sequence that was given up, if it is one; return its length."""
        cut, self._cut = self._cut, b""
        held = now - self._escaped <= PATIENCE  # `_take` waits for the rest of that `ESC`
        if not cut or held or self._begun or self._pasting or now - self._latest > LATE:
            return 0
        length = late_tail(cut, data)
        if length and cut.startswith(PASTE_BEGINS):
            self._pasting, self._paste = True, bytearray(cut[len(PASTE_BEGINS) :])
        elif length:
            self._begun, self._told = cut, True
        for byte in data[:length]:
            self._take(byte, now)
        return length

    def _drained(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _take(self, byte: int, now: float) -> None:
        if self._pasting:
            self._take_pasted(byte)
        elif self._begun:
            self._go_on(byte, now)
        elif byte == _ESC or (byte == _CSI8 and not self._decoder.getstate()[0]):
            self._decoder.reset()
            self._begun, self._told = b"\x1b" if byte == _ESC else b"\x1b[", False
            self._escaped = -math.inf
        elif byte in b"[O]P_" and now - self._escaped <= PATIENCE:
            self._begun, self._told = bytes([_ESC, byte]), True
        elif text := self._decoder.decode(bytes([byte])):
            self._escaped = -math.inf
            self._pieces.append(Piece("text", text))

    def _go_on(self, byte: int, now: float) -> None:
        longer = self._begun + bytes([byte])
        if BEGUN.fullmatch(longer):
            # What is too long means nothing any more, but its end has to be found.
            self._begun = longer if len(longer) < LONGEST else longer[:2] + _dull(longer)
        elif WHOLE.fullmatch(longer):
            self._begun = b""
            self._end_sequence(longer, now)
        elif byte >= 0x80 and self._begun != b"\x1b" and not self._is_held:
            pass  # noise amid a sequence
        elif self._begun.endswith(b"\x1b") and len(self._begun) > 1:
            self._begun, self._told = b"\x1b", False  # a string was cut, another sequence begins
            self._go_on(byte, now)
        else:
            self._give_up()
            self._escaped = -math.inf
            self._take(byte, now)

    @property
    def _is_held(self) -> bool:
        return self._told and (len(self._begun) == 2 or self._begun == b"\x1b[[")

    def _give_up(self) -> None:
        if self._begun == b"\x1b":
            self._pieces.append(Piece("escape", "\x1b"))
        elif self._is_held:
            self._pieces.append(Piece("text", self._begun[1:].decode()))
        self._begun, self._escaped = b"", -math.inf

    def _end_sequence(self, sequence: bytes, now: float) -> None:
        gap = now - self._escaped  # longer where it came late: no delay would have helped
        if self._told and gap <= PATIENCE and (len(sequence) > 3 or sequence[-1:] in b"ABCDFH"):
            self._delay = max(self._delay, min(1.5 * (gap + self._delay), LONGEST_DELAY))
        self._escaped = -math.inf
        if sequence == PASTE_BEGINS:
            self._pasting = True
        elif sequence != PASTE_ENDS:
            self._pieces.append(Piece("sequence", sequence.decode("latin-1"), self._told))

    def _take_pasted(self, byte: int) -> None:
        self._paste.append(byte)
        if self._paste.endswith(PASTE_ENDS):
            del self._paste[-len(PASTE_ENDS) :]
            self._end_paste()
        elif len(self._paste) > LONGEST_PASTE + 4096:
            del self._paste[LONGEST_PASTE : -len(PASTE_ENDS)]

    def _end_paste(self) -> None:
        text = self._paste.decode("utf-8", "ignore").replace("\0", "").replace("\x1b", "")
        self._pasting, self._paste = False, bytearray()
        self._pieces.append(Piece("paste", text))


def _dull(sequence: bytes) -> bytes:
    """Return the shortest beginning of the same kind that no key or answer has."""
    return {ord("["): b"?", ord("O"): b"0"}.get(sequence[1], sequence[2:3]) + (
        b"\x1b" if sequence.endswith(b"\x1b") else b""
    )
