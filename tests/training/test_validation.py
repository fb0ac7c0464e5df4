import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.registry import named
from rnn_tui.nn.names import networks
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.streams import WARM_UP
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import Validation, characters_read

CONFIG = Config(
    preset="auto", cell="gru", hidden_size=5, seq_length=10, batch_size=4, dtype="float64",
    val_fraction=0.3,
)  # fmt: skip


def one_by_one(trainer: Trainer, ids: np.ndarray) -> list[float]:
    """Loss of every character, read one after the other with the state carried."""
    state, losses = trainer.model.zero_state(1), []
    for x, y in itertools.pairwise(ids):
        loss, state = trainer.model.mean_loss(np.array([[x]]), np.array([[y]]), state)
        losses.append(loss)
    return losses


def test_a_short_part_is_read_as_one_stream(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = trainer.val_ids[:700]
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    assert validation.characters == 699
    assert validation.loss == pytest.approx(np.mean(one_by_one(trainer, ids)), rel=1e-12)


@pytest.mark.parametrize("network", networks())
def test_cutting_into_streams_changes_nothing(prose: Corpus, network: str) -> None:
    changes: dict[str, Any] = named(network)
    trainer = Trainer(replace(CONFIG, num_layers=2, **changes), prose)
    for _ in range(40):
        trainer.step()
    ids = prose.ids[:5303]  # five streams of 1,060, two characters over
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    assert validation.streams.batch_size == 5
    assert validation.characters == 5302
    assert validation.loss == pytest.approx(np.mean(one_by_one(trainer, ids)), rel=1e-9)


def test_what_comes_before_a_stream_is_read_and_not_counted(prose: Corpus) -> None:
    trainer = Trainer(replace(CONFIG, cell="lstm"), prose)
    gates = trainer.model.parameters["rnn.bias_l0"]
    gates[:5], gates[5:10] = -5.0, 6.0  # it forgets so little that cutting tells
    ids = prose.ids[:3002]  # three streams of 1,000, one character over
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    expected = one_by_one(trainer, ids[:1001])
    for start in (1000, 2000):
        end = 3002 if start == 2000 else start + 1001
        expected += one_by_one(trainer, ids[start - WARM_UP : end])[WARM_UP:]
    assert validation.characters == len(expected) == 3001
    assert validation.loss == pytest.approx(np.mean(expected), rel=1e-12)
    assert validation.loss != pytest.approx(np.mean(one_by_one(trainer, ids)), rel=1e-6)


def test_the_cost_of_validation_counts_what_is_read_before(prose: Corpus) -> None:
    assert [characters_read(n) for n in (2, 1999, 2001, 111_540)] == [2, 1999, 2257, 127_668]


def test_slices_change_nothing(prose: Corpus) -> None:
    whole, sliced = Trainer(CONFIG, prose), Trainer(CONFIG, prose)
    for _ in range(2 * whole.windows_per_epoch):
        whole.step()
        sliced.step()
        while sliced.validating:
            sliced.validate_slice()
    whole.finish_validation()
    assert len(whole.history.validations) >= 2
    assert whole.history.validations == sliced.history.validations
    assert np.array_equal(whole.model.flat, sliced.model.flat)


def test_asking_twice_evaluates_once(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    first = trainer.validate()
    assert first is not None
    assert trainer.validate() == first
    assert len(trainer.history.validations) == 1
    assert Trainer(replace(CONFIG, val_fraction=0.0), prose).validate() is None
