"""How far back an error reaches, against the chain rule written out."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.views.error_reach import STEPS, error_reach
from rnn_tui.protocol.snapshot import ErrorReach
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

TEXT = b"tick tock, tick tock, the clock"


def made(data: bytes = TEXT, **settings: Any) -> Trainer:
    return Trainer(replace(PRESETS["hello"], **settings), corpus_from_bytes(data, "text"))


def left(trainer: Trainer, T: int) -> list[float]:
    """What is left of an error after so many steps: the geometric mean over the targets."""
    p = {name: array.astype(float) for name, array in trainer.model.parameters.items()}
    ids, h, states, errors = trainer.corpus.ids, np.zeros(trainer.config.hidden_size), [], []
    for t in range(T):
        x = p["rnn.weight_ih_l0"][:, ids[t]]
        h = np.tanh(x + p["rnn.weight_hh_l0"] @ h + p["rnn.bias_l0"])
        logits = p["linear.weight"] @ h + p["linear.bias"]
        probs = np.exp(logits - logits.max())
        probs /= probs.sum()
        probs[ids[t + 1]] -= 1
        states.append(h)
        errors.append(probs @ p["linear.weight"])
    logs: list[list[float]] = [[] for _ in range(T)]
    for t, error in enumerate(errors):
        at_target = np.linalg.norm(error)
        for d in range(t + 1):
            logs[d].append(np.log(np.linalg.norm(error) / at_target))
            error = ((1 - states[t - d] ** 2) * error) @ p["rnn.weight_hh_l0"]
    return [float(np.exp(np.mean(log))) for log in logs]


@pytest.mark.parametrize("updates", [1, 40, 160])
@pytest.mark.parametrize(("seq_length", "factor"), [(7, 1.0), (7, 0.2), (25, 1.4)])
def test_it_is_as_by_the_chain_rule(seq_length: int, factor: float, updates: int) -> None:
    trainer = made(seq_length=seq_length, hidden_size=5)
    for _ in range(updates):
        trainer.step()
    trainer.model.parameters["rnn.weight_hh_l0"] *= factor
    T = min(seq_length, STEPS)
    shares = left(trainer, T)
    little = [d for d, share in enumerate(shares) if share < 0.01]
    expected = ErrorReach(little[0] - 1 if little else T - 1, not little and seq_length > STEPS)
    assert error_reach(trainer) == expected


def test_where_there_is_no_time_to_go_back_in_it_reaches_nowhere() -> None:
    assert error_reach(made(network="dense", context=3)) == ErrorReach(0)
    assert error_reach(made(b"ab", seq_length=1)) == ErrorReach(0)
    cut = made(seq_length=7)
    cut.model.parameters["rnn.weight_hh_l0"][:] = 0
    assert error_reach(cut) == ErrorReach(0)
