"""On lines as `4abcdef=4` the span reaches the gap when the network has learned to keep the digit.

corpora/README.md has the same of distance.txt, with the default networks.
"""

import random
from string import ascii_lowercase
from typing import Any

import pytest

from rnn_tui.inspection.memory.span.looking_back import memory_span
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer


def lines(gap: int) -> Corpus:
    dice = random.Random(1)
    drawn = [(dice.choice("123456"), dice.randint(1, gap)) for _ in range(6_000 // (gap // 2 + 4))]
    text = "".join(f"{digit}{ascii_lowercase[:letters]}={digit}\n" for digit, letters in drawn)
    return corpus_from_bytes(text.encode(), "distances")


@pytest.mark.parametrize(
    ("cell", "gap", "hidden_size", "still", "learned"),
    [("lstm", 12, 64, 200, 500), ("gru", 10, 48, 300, 900)],
)
def test_it_reaches_the_gap_once_that_is_learned(
    cell: Any, gap: int, hidden_size: int, still: int, learned: int
) -> None:
    corpus = lines(gap)
    sizes = {"hidden_size": hidden_size, "batch_size": 16, "seq_length": 30, "learning_rate": 0.01}
    trainer = Trainer(choose_config(corpus, None, {"cell": cell, **sizes})[0], corpus)
    for updates in (0, still):
        while trainer.update < updates:
            trainer.step()
        early = memory_span(trainer.model, corpus.ids, gap + 4).steps
        assert early is not None
        assert early <= 0.75 * gap
    while trainer.update < learned:
        trainer.step()
    late = memory_span(trainer.model, corpus.ids, gap + 4).steps
    assert late is not None
    assert abs(late - gap) <= 1
