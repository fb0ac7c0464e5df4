"""What exchanged symbols do to predictions, against a network that reads each text by itself."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.span import moved as module
from rnn_tui.inspection.memory.span.moved import BEFORE, Moved, in_slices
from rnn_tui.models.registry import build
from rnn_tui.nn.loss import log_softmax
from rnn_tui.training.settings.config import Config
from tests.inspection.test_input_flow import LOOKING_BACK

V, MOST = 5, 7
IDS = np.random.default_rng(6).integers(0, V, 300)
OTHER = (1, 2, 0, 4, 3)
"""For each symbol the only other of its kind, so that nothing is left to chance."""


RECURRENT = [
    Config(cell="lstm", hidden_size=6, dtype="float64"),
    Config(cell="gru", hidden_size=4, num_layers=2, dtype="float64"),
]


def network(config: Config = RECURRENT[0]) -> Any:
    return build(config, V, np.random.default_rng(3))


def log_p(model: Any, texts: Any, target: int) -> Any:
    logits, _ = model.forward(texts, model.zero_state(texts.shape[1]))
    return log_softmax(logits[-1])[:, target]


@pytest.mark.parametrize("config", [*RECURRENT, *LOOKING_BACK])
def test_it_is_what_reading_the_text_anew_gives(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PLACES", 9)
    model = network(config)
    places = np.random.default_rng(0).integers(BEFORE + MOST - 1, len(IDS) - 1, 9)
    effects = []
    for place in places:
        text = IDS[place - MOST - BEFORE + 1 : place + 1, None]
        effect = []
        for back in range(MOST):
            other = text.copy()
            other[-1 - back] = OTHER[int(text[-1 - back, 0])]
            both = np.hstack([text, other])
            one, exchanged = log_p(model, both, IDS[place + 1])
            effect.append(abs(one - exchanged))
        effects.append(effect)
    found = [*in_slices(model, IDS, MOST, [np.array([other]) for other in OTHER])]
    assert [one.places for one in found] == [*range(10)]
    assert found[4].effect == pytest.approx(np.mean(effects[:4], axis=0))
    assert found[-1].effect == pytest.approx(np.mean(effects, axis=0))


def test_symbols_without_another_of_their_kind_do_not_count() -> None:
    others = [np.array([1]), np.array([0]), *[np.array([], int)] * 3]
    only = np.where(IDS < 2, IDS, 4)
    *_, found = in_slices(network(), only, MOST, others)
    assert (found.effect > 0).all()
    *_, nothing = in_slices(network(), only * 0 + 3, MOST, others)
    assert (nothing.effect == 0).all()
    assert nothing.within is None


def test_nearly_all_is_within_the_nearest_that_have_nine_tenths() -> None:
    assert Moved(3, np.array([5.0, 3, 0.5, 1.5])).within == 4
    assert Moved(3, np.array([6.0, 3, 0.5, 0.5])).within == 2
    assert Moved(3, np.array([1.0, 0])).within == 1
    assert Moved(0, np.zeros(4)).within is None
