"""At which kind of place each character of a text stands: each at exactly one.

Told from the text alone, so roughly: a name is a word of at least two letters that begins with a
capital inside a sentence, be it one or not.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from rnn_tui.language import mark
from rnn_tui.text.characters import characters
from rnn_tui.text.vocab import IntArray, Vocab

LINE_START, WORD_START, INSIDE, NAME, DIGIT, BLANK, LINE_END, MARK = range(8)
PLACES = (
    mark("line starts"),
    mark("word starts"),
    mark("inside words"),
    mark("names"),
    mark("digits"),
    mark("blanks"),
    mark("line ends"),
    mark("marks"),
)
"""What they are called, in their order."""

_APOSTROPHES = "'’"
_SENTENCE_BEGINS_AFTER = '.!?…。！？:"“”„«»「『' + _APOSTROPHES
_LETTER, _DIGIT, _BLANK, _NEWLINE, _MARK = range(5)


def places(vocab: Vocab, ids: IntArray) -> npt.NDArray[np.intp]:
    """Return the kind of place of each symbol (N,): that of the character it helps to spell."""
    pairs = [*characters(vocab, [vocab.symbols[id] for id in ids.tolist()])]
    kinds = places_of_text([text for text, _ in pairs])
    return np.repeat(np.array(kinds, np.intp), [count for _, count in pairs])


def places_of_text(text: Sequence[str]) -> list[int]:
    """Return the kind of place of each character."""
    kinds: list[int] = []
    before, in_word, in_name, begins = "\n", False, False, True
    for here, after in zip(text, [*text[1:], ""], strict=False):
        sort = _sort(here)
        if sort == _LETTER and not in_word:
            in_name = not begins and here[:1].isupper() and _sort(after) == _LETTER
        kinds.append(_kind(sort, before, in_word=in_word, in_name=in_name))
        if sort == _NEWLINE or here in _SENTENCE_BEGINS_AFTER:
            begins = True
        elif sort != _BLANK:
            begins = False
        apostrophe = in_word and here in _APOSTROPHES and _sort(before) == _LETTER
        in_word, before = sort == _LETTER or apostrophe, here
    return kinds


def _kind(sort: int, before: str, *, in_word: bool, in_name: bool) -> int:
    """Return the kind of place of a character of a sort, after another."""
    if sort == _NEWLINE:
        return LINE_END
    if before == "\n":
        return LINE_START
    if sort == _LETTER:
        return NAME if in_name else INSIDE if in_word else WORD_START
    return {_DIGIT: DIGIT, _BLANK: BLANK}.get(sort, MARK)


@cache
def _sort(character: str) -> int:
    if character == "\n":
        return _NEWLINE
    if character.isspace():
        return _BLANK
    category = unicodedata.category(character[0]) if character else ""
    return {"L": _LETTER, "M": _LETTER, "N": _DIGIT}.get(category[:1], _MARK)
