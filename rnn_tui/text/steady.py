"""Text that takes the same columns in every terminal: stand-ins for what they disagree about.

The screen counts columns before a terminal paints them; where the two disagree, frames tear and
numbers lose digits. Measured by asking tmux 3.3a, xterm 379, kitty 0.26 and VTE 0.70 where the
cursor stands after each code point: they and Rich agree about all but 929 of 78,454, xterm.js with
its table for Unicode 11 about all but 734 more, and these never reach the screen
(`python -m shake.graphemes`).
"""

import re
import unicodedata
from functools import cache, lru_cache

from rnn_tui.text.visible import visible

ENDING, ALONE, SIGN = "\u0323", "\u0305", "\u0325"
"""Marks on a letter. A dot below: it ends a syllable. A line above: it is in none (as in ㅋㅋ).
A ring below: it stands for the vowel sign that goes with it."""

DISPUTED = "\u25af"
"""WHITE VERTICAL RECTANGLE: a character is here, and no better stand-in is known."""

# What is neither changed nor worth a look one by one: letters of Europe, kana, Han, Hangul, our
# own lines and bars. A test holds each of them to `_steady`.
_PLAIN = (
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u0482"
    "\u2010-\u2015\u2018-\u2026\u2190-\u21ff\u2500-\u25ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*"
)
# Beside whole categories. Unicode 15 to 17 made some narrow symbols wide, and what it added is
# unknown to many terminals; a sign that joins others in one cell is counted once or twice.
_NARROW_OR_WIDE = (
    "[\u0897\u0cf3\u0ece\u115f\u1160\u1734\u1acf-\u1add\u1ae0-\u1aeb\u2630-\u2637\u268a-\u268f\u2ffc-\u2fff"
    "\u3030\u303d\u3164\u31e4\u31e5\u31ef\u3248-\u324f\u3297\u3299\u4dc0-\u4dff\uffa0"
    "\U00010d69-\U00010d6d\U00010efa-\U00010eff\U00011241\U000113b8-\U000113e2\U00011b60-\U00011b67"
    "\U00011f00-\U00011f5a\U00013447-\U00013455\U0001611e-\U0001612f\U00016ff0-\U00016ff6"
    "\U000187f8-\U000187ff\U00018cff\U00018d09-\U00018df2\U0001b132\U0001b155\U0001d300-\U0001d376"
    "\U0001e08f\U0001e4ec-\U0001e4ef\U0001e5ee\U0001e5ef\U0001e6e3-\U0001e6f5\U0001f202\U0001f237"
    "\U0001f6d8\U0001f6dc\U0001fa75-\U0001fa77\U0001fa87-\U0001fa8f\U0001faad-\U0001faaf"
    "\U0001fabb-\U0001fabf\U0001fac6-\U0001facf\U0001fada-\U0001fadf\U0001fae8-\U0001faef"
    "\U0001faf7\U0001faf8"
    # … and 13 and 14, which browsers and VS Code do not know: the table of their xterm.js is for 11
    "\u0898-\u089f\u08ca-\u08d2\u0b55\u0c3c\u0d81\u180f\u1abf-\u1ace\u1dfa\u31bb-\u31bf\ua82c"
    "\U00010eab-\U00010eac\U00010f82-\U00010f85\U00011070\U00011073-\U00011074\U000110c2"
    "\U000111cf\U0001193b-\U0001193c\U0001193e\U00011943\U00016fe4\U00018af3-\U00018cd5"
    "\U00018d00-\U00018d08\U0001aff0-\U0001affe\U0001b11f-\U0001b122\U0001cf00-\U0001cf46"
    "\U0001e2ae\U0001f6d6-\U0001f6d7\U0001f6dd-\U0001f6df\U0001f6fb-\U0001f6fc\U0001f7f0"
    "\U0001f90c\U0001f93b\U0001f946\U0001f972\U0001f977-\U0001f979\U0001f9a3-\U0001f9a4"
    "\U0001f9ab-\U0001f9ad\U0001f9cb-\U0001f9cc\U0001fa74\U0001fa7b-\U0001fa7c"
    "\U0001fa83-\U0001fa86\U0001fa96-\U0001faac\U0001fab0-\U0001faba\U0001fac0-\U0001fac5"
    "\U0001fad0-\U0001fad9\U0001fae0-\U0001fae7\U0001faf0-\U0001faf6]"
)
_STAND_INS = {
    **dict(zip("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff", "○◔◑◕●", strict=True)),
    **{chr(0x1F1E6 + letter): chr(0x24B6 + letter) for letter in range(26)},  # flags: ⓀⓇ
    "\u200d": "\u203f",  # UNDERTIE for the joiner of emoji
    "\u302e": "\u2219",  # one dot and two beside a syllable of old Korean: its tone
    "\u302f": "\u2236",
    "\uff9e": "\u309b",  # the voicing marks of halfwidth kana as signs of their own
    "\uff9f": "\u309c",
    "\u0e33": "\u0e32" + SIGN,  # Thai and Lao AM: one cell with the letter before it, or another
    "\u0eb3": "\u0eb2" + SIGN,
}
_UNSEEN = "\u034f"
"""Takes no column anywhere; stands for variation selectors, which widen in some terminals."""
_RAISED = dict(zip("abdeghiklmnoprstuvwy", "ᵃᵇᵈᵉᵍʰⁱᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷʸ", strict=True))
_CONJOINING = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]+")


