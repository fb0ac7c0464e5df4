"""From text to ids: the vocabulary is found and applied in one walk, in bounded memory."""

import numpy as np

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
    table = np.full(_UNICODE, -1, np.int32)
    symbols: list[int] = []
    ids: IntArray = np.empty(len(text), np.uint8)
    for start in range(0, len(text), CHUNK):
        codes = code_points(text[start : start + CHUNK])
        new = _by_appearance(codes[table[codes] < 0])
        table[new] = np.arange(len(symbols), len(symbols) + len(new))
        symbols += new.tolist()
        ids = ids.astype(smallest_type(len(symbols)), copy=False)
        ids[start : start + CHUNK] = table[codes]
    return ids, tuple(map(chr, symbols))


def _by_appearance(codes: IntArray) -> IntArray:
    values, first = np.unique(codes, return_index=True)
    ordered: IntArray = values[np.argsort(first)]
    return ordered
