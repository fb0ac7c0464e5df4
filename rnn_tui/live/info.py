"""What the screen is told once: sizes, settings, and the losses that mere counting would reach."""

import math

from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.entropy import bigram_entropy, held_out_bigram, unigram_entropy
from rnn_tui.text.floors import known_floor
from rnn_tui.text.pairs import count_pairs
from rnn_tui.training.trainer import Trainer

COUNTED = 4_000_000
"""Characters whose entropies are counted: a second's work, and the first update waits for it. More
would move a guide line by less than its width."""


def describe(trainer: Trainer, notes: tuple[str, ...] = (), most: int = COUNTED) -> RunInfo:
    """Return what stays the same during a run.

    Args:
        trainer: The run.
        notes: What was chosen or changed without being asked for, in whole sentences.
        most: Characters to count.
    """
    corpus = trainer.corpus
    vocab_size = len(corpus.vocab)
    counted = corpus.ids[: min(trainer.train_size, most)]
    pairs = count_pairs(counted, vocab_size)
    return RunInfo(
        corpus_name=corpus.name,
        config=trainer.config,
        symbols=tuple(corpus.vocab.glyph(id) for id in range(vocab_size)),
        letters=corpus.vocab.symbols,
        unit=corpus.vocab.unit,
        parameter_count=trainer.model.flat.size,
        train_size=trainer.train_size,
        val_size=len(trainer.val_ids),
        windows_per_epoch=trainer.windows_per_epoch,
        notes=notes,
        uniform=math.log(vocab_size),
        unigram=unigram_entropy(counted, vocab_size),
        bigram=bigram_entropy(counted, vocab_size, pairs),
        floor=floor_of(trainer),
        begins=int(corpus.ids[0]),
        held_out=held_out_bigram(counted, trainer.val_ids[:most], vocab_size, pairs),
    )


def floor_of(trainer: Trainer) -> float | None:
    """Return the least possible loss: as it was said, or as it is known of a built-in text."""
    if trainer.config.floor is not None:
        return trainer.config.floor
    return known_floor(trainer.corpus.sha256)
