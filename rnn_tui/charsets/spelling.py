"""Lines spelled with the characters a terminal has, in the same columns."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import split_graphemes

from rnn_tui.charsets.glyphs import LONGER, RAISED, SINGLE, braille
from rnn_tui.charsets.letters import fit, romanize
from rnn_tui.charsets.names import Charset

_BRAILLE = range(0x2800, 0x2900)
_SPARE = " ─"
"""Of two of these in a row one can go."""


def spell_line(parts: Sequence[str], charset: Charset) -> list[str]:
    """Spell the parts of a line; the line keeps its width, and so does every part it can.

    Signs may become longer than they were (`∞` is `inf`) where the blanks around them or after
    them give the columns back and one blank stays; if they cannot, all signs of the line are
    one column for one.
    """
    return _spell_freely(parts, charset) or [spell(part, charset) for part in parts]


def spell(text: str, charset: Charset) -> str:
    """Spell a text with as many columns as it had."""
    if text.isascii() or charset == "unicode":
        return text
    spans, _ = split_graphemes(text)
    return "".join(_column(text[start:end], width, charset) for start, end, width in spans)


def spell_prose(text: str) -> str:
    """Spell a text that stands in no columns in ASCII."""
    return "".join(map(_word, text))


def count_alike(symbols: Sequence[str], charset: Charset) -> int:
    """Return how many of these are spelled as another one is."""
    spelled = Counter(spell(symbol, charset) for symbol in symbols)
    return sum(count for count in spelled.values() if count > 1)


@lru_cache(4096)
def _column(grapheme: str, width: int, charset: Charset) -> str:
    """Spell what is painted as one, in `width` columns."""
    if grapheme.isascii() or (charset == "narrow" and not _disputed(grapheme)):
        return grapheme
    plain = SINGLE.get(grapheme) or _plain(grapheme)
    if plain.isascii() and len(plain) == width:
        return plain
    return fit(grapheme, width)


def _word(character: str) -> str:
    """Spell one character in as many columns as it takes."""
    plain = LONGER.get(character) or spell(character, "ascii")
    return plain if character.isascii() or character in SINGLE else romanize(character) or plain


def _plain(grapheme: str) -> str:
    """Return the letter without its accents, or the picture of a control as its letter."""
    code = ord(grapheme[0])
    if code in _BRAILLE:
        return braille(code - _BRAILLE.start)
    if 0x2400 <= code < 0x2420:
        return chr(code - 0x2400 + 0x40).lower()
    letters = unicodedata.normalize("NFKD", grapheme)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _disputed(grapheme: str) -> bool:
    """Tell whether terminals disagree about the width: East Asian Ambiguous (UAX #11)."""
    # Marks are "A" too, but nobody gives them a column
    letters = (c for c in grapheme if not unicodedata.category(c).startswith("M"))
    return any(unicodedata.east_asian_width(letter) == "A" for letter in letters)


def _spell_freely(parts: Sequence[str], charset: Charset) -> list[str] | None:
    """Spell a line with longer signs; None where there are no blanks to make up for them."""
    debt, spelled = 0, []
    for part in parts:
        if not debt and part.isascii():
            spelled.append(part)
            continue
        words: list[str] = []
        last = ""
        for character in part:
            if debt and character == last and character in _SPARE:
                debt -= 1
                continue
            raised, last = {last, character} <= RAISED, character
            longer = None if raised else LONGER.get(character)
            if longer and _changes(character, charset):
                debt += len(longer) - 1
                while debt and words[-2:] == [" ", " "]:
                    words.pop()
                    debt -= 1
                words.append(longer)
            else:
                words.append(character)
        spelled.append(spell("".join(words), charset))
    return None if debt else spelled


def _changes(character: str, charset: Charset) -> bool:
    return not character.isascii() and (charset == "ascii" or _disputed(character))
