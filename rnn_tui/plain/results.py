"""What a trained network has to say: samples, predictions, the loss on a text."""

import codecs
import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.plain.output import emit, for_terminal
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.hangul import Composer
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.checkpoint import Checkpoint
from rnn_tui.training.prediction import predict
from rnn_tui.training.sampling import write
from rnn_tui.training.validation import Validation


def print_sample(
    checkpoint: Checkpoint, prefix: str, length: int, temperature: float, seed: int
) -> int:
    """Write `length` symbols to standard output, as they come."""
    if length < 1 or not temperature >= 0 or math.isinf(temperature) or seed < 0:
        raise InputError("--length is at least 1; --temperature and --seed are not negative")
    vocab = checkpoint.vocab
    read = vocab.encode(prefix)
    writer = write(checkpoint.model(), read, temperature, np.random.default_rng(seed))
    # The prefix in front, for its last syllable may be finished by what is written
    for piece in pieces(vocab, chain(read, (symbol for symbol, _ in islice(writer, length)))):
        print(for_terminal(piece), end="", flush=True)
    print()
    return 0


def pieces(vocab: Vocab, ids: Iterable[int]) -> Iterator[str]:
    """The text of symbols as they come; bytes and letters once they make up a character."""
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
        print(f"{vocab.glyph(id)}\t{100 * prediction.probs[id]:5.1f} %")
    print(f"goes on: {visible(continuation)}")
    print(f"unsure by {prediction.entropy_bits:.2f} bits")
    return 0


def print_evaluation(checkpoint: Checkpoint, corpus: Corpus, as_json: bool) -> int:
    """Read the text with the network and say how surprised it was."""
    ids = checkpoint.vocab.translate(corpus.ids, corpus.vocab)
    validation = Validation(ids, checkpoint.model())
    while not validation.done:
        validation.advance()
    nats = validation.loss
    # A network that fell apart can be wrong beyond what a number holds; JSON knows no infinity.
    perplexity = math.exp(nats) if nats < 700 else math.inf
    figures = {"nats": nats, "bits": nats / math.log(2), "perplexity": perplexity}
    if as_json:
        emit({"characters": validation.characters, **figures})
    else:
        unit = checkpoint.vocab.unit
        print(
            f"{nats:.4f} nats · {figures['bits']:.4f} bits · perplexity "
            f"{figures['perplexity']:.3f} per {unit}, over {validation.characters:,}"
        )
    return 0
