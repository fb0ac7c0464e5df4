"""The bytes of a terminal cut into whole pieces, however late their parts arrive.

Textual's parser (8.2.8) gives up on a sequence 0.1 s after its last byte and takes what follows for
keys: over a slow line `ESC`, a pause and `[<35;40;12M` was five keys, one of which rewinds. So
it is handed whole sequences only. The rule:

* Bytes that are no UTF-8 are dropped, between keys and inside a sequence.
* `ESC` alone is the key Esc when nothing follows for a moment (`ESCDELAY`, 100 ms).
* A sequence whose end has not come is waited for, 2 s after its last byte; then it is dropped.
* Where `[`, `O`, `]`, `P` or `_` comes within 2 s after an Esc, it may be a key or the tail of that
  `ESC`. It is held: what goes on as a sequence is one, what does not is keys, and silence makes
  it a key. A key that comes late harms nobody, a rewind that nobody asked for does.
* A line that has cut a sequence once will do it again: from then on Esc waits longer, at most 1 s.
* A paste ends by its mark, or after 5 s of silence.
"""

import codecs
import math
import re
from dataclasses import dataclass
from typing import Literal

ESCAPE_DELAY = 0.1
"""Seconds of silence that make an `ESC` the key."""
LONGEST_DELAY = 1.0
PATIENCE = 2.0
"""Seconds that the rest of a sequence is waited for."""
PASTE_PATIENCE = 5.0
LONGEST = 64
"""Bytes of a sequence; none that means something to us is longer."""
LONGEST_PASTE = 1_000_000

_ESC, _CSI8 = 0x1B, 0x9B
_PASTE_BEGINS, _PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
# CSI, X10 mouse, the Linux console's F1 to F5, rxvt's shift+delete (`[3$`); SS3; OSC; DCS; APC of
# kitty's pictures.
_BEGUN = re.compile(
    rb"\x1b(?:\[(?:(?!\d+\$)[0-?]*[ -/]*|\[|M[ -\xff]{0,2})|O[0-9;]*"
    rb"|\](?:[0-9][^\x00-\x1f]*\x1b?)?|P(?:[0-9!$+<-?|][^\x00-\x1f]*\x1b?)?"
    rb"|_(?:G[^\x00-\x1f]*\x1b?)?)?"
)
_WHOLE = re.compile(
    rb"\x1b(?:\[(?:\d+\$|(?![M\[])[0-?]*[ -/]*[@-~]|M[ -\xff]{3}|\[[A-E])|O[0-9;]*[@-~]"
    rb"|\][0-9][^\x00-\x1f]*(?:\x07|\x1b\\)|[P_][!-~][^\x00-\x1f]*\x1b\\|[ -NQ-Z\\^`-\x7f])"
)


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
        self._pieces: list[Piece] = []

    def feed(self, data: bytes, now: float) -> list[Piece]:
        """Take bytes that arrived at `now`, in seconds; return the pieces that are whole."""
        for byte in data:
            self._take(byte, now)
        self._latest = now
        return self._drained()

    def tick(self, now: float) -> list[Piece]:
        """Return what silence until `now` decides; call it only when nothing waits to be read."""
        silence = now - self._latest
        if self._pasting and silence >= PASTE_PATIENCE:
            self._end_paste()
        elif self._begun == b"\x1b" and silence >= self._delay:
            self._give_up()
            self._escaped = now
        elif self._begun and silence >= PATIENCE:
            self._give_up()
        return self._drained()

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
        if _BEGUN.fullmatch(longer):
            # What is too long means nothing any more, but its end has to be found.
            self._begun = longer if len(longer) < LONGEST else longer[:2] + _dull(longer)
        elif _WHOLE.fullmatch(longer):
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
        if self._told and (len(sequence) > 3 or sequence[-1:] in b"ABCDFH"):
            gap = now - self._escaped + self._delay
            self._delay = max(self._delay, min(1.5 * gap, LONGEST_DELAY))
        self._escaped = -math.inf
        if sequence == _PASTE_BEGINS:
            self._pasting = True
        elif sequence != _PASTE_ENDS:
            self._pieces.append(Piece("sequence", sequence.decode("latin-1"), self._told))

    def _take_pasted(self, byte: int) -> None:
        self._paste.append(byte)
        if self._paste.endswith(_PASTE_ENDS):
            del self._paste[-len(_PASTE_ENDS) :]
            self._end_paste()
        elif len(self._paste) > LONGEST_PASTE + 4096:
            del self._paste[LONGEST_PASTE : -len(_PASTE_ENDS)]

    def _end_paste(self) -> None:
        text = self._paste.decode("utf-8", "ignore").replace("\0", "").replace("\x1b", "")
        self._pasting, self._paste = False, bytearray()
        self._pieces.append(Piece("paste", text))


def _dull(sequence: bytes) -> bytes:
    """The shortest beginning of the same kind that no key or answer has."""
    return {ord("["): b"?", ord("O"): b"0"}.get(sequence[1], sequence[2:3]) + (
        b"\x1b" if sequence.endswith(b"\x1b") else b""
    )
