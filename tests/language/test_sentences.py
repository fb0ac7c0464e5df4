import pickle
from collections.abc import Iterator

import pytest

from rnn_tui.language import (
    cells,
    counted,
    joined,
    languages,
    mark,
    next_one,
    padded,
    phrase,
    tr,
    use,
    used,
)

BLIND = "Hardly better than blind guessing ({uniform}) so far."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


def test_english_is_the_template_itself() -> None:
    assert tr(BLIND, uniform="1.39") == "Hardly better than blind guessing (1.39) so far."
    assert tr("") == ""
    assert mark(BLIND) is BLIND


def test_another_language() -> None:
    use("ko")
    assert used() == "ko"
    assert tr("loss") == "손실"
    assert tr(BLIND, uniform="1.39") == "아직 무작정 찍기(1.39)와 다를 바 없습니다."
    assert tr("nobody has translated {this}", this=7) == "nobody has translated 7"


def test_a_language_without_a_catalog_is_english() -> None:
    use("ko")
    use("tlh")
    assert (used(), tr("loss")) == ("en", "loss")


def test_values_are_not_looked_into_and_keys_stay() -> None:
    told = tr("{train.step} after {text} and {{n}}", text="{n}{train.step}{", n=3)
    assert told == "{train.step} after {n}{train.step}{ and {3}"
    assert tr("100 % of {none}") == "100 % of {none}"


def test_a_phrase_is_english_until_it_is_said() -> None:
    made = phrase(
        "Copied {what}, {all}.", what=phrase("the sample"), all=counted(1200, "character")
    )
    assert made == "Copied the sample, 1,200 characters."
    use("ko")
    assert made == "Copied the sample, 1,200 characters."
    crossed = pickle.loads(pickle.dumps(made))
    for one in (made, crossed):
        assert tr(one) == "복사했습니다: 샘플, 1,200글자."
    both = joined([phrase("loss"), made])
    assert both == "loss Copied the sample, 1,200 characters."
    assert tr(both) == "손실 복사했습니다: 샘플, 1,200글자."


def test_one_and_several() -> None:
    assert counted(1, "update") == "1 update"
    assert counted(12345, "update") == "12,345 updates"


def test_the_languages_go_round() -> None:
    seen = []
    for _ in languages():
        seen.append(used())
        use(next_one())
    assert tuple(seen) == languages()
    assert used() == "en"


def test_hangul_takes_two_columns() -> None:
    assert cells("손실 3") == 6
    assert padded("손실", 6) == "손실  "
    assert padded("손실", 3) == "손실"
