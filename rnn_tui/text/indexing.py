"""From text to ids: the vocabulary is found and applied in one walk, in bounded memory."""

from collections.abc import Iterable, Iterator

import numpy as np

from rnn_tui.text.hangul import count_letters, take_apart
from rnn_tui.text.vocab import CHUNK, IntArray, code_points, smallest_type

_UNICODE = 0x110000


def index_bytes(data: bytes) -> tuple[IntArray, tuple[str, ...]]:
    """Number the bytes by first appearance: ids (N,) and chr(byte) of each id."""
    order = sorted((value for value in range(256) if value in data), key=data.index)
    table = bytearray(256)
    for id, value in enumerate(order):
        table[value] = id
    # Indexing an array with bytes would first widen them to 8 each
    return np.frombuffer(data.translate(table), np.uint8), tuple(map(chr, order))


def index_text(text: str) -> tuple[IntArray, tuple[str, ...]]:
    """Number the characters by first appearance: ids (N,) and the character of each id."""
    return _index(_chunks(text), len(text))


def index_letters(text: str) -> tuple[IntArray, tuple[str, ...]]:
    """The same with Hangul syllables taken apart; N is the number of letters."""
    total = sum(map(count_letters, _chunks(text)))
    return _index(map(take_apart, _chunks(text)), total)


def _chunks(text: str) -> Iterator[IntArray]:
    return (code_points(text[start : start + CHUNK]) for start in range(0, len(text), CHUNK))


def _index(chunks: Iterable[IntArray], total: int) -> tuple[IntArray, tuple[str, ...]]:
    table = np.full(_UNICODE, -1, np.int32)
    symbols: list[int] = []
    ids: IntArray = np.empty(total, np.uint8)
    start = 0
    for codes in chunks:
        new = _by_appearance(codes[table[codes] < 0])
        table[new] = np.arange(len(symbols), len(symbols) + len(new))
        symbols += new.tolist()
        ids = ids.astype(smallest_type(len(symbols)), copy=False)
        ids[start : start + len(codes)] = table[codes]
        start += len(codes)
    return ids, tuple(map(chr, symbols))


def _by_appearance(codes: IntArray) -> IntArray:
    values, first = np.unique(codes, return_index=True)
    ordered: IntArray = values[np.argsort(first)]
    return ordered
