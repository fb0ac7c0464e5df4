"""What even one who knows the rule of a text loses at each of its characters.

That is -ln of the probability that the rule gives to the character, after what was read before it;
it is known of texts that a script made of equally likely choices, and on a whole text it adds up
to the least possible loss.
"""

import hashlib
import itertools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from rnn_tui.text.corpus import Corpus
from rnn_tui.text.floors import known_name

DEEPEST = 8
"""Brackets are nested no deeper."""


def _repeat() -> Iterator[str]:
    words = map("".join, itertools.product("abcdefgh", repeat=3))
    return (" ".join([word] * 5) for word in words)


def _count() -> Iterator[str]:
    return ("a" * n + "b" * n for n in range(1, 13))


def _sums() -> Iterator[str]:
    return (f"{a}+{b}={a + b}" for a in range(100) for b in range(100))


def _distance() -> Iterator[str]:
    letters = "abcdefghijklmnopqrst"
    return (f"{digit}{letters[:gap]}={digit}" for digit in "12345678" for gap in range(1, 21))


LINES: Mapping[str, Callable[[], Iterator[str]]] = {
    "repeat": _repeat,
    "count": _count,
    "sums": _sums,
    "distance": _distance,
}
"""Of a text whose lines are drawn, all that a line can be, each as likely as any other."""
WHOLE: Mapping[str, str] = {
    "hello": "hello",
    "period": "abacabad" * 250,
    "numbers": "".join(f"{n}\n" for n in range(1, 2_001)),
}
"""Texts in which nothing is drawn."""


@lru_cache(maxsize=1)
def rule_of(corpus: Corpus) -> str:
    """Return of which text the rule is known that this is; empty: of none.

    In another encoding the same bytes are another text.
    """
    name, symbols = known_name(corpus.sha256), corpus.vocab.symbols
    text = "".join(symbols[id] for id in corpus.ids.tolist()) if name else ""
    digests = (hashlib.sha256(f"{text}{end}".encode()).hexdigest() for end in ("", "\n"))
    return name if corpus.sha256 in digests else ""


@lru_cache(maxsize=64)
def losses(name: str, text: str, *, begun: bool) -> tuple[float, ...]:
    """Return what each character costs who knows the rule and has read those before it, in nats.

    NaN where nobody has worked it out: in brackets, before the first end of a line.

    Args:
        name: Which text it is of: one of `LINES` or `WHOLE`, or brackets.
        text: A part of it.
        begun: Whether this is the text's beginning; else it can be of anywhere in it.
    """
    if name in WHOLE:
        return (0.0,) * len(text) if begun else tuple(_anywhere(WHOLE[name], text))
    first, *others = text.splitlines(keepends=True)
    if begun:
        found = losses_of_line(name, first)
    elif name in LINES:
        found = _anywhere("".join(_lines(name)), first)
    else:
        found = [math.nan] * len(first)
    for line in others:
        found += losses_of_line(name, line)
    return tuple(found)


def losses_of_line(name: str, line: str) -> list[float]:
    """Return what each character of a line costs who knows the rule, in nats.

    Args:
        name: One of `LINES`, or brackets.
        line: From its first character on, as far as it is read; as the rule makes them.
    """
    if name == "brackets":
        return _nested(line)
    begun = [_beginning_with(line[:k], name) for k in range(len(line) + 1)]
    return [math.log(before / now) for before, now in itertools.pairwise(begun)]


def _anywhere(whole: str, text: str) -> list[float]:
    """Follow at how many places of the whole the text can stand, as it is read."""
    found, ends = [], list(range(len(whole)))
    for symbol in text:
        there = [end for end in ends if whole[end] == symbol]
        found.append(math.log(len(ends) / len(there)))
        ends = [end + 1 for end in there if end + 1 < len(whole)]
    return found


@cache
def _lines(name: str) -> list[str]:
    return sorted(f"{line}\n" for line in LINES[name]())


def _beginning_with(start: str, name: str) -> int:
    """Return how many of the lines there can be begin so."""
    lines = _lines(name)
    return bisect_left(lines, f"{start}\x7f") - bisect_left(lines, start)


def _nested(line: str) -> list[float]:
    """Follow how a line is drawn: end or go on, open or close, which of three kinds."""
    found, depth = [], 0
    for place, bracket in enumerate(line):
        choices = 2 if depth < DEEPEST and place else 1
        if bracket in "([{":
            # At the first depth there is nothing to close: the choice was to go on, not to end.
            choices, depth = 3 * choices, depth + 1
        elif bracket != "\n":
            depth -= 1
        found.append(math.log(choices))
    return found
