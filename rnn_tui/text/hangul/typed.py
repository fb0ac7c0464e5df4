"""Hangul as a keyboard types it: letters that stand alone (ㄱ), other characters than in syllables.

Source: The Unicode Standard, section 3.12; Hangul Compatibility Jamo.
"""

import re
import unicodedata
from collections.abc import Callable

from rnn_tui.text.hangul.syllables import INITIAL, VOWEL, compose

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
"""The letters as a keyboard types them, in the order of the conjoining ones."""

_TO_INITIAL = {letter: chr(0x1100 + i) for i, letter in enumerate(INITIALS)}
_TO_VOWEL = {letter: chr(0x1161 + i) for i, letter in enumerate(VOWELS)}
_TO_FINAL = {letter: chr(0x11A8 + i) for i, letter in enumerate(FINALS)}
_TYPED = {part: letter for of in (_TO_INITIAL, _TO_VOWEL, _TO_FINAL) for letter, part in of.items()}


def is_syllable(character: str) -> bool:
    """Return whether it is a whole syllable, one of 11,172."""
    return "가" <= character <= "힣"


def typed(syllable: str) -> str:
    """Return the letters that are typed for a syllable; anything else as it is."""
    if not is_syllable(syllable):
        return syllable
    return "".join(_TYPED[part] for part in unicodedata.normalize("NFD", syllable))


def conjoin(text: str, known: Callable[[str], bool]) -> str:
    """Read letters that a keyboard typed one by one as the parts of syllables they are.

    A consonant before a vowel begins a syllable. After a consonant and a vowel that were typed as
    letters too it ends one, as an input method would have it; after a whole syllable it begins the
    next. What only ever ends a syllable (ㄳ) ends it.

    Args:
        text: As typed.
        known: Whether a symbol is to stay what it is.
    """
    parts: list[str] = []
    for letter, after in zip(text, text[1:] + "\0", strict=False):
        parts.append(letter if known(letter) else _part(letter, "".join(parts[-2:]), after))
    return "".join(parts)


def _part(letter: str, before: str, after: str) -> str:
    if letter in _TO_VOWEL:
        return _TO_VOWEL[letter]
    ends = after not in _TO_VOWEL and re.fullmatch(INITIAL + VOWEL, before)
    first, second = (_TO_FINAL, _TO_INITIAL) if ends else (_TO_INITIAL, _TO_FINAL)
    return first.get(letter) or second.get(letter, letter)


def add_letter(text: str, letter: str) -> str:
    """Return a typed text with one more letter, which completes its last syllable where it can."""
    last = text[-1:]
    if last in _TO_INITIAL and re.match(VOWEL, letter):
        last = _TO_INITIAL[last]
    last = unicodedata.normalize("NFD", last) if is_syllable(last) else last
    return text[:-1] + compose(last + letter)
