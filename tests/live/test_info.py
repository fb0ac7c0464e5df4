"""What the screen is told once."""

from dataclasses import replace
from pathlib import Path

import pytest

from rnn_tui.live.info import describe
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer

CORPORA = Path(__file__).parents[2] / "corpora"


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("distance", None, 0.35),
        ("distance", 0.25, 0.25),
        ("count", 0.0, 0.0),
        ("tidebook", None, None),
    ],
)
def test_the_least_possible_loss_is_as_it_was_said_or_as_it_is_known(
    name: str, said: float | None, told: float | None
) -> None:
    corpus = read_corpus(CORPORA / f"{name}.txt")
    config = replace(choose_config(corpus)[0], floor=said)
    assert describe(Trainer(config, corpus)).floor == told
