"""`rnn-tui eval`: how well a trained network knows a text, and each character of it."""

import math
import sys
from dataclasses import dataclass
from typing import Literal

from rnn_tui.plain.output import emit
from rnn_tui.plain.surprise import print_surprise
from rnn_tui.plain.tsv import print_tsv
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.surprise import surprise

Form = Literal["words", "json", "tsv", "surprise"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The loss on a text, three ways."""

    characters: int
    nats: float
    unit: str
    """What a symbol is called."""

    @property
    def bits(self) -> float:
        """Bits per character."""
        return self.nats / math.log(2)

    @property
    def perplexity(self) -> float:
        """Among how many equally likely characters the network hesitates."""
        # A network that diverged can be wrong beyond what a number holds; JSON has no infinity.
        return math.exp(self.nats) if self.nats < 700 else math.inf

    def __str__(self) -> str:
        return (
            f"{self.nats:.4f} nats · {self.bits:.4f} bits · perplexity "
            f"{self.perplexity:.3f} per {self.unit}, over {self.characters:,}"
        )


def print_evaluation(checkpoint: Checkpoint, corpus: Corpus, form: Form) -> int:
    """Read the text with the network and say how surprised it was."""
    vocab = checkpoint.vocab
    reading = surprise(checkpoint.model(), vocab.translate(corpus.ids, corpus.vocab))
    figures = Figures(reading.characters, reading.loss, vocab.unit)
    if form == "words":
        print(figures)
    elif form == "json":
        names = ("characters", "nats", "bits", "perplexity")
        emit({name: getattr(figures, name) for name in names})
    else:
        show = print_tsv if form == "tsv" else print_surprise
        show(vocab, reading)
        if sys.stderr.isatty():
            print(figures, file=sys.stderr)
    return 0
