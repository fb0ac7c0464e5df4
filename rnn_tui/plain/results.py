"""What a trained network expects next, and its symbols as text."""

import codecs
from collections.abc import Iterable, Iterator

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.models.prediction import predict
from rnn_tui.plain.output import emit
from rnn_tui.text.hangul.syllables import Composer
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.checkpoint.file import Checkpoint


def pieces(vocab: Vocab, ids: Iterable[int]) -> Iterator[str]:
    """Yield the text of symbols as they come; bytes and letters once they make a character."""
    composer = Composer()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for id in ids:
        symbol = vocab.symbols[id]
        if vocab.units == "byte":
            yield decoder.decode(symbol.encode("latin-1"))
        else:
            yield composer.feed(symbol) if vocab.units == "jamo" else symbol
    yield decoder.decode(b"", final=True) + composer.finish()


def print_prediction(checkpoint: Checkpoint, prefix: str, top: int, as_json: bool) -> int:
    """List the likeliest next symbols."""
    if not prefix or top < 1:
        raise InputError("PREFIX needs at least one symbol, and --top is at least 1")
    vocab = checkpoint.vocab
    read = vocab.encode(prefix)
    prediction = predict(checkpoint.model(), read, continuation=40)
    unfinished = vocab.unfinished(read, prediction.continuation)
    continuation = vocab.decode(np.concatenate([unfinished, prediction.continuation]))
    order = prediction.probs.argsort()[::-1][:top]
    if as_json:
        likeliest = [
            {"symbol": vocab.symbols[id], "probability": float(prediction.probs[id])}
            for id in order
        ]
        emit(
            {
                "prefix": prefix,
                "next": likeliest,
                "entropy_bits": prediction.entropy_bits,
                "continuation": continuation,
            }
        )
        return 0
    for id in order:
        print(f"{vocab.name(id)}\t{100 * prediction.probs[id]:5.1f} %")
    print(f"goes on: {visible(continuation)}")
    print(f"unsure by {prediction.entropy_bits:.2f} bits")
    return 0
