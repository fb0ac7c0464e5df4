"""The vocabulary: which symbols a text is made of, and their ids."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rnn_tui.errors import InputError
from rnn_tui.text.glyphs import byte_glyph, glyph, jamo_glyph, named
from rnn_tui.text.hangul.syllables import MARK, compose, keep_apart, take_apart, unfinished
from rnn_tui.text.hangul.typed import conjoin

IntArray = npt.NDArray[np.integer[Any]]
Units = Literal["char", "byte", "jamo"]
"""Jamo: characters, and for Hangul syllables the letters they are written with."""
Normalize = Literal["NFC", "NFD", "none"]

# Characters in work at a time: 4 MB of code points, whatever the length of the text.
CHUNK = 1 << 20


class UnknownSymbolError(InputError):
    """A text holds symbols that the vocabulary does not."""

    def __init__(self, symbols: tuple[str, ...], units: Units = "char") -> None:
        self.symbols = symbols
        names = ", ".join(named(_shown(symbol, units), symbol) for symbol in symbols[:8])
        more = f" and {len(symbols) - 8:,} more" if len(symbols) > 8 else ""
        super().__init__(f"the network has never seen: {names}{more}")


@dataclass(frozen=True, slots=True, eq=False)
class Vocab:
    """Symbols in the order of their first appearance; a symbol's place is its id."""

    symbols: tuple[str, ...]
    """One character each; with byte units, chr(byte value)."""
    units: Units = "char"
    normalize: Normalize = "none"
    """What `encode` does to a text first, so that a typed prefix is spelled as the corpus is."""
    _ids: IntArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        codes = code_points("".join(self.symbols))
        ids = np.full(int(codes.max(initial=0)) + 2, -1, np.int32)
        ids[codes] = np.arange(len(self.symbols))
        object.__setattr__(self, "_ids", ids)

    @property
    def unit(self) -> str:
        """What one symbol is called."""
        return {"char": "character", "byte": "byte", "jamo": "letter"}[self.units]

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, text: str) -> IntArray:
        """Turn a text into ids (N,) of the smallest unsigned type.

        Raises:
            UnknownSymbolError: The text holds symbols that are not in the vocabulary.
        """
        codes = self._codes(text)
        ids = np.empty(len(codes), smallest_type(len(self)))
        for start in range(0, len(codes), CHUNK):
            part = self._lookup(codes[start : start + CHUNK])
            if part.min() < 0:
                raise UnknownSymbolError(self.unknown(text), self.units)
            ids[start : start + CHUNK] = part
        return ids

    def decode(self, ids: npt.ArrayLike | Iterable[int]) -> str:
        """Turn ids back into text; bytes that are not UTF-8 become U+FFFD."""
        chosen = [self.symbols[i] for i in np.asarray(ids, np.intp).ravel().tolist()]
        text = "".join(chosen)
        if self.units == "jamo":
            return compose(text)
        return text.encode("latin-1").decode(errors="replace") if self.units == "byte" else text

    def unfinished(self, before: IntArray, after: IntArray) -> IntArray:
        """Return the ids at the end of `before` that make a syllable with the first of `after`."""
        if self.units != "jamo":
            return before[:0]
        last, first = ("".join(self.symbols[i] for i in ids) for ids in (before[-2:], after[:1]))
        return before[len(before) - unfinished(last, first) :]

    def translate(self, ids: IntArray, vocab: "Vocab") -> IntArray:
        """Turn ids of another vocabulary, of the same units, into ids of this one.

        Raises:
            UnknownSymbolError: The other vocabulary holds symbols that this one does not.
        """
        table = self._lookup(code_points("".join(vocab.symbols)))
        if table.min() < 0:
            pairs = zip(vocab.symbols, table.tolist(), strict=True)
            raise UnknownSymbolError(tuple(symbol for symbol, id in pairs if id < 0), self.units)
        translated: IntArray = table.astype(smallest_type(len(self)))[ids]
        return translated

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the symbols of a text that are not in the vocabulary, by first appearance."""
        codes = self._codes(text)
        strange = codes[self._lookup(codes) < 0]
        return tuple(dict.fromkeys(map(chr, strange.tolist())))

    def glyph(self, id: int) -> str:
        """Show one symbol, safe to paint: `↵` for newline, `␣` for space, `B0` for a byte."""
        return _shown(self.symbols[id], self.units)

    def name(self, id: int) -> str:
        """Show one symbol as `glyph` does, but `U+200E` where its glyph is that of many."""
        return named(self.glyph(id), self.symbols[id])

    def _codes(self, text: str) -> IntArray:
        if self.normalize != "none":
            text = unicodedata.normalize(self.normalize, text)
        if self.units == "byte":
            return np.frombuffer(text.encode(errors="surrogatepass"), np.uint8)
        if self.units == "jamo":
            text = conjoin(text, self._knows)
            # A corpus without marks is composed throughout; what is typed is spelled as it is
            text = keep_apart(text)[0] if self._knows(MARK) else compose(text)
            return take_apart(code_points(text))
        return code_points(text)

    def _knows(self, symbol: str) -> bool:
        return bool(self._lookup(code_points(symbol))[0] >= 0)

    def _lookup(self, codes: IntArray) -> IntArray:
        # As an intp: 256 bytes and the place for strangers are one more than a uint8 can hold.
        found: IntArray = self._ids[np.minimum(codes, np.intp(len(self._ids) - 1))]
        return found


def _shown(symbol: str, units: Units) -> str:
    if units == "jamo":
        return jamo_glyph(symbol)
    return byte_glyph(ord(symbol)) if units == "byte" else glyph(symbol)


def code_points(text: str) -> IntArray:
    """Return the code point of every character (N,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def smallest_type(size: int) -> type[np.unsignedinteger[Any]]:
    """Return the smallest unsigned type for ids below `size`."""
    return np.uint8 if size <= 1 << 8 else np.uint16 if size <= 1 << 16 else np.uint32
