"""One symbol of a vocabulary, shown where it stands alone."""

import unicodedata

from rnn_tui.text.steady import ALONE, DISPUTED, steady

SEAT = "\u25cc"
"""DOTTED CIRCLE: what a mark sits on that stands alone."""
_BLANK = "\u237d"
"""SHOULDERED OPEN BOX: every blank but the usual one."""
_SHARED = ("\ufffd", _BLANK, DISPUTED, SEAT + "\u034f")
"""What stands for many symbols, so that it does not tell which one is meant."""


def glyph(symbol: str) -> str:
    """Show one character standing alone, blank and zero-width ones included."""
    if symbol == " ":
        return "\u2423"  # OPEN BOX
    if unicodedata.category(symbol) == "Zs":
        return _BLANK
    shown = steady(symbol)
    takes_none = shown == "\u200c" or unicodedata.category(shown[0]) in ("Mn", "Me")
    return SEAT + shown if takes_none else shown


def named(glyph: str, symbol: str) -> str:
    """Return a symbol's glyph; `U+200E` where that is the glyph of many, or a font's empty box."""
    shared = glyph in _SHARED and glyph != symbol
    no_glyph = len(symbol) == 1 and unicodedata.category(symbol) in ("Cn", "Co")
    return f"U+{ord(symbol):04X}" if shared or no_glyph else glyph


def byte_glyph(value: int) -> str:
    """Show one byte: its ASCII character, or two hexadecimal digits from 0x80 up."""
    return glyph(chr(value)) if value < 0x80 else f"{value:02X}"


def jamo_glyph(symbol: str) -> str:
    """Show one symbol of a text whose syllables are taken apart."""
    if symbol == "\u034f":
        return "\u205e"  # FOUR DOTS: what stands above and below it is kept apart
    return symbol + ALONE if "\u3131" <= symbol <= "\u3163" else glyph(symbol)
