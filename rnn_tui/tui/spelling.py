"""What stands in the prefix box, and the text it means.

A newline or a tab cannot stand in a one-line box; its glyph can.
"""

import re
from collections import Counter
from collections.abc import Sequence

_TWO_HEX_DIGITS = re.compile(r"[0-9A-F]{2}")


class Spelling:
    """Translates between the box's characters and the corpus's symbols."""

    def __init__(self, symbols: Sequence[str], glyphs: Sequence[str]) -> None:
        self._symbols, self._glyphs = symbols, glyphs
        known, count = set(symbols), Counter(glyphs)
        self._meant = {
            glyph: symbol
            for symbol, glyph in zip(symbols, glyphs, strict=True)
            if not symbol.isprintable() and len(glyph) == 1 and count[glyph] == 1
            if glyph not in known
        }
        self._typed = {symbol: glyph for glyph, symbol in self._meant.items()}

    def text(self, typed: str) -> str:
        """Return the text that `typed` stands for."""
        return "".join(self._meant.get(character, character) for character in typed)

    def typed(self, id: int) -> str | None:
        """Return what to put into the box for a symbol; None for one that no box can hold.

        Such are bytes from 0x80 up (half a character each) and controls without a glyph.
        """
        symbol = self._symbols[id]
        if _TWO_HEX_DIGITS.fullmatch(self._glyphs[id]):
            return None
        return symbol if symbol.isprintable() else self._typed.get(symbol)
