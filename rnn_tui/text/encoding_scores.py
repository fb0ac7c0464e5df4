"""The encodings that a library finds in bytes, weighed by whether they make words of them."""

import codecs
import re
import unicodedata
from itertools import pairwise

Bytes = bytes | bytearray

_NAMES = {"iso8859-1": "latin-1"}
_KOREAN = ("cp949", "euc_kr", "johab")
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "THAI")
# Few texts are in one of DOS or of old Macintoshes, next to none in the rest: a tie is not theirs.
_RARE = {
    re.compile(r"cp(?!932|949|874|866)\d{3}$|mac"): 0.75,
    re.compile(r"cp1006|hp|ptcp|kz|iso8859-1[046]"): 0.5,
}
# English of word processors has nothing else beyond ASCII, and no statistics of letters to go by.
_QUOTES = re.compile("[\t\n\f\r -~‘’“”–—…•]+")
# Shares of the best confidence: from the first on guesses are as good as equal, below the others
# they are not worth saying. Under _LITTLE the text is too short to tell and more are said.
_NEAR, _FAR, _FARTHEST, _LITTLE = 0.9, 0.4, 0.2, 0.1
# Share that is enough for CP949 where all its letters are Hangul of KS X 1001: “안녕” has 0.95 of
# the best, 《훈민정음》 0.7, 그래… 0.35, but “你好”, which would be “콱봤”, 0.32.
_HANGUL = 0.335


def detected_encodings(sample: Bytes) -> list[str]:
    """Names that chardet thinks likely, likeliest first, less those that make no words of it."""
    import chardet  # 80 ms and more: only where a text cannot be read

    for name in ("cp1252", "mac-roman"):
        if _QUOTES.fullmatch(decoded(sample, name)):
            return [name]
    scores: dict[str, float] = {}
    for entry in chardet.detect_all(bytes(sample), ignore_threshold=True):
        name = _python_name(str(entry["encoding"] or ""))
        if name not in ("", "ascii", "utf-8"):
            score = float(entry["confidence"]) * _soundness(sample.decode(name, "ignore"))
            rare = (factor for names, factor in _RARE.items() if names.match(name))
            scores.setdefault(name, score * next(rare, 1))
    best = max(scores.values(), default=0.0)
    least = best * (_FAR if best > _LITTLE else _FARTHEST)
    hangul = _is_hangul(decoded(sample, "euc_kr"))
    likely = [
        name
        for name, score in scores.items()
        if score and (score >= least or (hangul and name == "cp949"))
    ]

    def rank(name: str) -> tuple[bool, bool, float]:
        # Korean first where it is about as likely: "안녕" in quotation marks is as good Chinese
        near = _HANGUL if hangul and name == "cp949" else _NEAR
        korean = name in _KOREAN and scores[name] >= near * best
        return not korean, hangul and name == "johab", -scores[name]

    return sorted(likely, key=rank)


def decoded(data: Bytes, encoding: str) -> str:
    """Return the text, or nothing where it is not in this encoding."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        return ""


def _is_hangul(text: str) -> bool:
    """Return whether there are syllables, and no letters beyond ASCII but Hangul."""
    letters = {c for c in text if c.isalpha() and not c.isascii()}
    syllables = {c for c in letters if "가" <= c <= "힣"}  # ㄱ to ㆎ may be kana in EUC-JP
    return bool(syllables) and all("ㄱ" <= c <= "ㆎ" for c in letters - syllables)


def _python_name(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _NAMES.get(found, found)


def _soundness(text: str) -> float:
    """Share of the words beyond ASCII that look like words; 0 where there are controls."""
    if re.search("[\x80-\x9f]", text):
        return 0.0
    words = [word for word in text.split() if not word.isascii()]
    return 1 - sum(map(_is_odd, words)) / max(1, len(words))


def _is_odd(word: str) -> bool:
    """Letters of two alphabets, a capital after a small letter, or a piece of a frame."""
    alphabets = {_alphabet(c) for c in word if c.isalpha()} & set(_ALPHABETS)
    capital = any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))
    return len(alphabets) > 1 or capital or bool(re.search("[─-◿]", word))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
