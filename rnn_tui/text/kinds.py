"""What kind of character a symbol is, and which others are of the same kind."""

import unicodedata

import numpy as np

from rnn_tui.text.vocab import IntArray, Vocab

_HANGUL = {
    "syllable": range(0xAC00, 0xD7A4),
    "initial": range(0x1100, 0x1160),
    "medial": range(0x1160, 0x11A8),
    "final": range(0x11A8, 0x1200),
}
"""Syllables, and the letters that `--units jamo` takes them apart into."""
_CATEGORIES = {"Nd": "digit", "Lu": "capital", "Ll": "small letter"}


def kind(symbol: str) -> str:
    """Return the kind of a character, such as a digit, a capital, or a final letter of Hangul."""
    if symbol.isspace():
        return "blank"
    for name, codes in _HANGUL.items():
        if ord(symbol) in codes:
            return name
    category = unicodedata.category(symbol)
    return _CATEGORIES.get(category, "letter" if category.startswith("L") else "mark")


def others_of_its_kind(vocab: Vocab) -> tuple[IntArray, ...]:
    """Return for each symbol the ids of the others of its kind, rising.

    Bytes beyond ASCII, each of them a part of a character, are a kind by themselves.
    """
    is_byte = vocab.units == "byte"
    kinds = np.array(["byte" if is_byte and not s.isascii() else kind(s) for s in vocab.symbols])
    ids = np.arange(len(vocab))
    return tuple(ids[(kinds == kinds[id]) & (ids != id)] for id in ids)
