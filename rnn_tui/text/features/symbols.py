"""What can be said of a symbol whatever stands around it."""

import unicodedata
from collections.abc import Iterator

import numpy as np

from rnn_tui.language import phrase
from rnn_tui.text.features.places import Bools
from rnn_tui.text.hangul.syllables import has_final
from rnn_tui.text.kinds import kind
from rnn_tui.text.vocab import Vocab

_VOWELS = frozenset("aeiouæøœаеёиоуыэюяіїєαεηιουω")
_LETTERS = "small letter", "capital"


def by_symbol(vocab: Vocab) -> Iterator[tuple[str, Bools]]:
    """Yield what symbols are at, and of which symbols of the vocabulary it is true (V,).

    Bytes beyond ASCII are parts of characters: of them nothing is said.
    """
    known = known_symbols(vocab)
    kinds = [kind(symbol) if symbol else "" for symbol in known]
    yield phrase("at capitals"), np.array([one == "capital" for one in kinds])
    yield phrase("at digits"), np.array([one == "digit" for one in kinds])
    yield phrase("at spaces"), np.array([s.isspace() and s != "\n" for s in known])
    yield (
        phrase("at vowels"),
        np.array([_is_vowel(s, of) for s, of in zip(known, kinds, strict=True)]),
    )
    yield phrase("at initial consonants"), np.array([one == "initial" for one in kinds])
    yield phrase("at final consonants"), np.array([one == "final" for one in kinds])
    yield phrase("at syllables with a final consonant"), np.array([has_final(s) for s in known])


def known_symbols(vocab: Vocab) -> list[str]:
    """Return the symbols; nothing in the place of a byte that is a part of a character."""
    if vocab.units != "byte":
        return [*vocab.symbols]
    return [symbol if symbol.isascii() else "" for symbol in vocab.symbols]


def word_symbols(vocab: Vocab) -> Bools:
    """Return which symbols words are made of (V,): letters, digits, and marks on letters."""
    return np.array([_of_a_word(symbol) for symbol in vocab.symbols])


def _of_a_word(symbol: str) -> bool:
    return symbol.isalnum() or unicodedata.category(symbol).startswith("M")


def _is_vowel(symbol: str, of: str) -> bool:
    if of == "medial":
        return True
    return of in _LETTERS and unicodedata.normalize("NFD", symbol.lower())[0] in _VOWELS
