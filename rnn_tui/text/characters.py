"""Characters, and the symbols of a vocabulary that spell each."""

import codecs
from collections.abc import Iterator, Sequence

from rnn_tui.text.hangul.syllables import joined
from rnn_tui.text.vocab import Vocab


def characters(vocab: Vocab, symbols: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each character and the number of symbols that spell it."""
    if vocab.units == "jamo":
        yield from joined("".join(symbols))
    elif vocab.units == "byte":
        yield from decoded(symbols)
    else:
        yield from ((symbol, 1) for symbol in symbols)


def decoded(symbols: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Bytes as the characters they make up in UTF-8; U+FFFD where they make up none."""
    decoder, waiting = codecs.getincrementaldecoder("utf-8")("replace"), 0
    for symbol in symbols:
        text, waiting = decoder.decode(symbol.encode("latin-1")), waiting + 1
        if text:
            yield text, waiting
            waiting = 0
    if waiting:
        yield decoder.decode(b"", final=True), waiting
