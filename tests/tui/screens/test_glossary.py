"""The words and questions, found by the screen one comes from, and by typing."""

import math
import re

import pytest

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.tui.glossary.questions import QUESTIONS
from rnn_tui.tui.glossary.term import Term, found
from rnn_tui.tui.glossary.terms import TERMS
from rnn_tui.tui.screens.glossary import GlossaryScreen
from scripts.make_questions import PAGE, page
from tests.tui.stage import Stage

HERE, ALL = "Words on this screen", "Other words"


def test_the_page_of_the_documentation_is_that_of_the_screen() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/make_questions.py"


@pytest.mark.parametrize("term", [*TERMS, *QUESTIONS], ids=lambda term: term.name)
def test_every_key_that_is_named_exists_and_no_word_is_told_twice(term: Term) -> None:
    assert not re.search(r"\{[a-z]+\.", KeyTable().named(term.text))
    assert [other.name for other in (*TERMS, *QUESTIONS)].count(term.name) == 1


def test_what_is_named_so_comes_first_then_what_is_told_so() -> None:
    assert [term.name for term in found(TERMS, " Gate ")][:2] == ["gate", "input gate"]
    assert [term.name for term in found(TERMS, "w_hh")] == ["W_hh", "spectral radius"]
    assert not found(TERMS, "xyzzy")


def test_the_figures_in_the_answers() -> None:
    told = {question.name: question.text for question in QUESTIONS}
    nat, line = told["What is a nat?"], told["Why is there a line at 0.347 in hello?"]
    for value in (math.log(2), math.log(4), -math.log(0.1), 1 / math.log(2)):
        assert f"{value:.2f}" in nat
    assert f"ln 2 = {math.log(2):.3f}" in line
    assert f"/ 4 = {2 * math.log(2) / 4:.3f}" in line


@pytest.mark.parametrize(
    ("key", "first", "later"),
    [("1", "unigram", "spectral radius"), ("2", "logit", "vanishing"), ("5", "AUC", "unigram")],
)
async def test_words_of_the_open_screen_stand_above_the_others(
    key: str, first: str, later: str
) -> None:
    stage = Stage()
    async with stage.open((90, 400)) as pilot:
        await pilot.press(key, "G")
        await stage.settle(pilot)
        text = stage.text
    names = [re.search(rf"(?m)^ +{name}( ·|\s*$)", text) for name in (first, later)]
    assert all(names)
    here, others = text.index(HERE), text.index(ALL)
    assert here < names[0].start() < others < names[1].start()  # type: ignore[union-attr]


async def test_typing_finds_and_escape_leads_back() -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        await pilot.press("G", *"nat")
        await stage.settle(pilot)
        assert "nat · nats" in stage.text
        assert HERE not in stage.text
        await pilot.press(*"zz")
        await stage.settle(pilot)
        assert "Nothing here has “natzz” in it" in stage.text
        await pilot.press("ctrl+u")
        await stage.settle(pilot)
        assert HERE in stage.text
        await pilot.press("escape")
        await stage.settle(pilot)
        assert not isinstance(stage.app.screen, GlossaryScreen)
        assert stage.session.commands == []


async def test_it_scrolls_by_lines_and_by_windows() -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        await pilot.press("G", "down")
        await stage.settle(pilot)
        assert HERE in stage.text
        await pilot.press("pagedown")
        await stage.settle(pilot)
        assert HERE not in stage.text
        await pilot.press("pageup", "up")
        await stage.settle(pilot)
        assert HERE in stage.text


@pytest.mark.parametrize("pasted", ["\x1b[31m", "[bold]", "한글🧠", "\u202e"])
async def test_what_is_typed_is_never_markup_or_a_control(pasted: str) -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        await pilot.press("G")
        await stage.settle(pilot)
        stage.app.screen.query_one("SafeLine").value = pasted  # type: ignore[attr-defined]
        await stage.settle(pilot)
        assert "Nothing here has" in stage.text
        assert not {"\x1b", "\u202e"} & set(stage.text)


async def test_in_korean_a_word_is_found_by_either_name() -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        await pilot.press("K", "G", *"hidden state")
        await stage.settle(pilot)
        assert "은닉 상태 · hidden state, h_t" in stage.text
        await pilot.press("ctrl+u", *"은닉")
        await stage.settle(pilot)
        assert "은닉 상태 · hidden state, h_t" in stage.text
