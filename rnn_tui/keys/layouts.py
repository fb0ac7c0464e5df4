"""Keyboards other than Latin: which Latin keys were struck when such a character arrives.

Sources: KS X 5002, the Korean two-set layout; the Russian and Ukrainian ЙЦУКЕН layouts and the
Greek one as in Unicode CLDR's keyboard data; the Hebrew (SI 1452), Arabic, Thai (Kedmanee) and
French layouts as in xkeyboard-config.
"""

import unicodedata

from rnn_tui.text.hangul.typed import typed

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
_HEBREW = dict(
    zip(
        "קראטוןםפ" + "שדגכעיחלךף" + "זסבהנמצתץ",
        "ertyuiop" + "asdfghjkl;" + "zxcvbnm,.",
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ضصثقفغعهخحجد" + "شسيبلاتنمكط" + "ئءؤر\ufefbىةوزظ" + "ذ",
        "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,./" + "`",
        strict=True,
    )
)
_ARABIC_MORE = {"\u064c": "R", "إ": "Y", "؟": "?", "ی": "d", "ک": ";", "گ": "'", "چ": "]"}
"""With shift, and letters that only the Persian layout has."""
_THAI = dict(
    zip(
        "ๆไ\u0e33พะ\u0e31\u0e35รนยบล" + "ฟหกดเ\u0e49\u0e48าสวง" + "ผปแอ\u0e34\u0e37ทมใฝ" + "ๅภ",
        "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,./" + "14",
        strict=True,
    )
)
_THAI_SHIFTED = dict(zip("ฑฉ\u0e4dฐฒฬฦ", "RCY{<>?", strict=True))
_AZERTY = {"&": "1", "é": "2", '"': "3", "'": "4", "à": "0"}
"""French keyboards have digits with shift only. None of these is a command."""
_PLACES = _HEBREW | _ARABIC | _ARABIC_MORE | _THAI | _THAI_SHIFTED | _AZERTY
_SHIFTED = dict(zip("[];',.`\\", '{}:"<>~|', strict=True))
_GREEK_Q = {";": "q", ":": "Q"}
"""The Greek layout has no letter on Q; this is a command only from who types Greek."""
_HEBREW_W = {"'": "w"}
"""The Hebrew layout has this on W, the French one on 4; who types Hebrew has typed its letters."""


class Keyboard:
    """Reads characters as strokes of Latin keys; remembers what the last letter was.

    A character that several layouts have is read by that letter's.
    """

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def read(self, character: str) -> str:
        """Return the characters on the Latin keys struck; empty where there are none.

        A capital that is no command is the small letter: Caps Lock is on.
        """
        if character in self._marks:
            return self._marks[character]
        strokes = latin(character)
        greek, hebrew = character.lower() in _GREEK, character in _HEBREW
        self._marks = _GREEK_Q if greek else _HEBREW_W if hebrew else {}
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
    if stroke := _PLACES.get(character):
        return stroke
    if character.isdecimal() and not character.isascii():
        return str(unicodedata.decimal(character))
    for letters in (_CYRILLIC, _GREEK):
        if stroke := letters.get(character):
            return stroke
        if stroke := letters.get(character.lower()):
            return _SHIFTED.get(stroke, stroke.upper())
    strokes = "".join(_TWO_STROKES.get(letter, letter) for letter in typed(character))
    return "".join(_TWO_SET.get(stroke, "") for stroke in strokes)
