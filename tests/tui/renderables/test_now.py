"""The sentences: all there, their keys too, short enough for 80 columns."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from rich.cells import cell_len

from rnn_tui.inspection.now import Name, Now
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.language import languages, use
from rnn_tui.protocol.snapshot import ErrorReach
from rnn_tui.tui.renderables.now import sentences, standing, told
from tests.tui.snapshots import make_info, make_snapshot


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", get_args(Name))
def test_each_has_a_sentence_that_fits_and_names_keys_that_are_there(
    name: Name, language: str
) -> None:
    use(language)
    for kind in ("hello", "lstm", "korean"):
        said, short, trial = sentences(Now(name, 12_345), make_info(kind))
        for text in (said, short):
            assert not set("{}") & set(text)
        assert cell_len(said) <= 78
        if language == "en":
            assert said.endswith(".")
        assert re.search(r"\{[a-z]+\.[a-z_]+\}", trial)
        assert "{" not in KeyTable().named(trial)
        assert cell_len(short) + 2 + cell_len(KeyTable().named(trial)) <= 78


def test_it_is_judged_by_what_was_until_the_moment_looked_at() -> None:
    info, snapshot = make_info("lstm"), make_snapshot("lstm", update=400)
    cut = standing(replace(snapshot, update=100), info)
    assert cut.updates.max() <= 100
    assert len(cut.smoothed) == len(cut.updates) < len(snapshot.curves.update)
    assert (cut.val_updates <= 100).all()


def test_of_what_has_diverged_a_panel_tells() -> None:
    assert told(make_snapshot("hello", state="diverged"), make_info("hello")) == ("", "", "")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("reach", "english"),
    [
        (ErrorReach(1), "Try: 4 shows an error reach 1 step back."),
        (ErrorReach(11), "Try: 4 shows an error reach 11 steps back."),
        (ErrorReach(12, more=True), "Try: 4 shows an error reach 12 steps or more."),
    ],
)
def test_below_the_bigram_line_it_is_said_how_far_an_error_reaches(
    reach: ErrorReach, english: str, language: str
) -> None:
    use(language)
    info = replace(make_info("lstm"), bigram=9.5, unigram=9.6, uniform=9.7)
    snapshot = replace(make_snapshot("lstm"), reach=reach)
    _, short, trial = told(snapshot, info)
    shown = KeyTable().named(trial)
    assert cell_len(short) + 2 + cell_len(shown) <= 78
    if language == "en":
        assert shown == english
    for other in (replace(snapshot, reach=ErrorReach(0)), replace(snapshot, reach=None)):
        assert told(other, info)[2] == sentences(Now("more"), info)[2] != trial
    above = replace(info, bigram=0.01)
    assert told(snapshot, above)[2] == told(replace(snapshot, reach=None), above)[2]
