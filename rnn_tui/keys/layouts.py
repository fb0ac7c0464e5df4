"""Keyboards other than Latin: which Latin keys were struck when such a character arrives.

Sources: KS X 5002, the Korean two-set layout; the Russian and Ukrainian ЙЦУКЕН layouts and the
Greek one as in Unicode CLDR's keyboard data.
"""

import unicodedata

from rnn_tui.text.hangul_typed import typed

_TWO_SET = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ" + "ㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiop" + "asdfghjkl" + "zxcvbnm" + "QWERTOP",
        strict=True,
    )
)
_TWO_STROKES = {
    pair: first + second
    for pair, first, second in zip(
        "ㅘㅙㅚㅝㅞㅟㅢ" + "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        "ㅗㅗㅗㅜㅜㅜㅡ" + "ㄱㄴㄴㄹㄹㄹㄹㄹㄹㄹㅂ",
        "ㅏㅐㅣㅓㅔㅣㅣ" + "ㅅㅈㅎㄱㅁㅂㅅㅌㅍㅎㅅ",
        strict=True,
    )
}

_CYRILLIC = dict(
    zip(
        "йцукенгшщзхъ" + "фывапролджэ" + "ячсмитьбю" + "ё" + "іїєґў",
        "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,." + "`" + "s]'\\o",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "ςερτυθιοπ" + "ασδφγηξκλ" + "ζχψωβνμ",
        "wertyuiop" + "asdfghjkl" + "zxcvbnm",
        strict=True,
    )
)
_SHIFTED = dict(zip("[];',.`\\", '{}:"<>~|', strict=True))
_GREEK_Q = {";": "q", ":": "Q"}
"""The Greek layout has no letter on Q; this is a command only from who types Greek."""


class Keyboard:
    """Reads characters as strokes of Latin keys; remembers whether the last letter was Greek."""

    def __init__(self) -> None:
        self._greek = False

    def read(self, character: str) -> str:
        """Return the characters on the Latin keys struck; empty where there are none.

        A capital that is no command is the small letter: Caps Lock is on.
        """
        if self._greek and character in _GREEK_Q:
            return _GREEK_Q[character]
        strokes = latin(character)
        self._greek = character.lower() in _GREEK
        if not strokes and character.isascii() and character.isupper():
            return character.lower()
        return strokes


def latin(character: str) -> str:
    """Return the characters on the keys that make `character`; empty when it is none of ours.

    An input method composes: two commands struck one after the other (ㄴ, ㅏ) can arrive as
    one syllable (나), which is "sk" again.
    """
    if len(character) != 1:
        return ""
    if "！" <= character <= "～":
        return unicodedata.normalize("NFKC", character)  # an input method's full-width letters
    for letters in (_CYRILLIC, _GREEK):
        if stroke := letters.get(character):
            return stroke
        if stroke := letters.get(character.lower()):
            return _SHIFTED.get(stroke, stroke.upper())
    strokes = "".join(_TWO_STROKES.get(letter, letter) for letter in typed(character))
    return "".join(_TWO_SET.get(stroke, "") for stroke in strokes)
