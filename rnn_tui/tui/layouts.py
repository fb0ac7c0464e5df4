"""Keyboards other than Latin: which Latin keys were struck when such a character arrives.

Source: KS X 5002, the Korean two-set layout.
"""

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
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3


def latin(character: str) -> str:
    """Return the letters on the keys that make `character`; empty when it is none of ours.

    An input method composes: two commands struck one after the other (ㄴ, ㅏ) can arrive as
    one syllable (나), which is "sk" again.
    """
    if len(character) != 1:
        return ""
    jamo = _take_apart(character)
    strokes = "".join(_TWO_STROKES.get(part, part) for part in jamo)
    return "".join(_TWO_SET.get(stroke, "") for stroke in strokes)


def _take_apart(character: str) -> str:
    """Return the letters of a Hangul syllable; anything else as it is.

    Source: The Unicode Standard, section 3.12, Hangul syllable decomposition.
    """
    if not _FIRST <= ord(character) <= _LAST:
        return character
    index = ord(character) - _FIRST
    initial, rest = divmod(index, len(_VOWELS) * len(_FINALS))
    vowel, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
