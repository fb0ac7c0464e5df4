"""What units follow, for the screen: of one moment, within bounds, and never without end."""

from typing import Any

import numpy as np

from rnn_tui.inspection.memory.units.following import finished, following
from rnn_tui.inspection.memory.units.reading import read
from rnn_tui.live.run import Run
from rnn_tui.live.views.units import SECONDS, slices
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.units import AFTER, BEFORE, UnitsSeen, UnitsView, UnitText, UnitTextView
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.text.features.labels import labels_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

PROSE = "".join(f"{number:,} (or {number * number})\n" for number in range(200))


def run(text: str = PROSE, **changes: Any) -> Run:
    settings: dict[str, Any] = {"cell": "lstm", "hidden_size": 7, "seq_length": 12} | changes
    config = Config(batch_size=3, dtype="float64", **settings)
    return Run(Trainer(config, corpus_from_bytes(text.encode(), "text")), paused=True)


def last(steps: Any) -> Any:
    *_, seen = steps
    return seen


def test_it_is_of_the_network_as_it_was_at_first_though_it_learns_meanwhile() -> None:
    at, view = run(), UnitsView(kind="c")
    steps = slices(at, view)
    first = next(steps)
    assert isinstance(first, UnitsSeen)
    assert not first.done
    assert {*first.units.tolist()} == {-1}
    before = at.trainer.model.flat.copy()
    for _ in range(5):
        at.trainer.step()
    seen = last(steps)
    at.trainer.model.flat[...] = before
    ids = at.trainer.corpus.ids[: seen.symbols]
    labels = labels_of(at.trainer.corpus.vocab, ids)
    found = finished(following(at.trainer.model, ids, "c", labels))
    assert seen.done
    assert first.labels == seen.labels == tuple(label.words for label in labels)
    assert np.array_equal(seen.strength[: len(labels)], found.followed.by_unit)
    row = int(np.abs(seen.strength).argmax())
    place = int(seen.places[row, 0])
    assert seen.values[row, 0] == found.values[place, seen.units[row]]
    around = seen.around[row, 0].tolist()
    text = [-1] * BEFORE + ids.tolist() + [-1] * AFTER
    assert around == text[place : place + BEFORE + 1 + AFTER]


def test_a_text_takes_the_values_of_one_unit_by_and_by() -> None:
    at = run(num_layers=2)
    view = UnitTextView(Reading(), "f", 9, 400)
    first, *_, seen = slices(at, view)
    assert isinstance(first, UnitText)
    assert np.isnan(first.values).any()
    assert not np.isnan(seen.values).any()
    whole = np.empty((len(seen.ids), 14))
    assert [*read(at.trainer.model, seen.ids, "f", 1, whole)]
    assert np.abs(seen.values - whole[:, 9]).max() < 1e-6
    assert seen.done


def test_whatever_is_asked_for_there_is_an_answer() -> None:
    at = run()
    seen = last(slices(at, UnitTextView(Reading(typed="12"), "z", 99, 0)))
    assert (seen.kind, seen.unit, len(seen.values)) == ("h", 6, 1)
    seen = last(slices(at, UnitTextView(Reading(typed="q"), "h", -3, 50)))
    assert (seen.unknown, seen.unit, len(seen.ids), seen.done) == (("q",), 0, 0, True)
    assert last(slices(at, UnitsView(kind="r"))).done


def test_why_nothing_is_told_is_said() -> None:
    at = run()
    for pattern, said in (
        ("(", "No regular expression: (: missing )"),
        ("q+", "Your pattern covers 0 of 2,744 characters: in each half of the text at least 20"),
        ("(.|.|.)*q", "takes too long on this text"),
    ):
        [seen] = slices(at, UnitsView(pattern=pattern))
        assert isinstance(seen, UnitsSeen)
        assert said in seen.refused
        assert seen.done
    assert SECONDS < 0.06
    [seen] = slices(run("ab" * 30), UnitsView())
    assert isinstance(seen, UnitsSeen)
    assert seen.refused.startswith("The text has 60 characters: too few")
    [seen] = slices(run("ab" * 3 + "a" * 600), UnitsView())
    assert isinstance(seen, UnitsSeen)
    assert seen.refused == "Nothing in this text varies enough to be followed."
