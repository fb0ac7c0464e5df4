"""What a text seems to be where that surprises: a table, a sorted list, random symbols.

The limits are from measurements: `corpora/`, Shakespeare, names, Korean reviews and the beginnings
of these on one side, tables, lists and random text of 1,000 characters and more on the other.
"""

import math
import re
from collections import Counter

import numpy as np

from rnn_tui.language import phrase
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.entropy import bigram_entropy, unigram_entropy
from rnn_tui.text.lists import alphabetical, in_order, json_lines, table
from rnn_tui.text.vocab import IntArray

_WHOLE, _STRETCHES = 1 << 16, 16
"""Up to so many characters all lines are read; beyond, so many stretches spread over the text."""
_SAMPLE = 1 << 16
# U+202F before AM and PM is a telephone's; before marks and between digits it is good French.
_HIDDEN = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\xad]|(?<=[0-9])\u202f(?=[AaPp]\\.?[Mm])"
)
_FEW_MARKS, _FEW_SYMBOLS = 3, 1_000


def remark(corpus: Corpus) -> tuple[str, ...]:
    """At most one note on a text that may not be what one wants to train on, with what helps."""
    if len(corpus.vocab) == 1:
        note = one_symbol(corpus)
    elif corpus.options.units == "byte":
        note = random_symbols(corpus.ids)
    else:
        lines = _lines(corpus)
        # Marks first: a chat's lines, "12/03/24, 10:15", are two columns to a program
        kind = hidden_marks("\n".join(lines)) or json_lines(lines) or table(lines)
        if not (note := kind):  # random numbers in order have the order to learn
            note = alphabetical(lines) if in_order(lines) else random_symbols(corpus.ids)
    return (note,) if note else ()


def one_symbol(corpus: Corpus) -> str:
    """Return a note where a text is one symbol over and over; else nothing."""
    if len(corpus.vocab) > 1:
        return ""
    return phrase(
        "Its only {unit} is {name}: there is nothing to predict.",
        unit=phrase(corpus.vocab.unit),
        name=corpus.vocab.name(0),
    )


def _lines(corpus: Corpus) -> list[str]:
    """Whole lines in the order of the text, of a long one not all."""
    ids, decode = corpus.ids, corpus.vocab.decode
    if len(ids) <= _WHOLE:
        return decode(ids).removesuffix("\n").split("\n")
    length = _WHOLE // _STRETCHES
    starts = np.linspace(0, len(ids) - length, _STRETCHES).astype(int).tolist()
    stretches = (decode(ids[start : start + length]).split("\n") for start in starts)
    return [line for stretch in stretches for line in stretch[1:-1]]


def random_symbols(ids: IntArray) -> str:
    """Return a note where nothing foretells a symbol but how frequent it is; else nothing.

    Two witnesses, beside the entropy of single symbols: knowing the one before brings no more than
    in the same symbols shuffled (2.5 %; random text has 1.8 % at most, by its newlines, what can be
    learned 3.9 % at least), and neither of two compressors gets below 95 % (random text: 96.6 %;
    what comes near by the first witness, words repeated and numbers that count, 45 %).
    """
    kinds, sample = np.unique(ids[:_SAMPLE], return_inverse=True)
    size = len(kinds)
    if len(sample) < _FEW_SYMBOLS or not 2 <= size <= len(sample) / 4:
        return ""
    alone = unigram_entropy(sample, size)
    shuffled = np.random.default_rng(0).permutation(sample)
    gain = bigram_entropy(shuffled, size) - bigram_entropy(sample, size)
    if gain > 0.025 * alone or _packed(sample) < 0.95 * alone:
        return ""
    return phrase(
        "It looks like random symbols: none before helps to guess the next. There is nothing to "
        "learn but how frequent each is, and the loss stays near {nats} nats.",
        nats=f"{alone:.2f}",
    )


def _packed(ids: IntArray) -> float:
    """Compress with the better of two, in nats per symbol; 0: Python has neither."""
    try:
        import bz2  # a Python that was built by hand may lack them
        import lzma
    except ImportError:
        return 0.0
    data = ids.astype(np.uint8 if ids.max() < 256 else np.uint16).tobytes()
    least = min(len(bz2.compress(data)), len(lzma.compress(data)))
    return least * 8 * math.log(2) / len(ids)


def hidden_marks(text: str) -> str:
    """Note characters that show nowhere but are learned, as chats have them; else nothing."""
    marks = Counter(_HIDDEN.findall(text))
    if marks.total() < _FEW_MARKS:
        return ""
    names = ", ".join(f"U+{ord(mark):04X}" for mark, _ in marks.most_common(3))
    drop = "".join(f"\\x{{{ord(mark):04X}}}" for mark in sorted(marks) if mark != "\u202f")
    steps = [f"s/[{drop}]//g"] * bool(drop) + ["s/\\x{202F}/ /g"] * ("\u202f" in marks)
    return phrase(
        "It holds characters that cannot be seen ({names}), as exported chats do; they are learned "
        "like letters. Without them: {command}.",
        names=names,
        command=f"perl -CSD -pe '{'; '.join(steps)}' FILE | rnn-tui -",
    )
