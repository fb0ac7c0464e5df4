"""`rnn-tui sample`: what a trained network writes, as it is written or as JSON lines."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.models.protocol import Model
from rnn_tui.models.sampling import write
from rnn_tui.plain.output import emit, for_terminal
from rnn_tui.plain.results import pieces
from rnn_tui.text.vocab import IntArray
from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOptions:
    """How to write, and how much."""

    prefix: str = ""
    length: int = 500
    """Symbols in each sample."""
    temperature: float = 0.8
    top_k: int | None = None
    top_p: float | None = None
    seed: int = 0
    """Of the first sample; each further one has the next."""
    count: int = 1
    as_json: bool = False

    def check(self) -> None:
        """Refuse what makes no text."""
        for name in ("length", "count"):
            if (value := getattr(self, name)) < 1:
                raise InputError(f"--{name} is at least 1, not {value}")
        if not 0 <= self.temperature < math.inf:
            raise InputError(f"--temperature is a number from 0, not {self.temperature:g}")
        if self.seed < 0:
            raise InputError(f"--seed is at least 0, not {self.seed}")
        if self.top_k is not None and self.top_k < 1:
            raise InputError(f"--top-k is at least 1, not {self.top_k}")
        if self.top_p is not None and not 0 < self.top_p <= 1:
            raise InputError(f"--top-p is above 0 and at most 1, not {self.top_p:g}")


def print_samples(checkpoint: Checkpoint, options: SampleOptions) -> int:
    """Write as many samples as asked for to standard output."""
    options.check()
    model, read = checkpoint.model(), checkpoint.vocab.encode(options.prefix)
    show = emit_sample if options.as_json else stream_sample
    for seed in range(options.seed, options.seed + options.count):
        show(checkpoint, read, seed, options, written(model, read, seed, options))
    return 0


def written(
    model: Model, read: IntArray, seed: int, options: SampleOptions
) -> Iterator[tuple[int, float]]:
    """Yield the ids of one sample and their probabilities, as they come."""
    rng = np.random.default_rng(seed)
    writer = write(model, read, options.temperature, rng, options.top_k, options.top_p)
    return islice(writer, options.length)


def stream_sample(
    checkpoint: Checkpoint,
    read: IntArray,
    seed: int,
    options: SampleOptions,
    symbols: Iterator[tuple[int, float]],
) -> None:
    """Print a sample while it is written; of several, each has a line above that names its seed."""
    if options.count > 1:
        print(f"==> seed {seed} <==")
    # The prefix in front, for its last syllable may be finished by what is written
    for piece in pieces(checkpoint.vocab, chain(read, (id for id, _ in symbols))):
        print(for_terminal(piece), end="", flush=True)
    print("\n" if seed + 1 < options.seed + options.count else "")


def emit_sample(
    checkpoint: Checkpoint,
    read: IntArray,
    seed: int,
    options: SampleOptions,
    symbols: Iterator[tuple[int, float]],
) -> None:
    """Print a finished sample as one JSON object."""
    ids, probs = [], []
    for id, probability in symbols:
        ids.append(id)
        probs.append(probability)
    text = "".join(pieces(checkpoint.vocab, chain(read, ids)))
    emit({"seed": seed, "prefix": options.prefix, "text": text, "probabilities": probs})
