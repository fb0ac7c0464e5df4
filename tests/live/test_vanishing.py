"""What is said of an error on its way back, of hello while it learns."""

from dataclasses import replace

import pytest

from rnn_tui.inspection.decay import HARDLY, decay
from rnn_tui.inspection.flow import flow
from rnn_tui.live.views.gradient_flow import of_states
from rnn_tui.models.recurrent import recurrent
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


@pytest.mark.parametrize("seed", range(12))
def test_exploding_and_vanishing_are_said_where_they_matter(seed: int) -> None:
    """Every tenth update of 300: never exploding where it grows less than twofold, and of what
    vanishes always whether there is loss to pass on."""
    trainer = Trainer(replace(PRESETS["hello"], seed=seed), corpus_from_bytes(b"hello", "hello"))
    x, y = trainer.corpus.ids[:4], trainer.corpus.ids[1:]
    for update in range(300):
        trainer.step()
        if update % 10:
            continue
        model = recurrent(trainer.model)
        there = flow(model, x, y)
        said = of_states(there)[0][0]
        fade = decay(there.whole)
        if "exploding" in said:
            assert fade.shares[fade.end] >= 2
        hardly, left = "Hardly any loss is left" in said, "There is loss to pass on" in said
        assert ("vanishing" in said) == (hardly or left)
        if hardly or left:
            assert hardly == (there.losses.mean() < HARDLY)


def test_of_what_arrives_it_is_said_that_it_is_small_because_the_loss_is() -> None:
    trainer = Trainer(replace(PRESETS["hello"], seed=0), corpus_from_bytes(b"hello", "hello"))
    x, y = trainer.corpus.ids[:4], trainer.corpus.ids[1:]
    because, losses = "Gradients are small because the loss is", [9.0]
    while losses[-1] > 1e-5:
        there = flow(recurrent(trainer.model), x, y)
        said = of_states(there)[0][0]
        losses.append(float(there.losses.mean()))
        small = losses[-1] < HARDLY and "vanishing" not in said
        assert (because in said) == small
        for _ in range(100):
            trainer.step()
    assert losses[1] > 1
    assert said.endswith(f"{because} ({losses[-1]:.2g} nats): hardly anything is left to learn.")
