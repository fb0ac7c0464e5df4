"""The likely encoding of bytes that are not UTF-8: strict decoding, then familiar letters."""

import codecs
import re
from collections import Counter

Bytes = bytes | bytearray

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose BOM it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# (encoding, the everyday part of it, what a text in it is made of, what it cannot do without).
# The everyday part tells encodings apart that accept almost any bytes: every Shift-JIS text can be
# read as CP949, but as syllables nobody writes. At equal scores the first wins.
_CANDIDATES = (
    ("latin-1", "latin-1", "[à-öø-ÿßÀÄÅÇÉÑÖÜ«»¡¿]", "[à-öø-ÿß]"),
    ("cp1252", "cp1252", "[à-öø-ÿßÀÄÅÇÉÑÖÜ«»¡¿‘’“”–—…€]", "[à-öø-ÿß‘’“”–—…€]"),
    ("cp949", "euc_kr", "[가-힣]", "[가-힣]"),
    ("shift_jis", "shift_jis", "[ぁ-ヿ一-鿿、。「」]", "[ぁ-ヺ]"),
    ("euc_jp", "euc_jp", "[ぁ-ヿ一-鿿、。「」]", "[ぁ-ヺ]"),
    ("gb18030", "gb2312", "[一-鿿,。、:;!?“”]", "[一-鿿]"),
    ("big5", "big5", "[一-鿿,。、:;!?「」]", "[一-鿿]"),
    ("cp1251", "cp1251", "[а-яё«»—]", "[а-яё]"),
)
_SAMPLE = 1 << 16
_WORTH_SAYING = 0.6


def by_bom(data: Bytes) -> str:
    """The encoding that a byte order mark announces, UTF-8 apart, or nothing."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), "")


def likely_encodings(data: Bytes) -> tuple[str, ...]:
    """At most two encodings that `data` decodes in without an error, the likelier first."""
    marked = by_bom(data) or _by_zeros(data[:_SAMPLE])
    if marked or b"\0" in data[:_SAMPLE]:
        return (marked,) if marked and _decodes(data, marked) else ()
    scores = {name: _score(data, *rest) for name, *rest in _CANDIDATES if _decodes(data, name)}
    likely = [name for name in scores if scores[name] >= _WORTH_SAYING]
    return tuple(sorted(likely, key=lambda name: -scores[name])[:2])


def _decodes(data: Bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _by_zeros(sample: Bytes) -> str:
    # ASCII in UTF-16 has a zero beside every letter, in UTF-32 three
    if not sample.strip(b"\0"):
        return ""
    zeros = [sample[k::4].count(0) / max(1, len(sample[k::4])) for k in range(4)]
    if min(zeros[1:]) > 0.2 or min(zeros[:3]) > 0.2:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > 0.1 and max(even, odd) > 5 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _score(data: Bytes, everyday: str, familiar: str, needed: str) -> float:
    # Share of the characters beyond ASCII that a text in this encoding would be made of
    text = data[:_SAMPLE].decode(everyday, "replace")
    counts = Counter(text)
    foreign = {c: n for c, n in counts.items() if not c.isascii()}
    if not any(re.match(needed, c) for c in foreign):
        return 0.0
    share = sum(n for c, n in foreign.items() if re.match(familiar, c)) / sum(foreign.values())
    # In Latin alphabets letters with accents are the few, in Cyrillic ones the many
    plain = sum(n for c, n in counts.items() if c.isascii() and c.isalpha())
    accented = sum(foreign.values())
    if everyday in ("latin-1", "cp1252"):
        return share if plain > 2 * accented else 0.0
    if everyday == "cp1251":
        return share if accented > plain else 0.0
    return share