def steady(text: str) -> str:
    """Return a text to paint in columns: `visible`, and the same width in every terminal."""
    return text if text.isascii() and text.isprintable() else _stood_in(text)


@lru_cache(8192)  # the symbols of a vocabulary, and a few lines
def _stood_in(text: str) -> str:
    if _is_plain(text):
        return text
    whole = _CONJOINING.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return "".join(map(_steady, whole))


def one_for_one(text: str) -> str:
    """Return as many characters as `text` has, each of a width that is the same everywhere."""
    return text if _is_plain(text) else "".join(_steady(character)[0] for character in text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile where it is needed: some milliseconds, which an English text need not wait for."""
    return re.compile(pattern)


def _is_plain(text: str) -> bool:
    """Return whether nothing of a text is changed or worth a look."""
    return (text.isascii() and text.isprintable()) or bool(_compiled(_PLAIN).fullmatch(text))


@lru_cache(4096)
def _steady(character: str) -> str:
    if character in _STAND_INS:
        return _STAND_INS[character]
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return _UNSEEN
    if _CONJOINING.match(character):
        return _letter(character)
    category = unicodedata.category(character)
    if category == "Mc":
        return _vowel(character)
    if category == "Cn" or _compiled(_NARROW_OR_WIDE).match(character):
        plain = unicodedata.normalize("NFKC", character)
        kept = len(plain) == 1 and plain != character and unicodedata.category(plain) == "Lo"
        return plain if kept and plain not in "\u1160" else DISPUTED
    return visible(character)


def _vowel(sign: str) -> str:
    """Return a spacing mark as the letter it is a sign of, or as raised Latin ones."""
    name = unicodedata.name(sign)
    if " VOWEL SIGN " in name:
        try:
            return unicodedata.lookup(name.replace(" VOWEL SIGN ", " LETTER ")) + SIGN
        except KeyError:  # as in Khmer and Burmese
            pass
    # Only now: most texts need none of it, and it holds 345 kB of data
    from anyascii import anyascii

    raised = [_RAISED[letter] for letter in anyascii(sign).lower() if letter in _RAISED]
    return "".join(raised[:1] + raised[1:][-1:]) or DISPUTED


def _letter(jamo: str) -> str:
    # Conjoining vowels and finals have width 0 or 1 on their own; the letter has two columns.
    name = unicodedata.name(jamo, "")
    position = next((p for p in ("CHOSEONG", "JUNGSEONG", "JONGSEONG") if p in name), "")
    try:
        letter = unicodedata.lookup(name.replace(position, "LETTER")) if position else DISPUTED
    except KeyError:  # old jamo without a letter of their own, and the filler of an empty place
        return jamo if position == "CHOSEONG" and jamo != "\u115f" else DISPUTED
    return letter + ENDING if position == "JONGSEONG" else letter
