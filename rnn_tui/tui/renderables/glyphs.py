"""Symbols on the screen: alone in slots of their own, and strung together to a text."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from rnn_tui.text.hangul.syllables import joined
from rnn_tui.text.steady import steady

SLOT = 2
"""Cells a symbol standing alone gets, wide or not, so that columns stay straight."""

BLANK = "␣"
NOTHING = "□"
"""Stands for a symbol before the beginning."""
_BASE = "◌"
_HEX = frozenset("0123456789ABCDEF")


class Character(NamedTuple):
    """What is painted as one: a symbol, or several that belong together."""

    text: str
    width: int
    probability: float


def slot(glyph: str) -> str:
    """Return a glyph in exactly `SLOT` cells."""
    return set_cell_size(steady(glyph), SLOT)


def typed(picture: str) -> str:
    """Return what one character in an input stands for: a picture for what it shows."""
    if picture in ("↵", BLANK):
        return "\n" if picture == "↵" else " "
    return chr(ord(picture) - 0x2400) if "\u2400" <= picture < "\u2420" else picture


def is_byte(glyph: str) -> bool:
    """Tell whether a glyph is a byte from 0x80 up, written as two hexadecimal digits."""
    return len(glyph) == 2 and _HEX.issuperset(glyph)


def join_symbols(
    ids: Sequence[int],
    symbols: Sequence[str],
    letters: Sequence[str],
    probabilities: Sequence[float],
) -> list[Character]:
    """Join symbols to a text, the letters of Hangul to syllables.

    A syllable has the product of its letters' probabilities: that is how likely it was.
    """
    glyphs, chances, start = [], [], 0
    for text, count in joined("".join(letters[id] for id in ids)):
        if text:  # a mark that keeps letters apart has none
            glyphs.append(text if count > 1 else symbols[ids[start]])
            chances.append(math.prod(probabilities[start : start + count]))
        start += count
    return join_glyphs(glyphs, chances)


def join_glyphs(glyphs: Sequence[str], probabilities: Iterable[float]) -> list[Character]:
    """Join glyphs to a text that reads like one.

    Marks sit on the character before them, bytes become the character they spell, and a single
    blank between two characters is a blank, not its picture. What belongs together has the
    smallest of its probabilities.
    """
    characters: list[Character] = []
    spelled = bytearray()
    for glyph, probability in zip(glyphs, probabilities, strict=True):
        if is_byte(glyph):
            spelled.append(int(glyph, 16))
            if len(spelled) > 1 and (whole := _decoded(spelled)):
                worst = min(probability, *(c.probability for c in characters[-len(spelled) + 1 :]))
                del characters[-len(spelled) + 1 :]
                characters.append(Character(whole, cell_len(whole), worst))
                spelled.clear()
                continue
        else:
            spelled.clear()
        _append(characters, steady(glyph), probability)
    return [_opened(characters, i) for i in range(len(characters))]


def _append(characters: list[Character], glyph: str, probability: float) -> None:
    if len(glyph) > 1 and glyph.startswith(_BASE) and characters:
        before = characters[-1]
        joined = before.text + glyph[1:]
        if cell_len(joined) == before.width and before.text not in ("↵", BLANK):
            characters[-1] = Character(joined, before.width, min(before.probability, probability))
            return
    characters.append(Character(glyph, cell_len(glyph), probability))


def _decoded(spelled: bytearray) -> str:
    """Return the character at the end of the bytes so far, dropping what comes before it."""
    for start in range(max(len(spelled) - 4, 0), len(spelled) - 1):
        try:
            text = bytes(spelled[start:]).decode()
        except UnicodeDecodeError:
            continue
        if len(text) == 1:
            del spelled[:start]
            return steady(text)
    return ""


def _opened(characters: list[Character], i: int) -> Character:
    """Show a blank as a blank where characters on both sides give it away."""
    here = characters[i]
    if here.text != BLANK or not 0 < i < len(characters) - 1:
        return here
    beside = (characters[i - 1].text, characters[i + 1].text)
    alone = not any(text in (BLANK, "↵") for text in beside)
    return here._replace(text=" ") if alone else here
