"""What goes on is told where it does, and not where it does not."""

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from rnn_tui.inspection.now import Limits, Name, Now, Standing, now, risen_for, same_for
from rnn_tui.live.info import describe
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

FALLING = np.linspace(3.0, 1.5, 300)


def at(loss: float, smoothed: Any = None, **other: Any) -> Standing:
    """A moment after so many updates as the curve has; it falls to the loss where none is given."""
    curve = np.linspace(3.0, loss, 300) if smoothed is None else np.append(smoothed, loss)
    updates = np.arange(1.0, len(curve) + 1)
    found = Standing(
        update=len(curve), loss=loss, updates=updates, smoothed=curve, val_updates=np.empty(0),
        validation=np.empty(0), uniform=3.0, unigram=2.5, bigram=1.5,
    )  # fmt: skip
    return replace(found, **other)


def validated(*losses: float) -> dict[str, Any]:
    return {"val_updates": np.arange(len(losses)) * 50.0, "validation": np.array(losses)}


STILL = np.full(400, 2.0)
CASES: dict[Name, tuple[Standing, Standing]] = {
    "untrained": (at(np.nan, update=0), at(2.9)),
    "worse": (at(3.2), at(3.1)),
    "blind": (at(2.97), at(2.9)),
    "frequencies": (at(2.6), at(2.49)),
    "pairs": (at(1.6), at(1.49)),
    "more": (at(1.4), at(1.51)),
    "bigram wall": (at(1.51, np.full(400, 1.52)), at(1.6, np.full(400, 1.6))),
    "still": (at(2.0, STILL), at(2.0, [*np.linspace(3, 2.2, 300), *STILL[:190]])),
    "by heart": (
        at(1.0, **validated(2.0, 1.8, 1.9, 1.9, 1.9)),
        at(1.0, **validated(2.0, 1.8, 1.9, 1.81, 1.9)),
    ),
    "foreseen": (at(0.04), at(0.06)),
    "learned": (at(0.0009, floor=0.0), at(0.0011, floor=0.0)),
    "floor": (at(0.34, floor=0.3), at(0.34)),
    "saturated": (at(2.0, flat=0.9), at(2.0, flat=0.89)),
}


def test_there_is_a_case_of_each() -> None:
    assert set(CASES) == set(get_args(Name))


@pytest.mark.parametrize("name", CASES)
def test_each_is_told_where_it_holds_and_not_just_beyond(name: Name) -> None:
    there, beyond = CASES[name]
    assert now(there).name == name
    assert now(beyond).name != name


def test_for_how_long() -> None:
    curve = [*np.linspace(3.0, 2.1, 100), *np.full(300, 2.0)]
    assert now(at(2.0, curve)) == Now("still", 301)
    assert same_for(at(2.0, curve)) == 301
    assert risen_for(CASES["by heart"][0]) == 300 - 50
    assert now(CASES["by heart"][0]) == Now("by heart", 250)


def test_a_validation_that_is_not_finite_says_nothing() -> None:
    assert risen_for(at(1.0, **validated(2.0, 1.0, np.inf, 3.0, 3.0))) == 0
    assert risen_for(at(1.0, **validated(2.0, 1.0, np.nan, 3.0, 3.0))) == 0


@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_of_hello_is_so(seed: int) -> None:
    """Every tenth update of 300, against the numbers that the sentences speak of."""
    trainer = Trainer(replace(PRESETS["hello"], seed=seed), corpus_from_bytes(b"hello", "hello"))
    info, said = describe(trainer), set()
    while trainer.update < 300:
        for _ in range(10):
            trainer.step()
        curves, loss = trainer.history.curves(200), trainer.history.smoothed
        found = now(
            Standing(
                trainer.update, loss, curves.update, curves.smoothed, curves.val_update,
                curves.validation, info.uniform, info.unigram, info.bigram, floor=0.0,
            )
        ).name  # fmt: skip
        said.add(found)
        true = {
            "blind": info.uniform * 0.98 < loss <= info.uniform * 1.05,
            "frequencies": info.unigram < loss <= info.uniform,
            "pairs": info.bigram < loss <= info.unigram,
            "more": loss <= info.bigram,
            "foreseen": loss < Limits.foreseen,
            "learned": loss < Limits.learned,
            "floor": loss <= Limits.floor * info.uniform,
        }
        assert true[found], (trainer.update, found, loss)
    assert {"pairs", "more", "floor"} <= said
