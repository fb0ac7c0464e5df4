from typing import Any

import pytest

from rnn_tui.errors import InputError
from rnn_tui.nn.names import networks
from rnn_tui.race.entrants import SHARED, Variation, entrants
from rnn_tui.text.corpus import Corpus


def names(found: Any) -> list[str]:
    return [entrant.name for entrant in found]


def test_all_networks_race_on_the_same_windows(prose: Corpus) -> None:
    found = entrants(prose, (), None, None, {"seed": 7})
    assert set(names(found)) == set(networks())
    assert names(found)[-3:] == ["rnn", "lstm", "gru"]
    first = found[0].config
    for entrant in found:
        assert all(getattr(entrant.config, name) == getattr(first, name) for name in SHARED)
        assert entrant.config.seed == 7


def test_the_same_as_alone(prose: Corpus) -> None:
    from rnn_tui.models.registry import named
    from rnn_tui.training.settings.choose import choose_config

    for entrant in entrants(prose, ["dense", "gru"], None, None, {}):
        assert entrant.config == choose_config(prose, None, named(entrant.name))[0]


def test_a_setting_that_varies(hello: Corpus) -> None:
    varied = Variation("learning_rate", (0.003, 0.01))
    found = entrants(hello, (), varied, None, {})
    assert names(found) == ["learning-rate 0.003", "learning-rate 0.01"]
    assert [entrant.config.learning_rate for entrant in found] == [0.003, 0.01]
    found = entrants(hello, ["lstm", "rnn"], varied, None, {})
    assert names(found)[1:3] == ["lstm learning-rate 0.01", "rnn learning-rate 0.003"]
    assert [entrant.config.cell for entrant in found] == ["lstm", "lstm", "rnn", "rnn"]


def test_what_is_meant_for_one_does_not_trouble_the_others(prose: Corpus) -> None:
    dense, rnn = entrants(prose, ["dense", "rnn"], None, None, {"context": 5, "hidden_size": 9})
    assert (dense.config.context, dense.config.hidden_size, rnn.config.hidden_size) == (5, 9, 9)
    assert not any("no effect" in note for note in rnn.notes)
    (alone,) = entrants(prose, ["rnn"], None, None, {"context": 5})
    assert any("--context 5 has no effect" in note for note in alone.notes)


@pytest.mark.parametrize(
    ("chosen", "values", "said"),
    [
        (["lsmt"], (), "there is no network lsmt; did you mean lstm?"),
        (["\x1b[2J"], (), "there is no network ␛[2J; there are rnn, lstm, gru, dense, cnn"),
        (["rnn", "gru"], (1.0, 2.0, 3.0, 4.0), "that would be 8 networks; a race has room for 6"),
        (["rnn"], (-1.0,), "--learning-rate must be above 0, not -1.0"),
    ],
)
def test_what_cannot_race(hello: Corpus, chosen: Any, values: Any, said: str) -> None:
    varied = Variation("learning_rate", values) if values else None
    with pytest.raises(InputError) as error:
        entrants(hello, chosen, varied, None, {})
    assert str(error.value) == said
