"""What a large vocabulary costs: a smaller batch where the text decides, and a note.

The softmax, its loss and their gradients take time in proportion to the symbols of a batch times V.
With 2×128 LSTM units and 50 streams of 50 steps an update took, on two idle cores, 0.05 s for
V = 65, 0.10 s for 2,100, 0.21 s for 5,387 and 0.61 s for 20,000; on the screen 0.58 s for 5,387.
With as few streams as here: 0.12 s for 5,387 (19 streams) and for 20,000 (5).
"""

from dataclasses import replace

from rnn_tui.language import phrase, several
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config

USUAL = 2_100
"""Symbols of a large Korean text in syllables; up to so many nothing changes."""
MOST_STREAMS = 50 * USUAL
"""Streams times V of an update that is quick enough to watch."""
MOST_STEPS = 50 * MOST_STREAMS
"""Streams times steps times V of such an update."""


def with_vocabulary(config: Config, vocab_size: int) -> Config:
    """Return the same settings with fewer streams where the vocabulary is large."""
    if vocab_size <= USUAL:
        return config
    return replace(config, batch_size=min(config.batch_size, max(1, MOST_STREAMS // vocab_size)))


def slow(config: Config, corpus: Corpus, *, fewer: bool) -> tuple[str, ...]:
    """Return a sentence where the vocabulary makes an update slow, or would, with what helps.

    Args:
        config: The settings.
        corpus: The text.
        fewer: Whether its vocabulary took streams from them.
    """
    vocab, batch = corpus.vocab, config.batch_size
    if len(vocab) <= USUAL:
        return ()
    hangul = vocab.units == "char" and any("가" <= symbol <= "힣" for symbol in vocab.symbols)
    units = phrase("--units jamo (for Hangul) or --units byte") if hangul else "--units byte"
    values = {"count": f"{len(vocab):,}", "unit": phrase(several(vocab.unit)), "faster": units}
    if batch * config.seq_length * len(vocab) > MOST_STEPS:
        note = phrase(
            "{count} different {unit} make an update slow; faster: {faster}, a smaller "
            "--batch-size or --seq-length.",
            **values,
        )
    else:
        note = phrase(
            "{count} different {unit} make an update slow, so that the batch is {batch} only; "
            "faster: {faster}.",
            batch=batch,
            **values,
        )
        if not fewer:
            return ()
    return (note,)
