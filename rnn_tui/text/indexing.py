"""From text to ids: the vocabulary is found and applied in one walk, in bounded memory."""

from collections.abc import Iterable, Iterator

import numpy as np

from rnn_tui.text.hangul.syllables import count_letters, take_apart
from rnn_tui.text.vocab import CHUNK, IntArray, code_points, smallest_type

_UNICODE = 0x110000


def index_bytes(data: memoryview) -> tuple[IntArray, tuple[str, ...]]:
    """Give the bytes ids by first appearance: ids (N,) and chr(byte) of each id.

    Writable bytes are overwritten with their ids: 100 MB need no other 100 MB.
    """
    ids = np.frombuffer(data, np.uint8) if not data.readonly else np.empty(len(data), np.uint8)
    order, table = bytearray(), bytearray(256)
    for start in range(0, len(data), CHUNK):
        chunk = bytes(data[start : start + CHUNK])
        new = chunk.translate(None, order)
        while new:
            table[new[0]] = len(order)
            order.append(new[0])
            new = new.translate(None, order[-1:])
        ids[start : start + CHUNK] = np.frombuffer(chunk.translate(table), np.uint8)
    return ids, tuple(map(chr, order))


def index_text(text: str) -> tuple[IntArray, tuple[str, ...]]:
    """Give the characters ids by first appearance: ids (N,) and the character of each id."""
    return _index(_chunks(text), len(text))


def index_letters(text: str) -> tuple[IntArray, tuple[str, ...]]:
    """Do the same with Hangul syllables taken apart; N is the number of letters."""
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
