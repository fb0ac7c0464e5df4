"""The surprise of every character as tab-separated values."""

import math
import sys
from collections.abc import Iterable

from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.surprise import Surprise

HEADER = "position\tsymbol\tnats\tbits\tprobability"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def print_tsv(vocab: Vocab, reading: Surprise) -> None:
    """Print a row for every character but the first, before which there is nothing to go by."""
    print(HEADER)
    sys.stdout.writelines(rows(vocab, reading))


def rows(vocab: Vocab, reading: Surprise) -> Iterable[str]:
    """One line for each character that was predicted; positions count from 0."""
    cells = [cell(symbol, vocab.units == "byte") for symbol in vocab.symbols]
    if sys.stdout.isatty():
        cells = [visible(text) for text in cells]
    pairs = zip(reading.ids[1:].tolist(), reading.nats.tolist(), strict=True)
    for position, (id, nats) in enumerate(pairs, 1):
        bits = nats / math.log(2)
        yield f"{position}\t{cells[id]}\t{nats:.6g}\t{bits:.6g}\t{math.exp(-nats):.6g}\n"


def cell(symbol: str, is_byte: bool) -> str:
    r"""Write a symbol so that it breaks no line or column: `\t`, `\n`, `\\`; a byte as `\xB0`."""
    if is_byte and not (symbol.isascii() and symbol.isprintable()):
        return _ESCAPES.get(symbol, f"\\x{ord(symbol):02X}")
    return _ESCAPES.get(symbol, symbol)
