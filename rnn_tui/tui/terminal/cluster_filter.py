"""Painted lines in which no character changes how the next ones are laid out."""

import re
from functools import cache
from itertools import pairwise

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_APART, _LEFT_TO_RIGHT = "\u200c", "\u200e"
"""ZERO WIDTH NON-JOINER and LEFT-TO-RIGHT MARK: no column in any terminal."""

# A virama and what precedes a letter in its cell make one cluster with it (UAX #29, GB9b, GB9c),
# leading consonants of Hangul with each other (GB6); terminals that count clusters then give one
# cell where others give two.
_CLUSTERS = (
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0d4e\u0dca\u0e3a\u0eba\u0f84"
    "\u1039\u103a\u1714\u1715\u1734\u17d2\u1a60\u1b44\u1baa\u1bab\u1bf2\u1bf3\u2d7f\ua806\ua82c\ua8c4\ua953\ua9c0\uaaf6\uabed\u1100-\u115f\ua960-\ua97c"
    "\U00011046\U00011070\U0001107f\U000110b9\U00011133\U00011134\U000111c2\U000111c3\U000111c0\U00011235\U000112ea"
    "\U0001134d\U00011442\U000114c2\U000115bf\U0001163f\U000116b6\U0001172b\U00011839"
    "\U0001193d\U0001193e\U0001193f\U00011941\U000119e0\U00011a34\U00011a3a\U00011a47\U00011a84-\U00011a89\U00011a99"
    "\U00011c3f\U00011d44-\U00011d46\U00011d97\U00011f02"
)
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# A terminal that lays out both ways (VTE, Konsole, mlterm) takes frames and numbers after such a
# word for its continuation and lets them change places. Words of two letters and more that follow
# each other are left to it; letters in slots of their own stay where they are.
# 1 µs a line; searching for them themselves takes 9, for there are some beyond U+FFFF.
_MAYBE = "[^ -~\xa0-\u058f\u1d00-\u1fff\u2010-\u2cff\u3000-\ua7ff\uac00-\ud7a3]"
# Not compiled, 10 ms each in Python 3.11, until a line has more than Latin and our own frames.
_BEYOND = re.compile("[^ -~\xa0-\u058f\u2010-\u2cff]")
_PLACES = (
    f"(?P<cluster>[{_CLUSTERS}])(?!{_APART})"
    f"|[{_RIGHT}](?![{_RIGHT}\u0300-\u036f{_APART}{_LEFT_TO_RIGHT}])"
    f"(?!(?<=[{_RIGHT}]{{2}})[ ,.;:!?\"'-]{{1,2}}[{_RIGHT}]{{2}})"
)


@cache
def _maybe() -> re.Pattern[str]:
    """Return what finds characters that may need marks."""
    return re.compile(_MAYBE)


@cache
def _places() -> re.Pattern[str]:
    """Return what finds the places of marks."""
    return re.compile(_PLACES)


class ClusterFilter(LineFilter):
    """Keeps characters apart that terminals would join; every line of every widget passes it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Put marks without a column where characters of a line would run together."""
        text = "".join([segment[0] for segment in segments])
        if not _BEYOND.search(text) or not _maybe().search(text):
            return segments
        marks = {found.end(): _mark(found) for found in _places().finditer(text)}
        if not marks:
            return segments
        marked, start = [], 0
        for segment in segments:
            end = start + len(segment[0])
            here = [at for at in range(start + 1, end + 1) if at in marks]
            if here:
                bounds = [start, *here]
                pieces = [text[a:b] + marks[b] for a, b in pairwise(bounds)]
                spelled = "".join([*pieces, text[here[-1] : end]])
                segment = Segment(spelled, segment.style, segment.control)
            marked.append(segment)
            start = end
        return marked


def _mark(found: re.Match[str]) -> str:
    return _LEFT_TO_RIGHT if found["cluster"] is None else _APART
