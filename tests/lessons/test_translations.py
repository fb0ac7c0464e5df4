"""A lesson in two languages: each kind of mistake is one line, and the built-in ones speak all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from rnn_tui.language import ENGLISH, languages, use
from rnn_tui.lessons.built_in import lessons
from rnn_tui.lessons.course import scenes
from rnn_tui.lessons.judging import measured
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.lessons.reading import read_lesson
from tests.language.test_catalogs import GLUED
from tests.lessons.test_reading import read

OTHERS = [language for language in languages() if language != ENGLISH]
ALL = {lesson.name: lesson for lesson in lessons()}
GOOD = """\
title = "Ups and downs"
text = "abcb"
hidden_size = 2

[ko]
title = "오르내림"

[[step]]
say = "{V} letters, {H} numbers."
ask = "Which is read at step 2?"
why = "It is {read[2]}, with p = {p[2, 'c']:.2f}: {train.step}."
wrong = "Not {read[1]}."

[step.choices]
"{read[1]}, the first" = "False"
"b" = "True"

[step.ko]
say = "숫자 {H}개, 글자 {V}개."
ask = "타임 스텝 2에서 읽는 글자는?"
why = "p = {p[2, 'c']:.2f}, 글자 {read[2]}: {train.step} 키."
wrong = "{read[1]}, 아닙니다."
choices = ["첫째 {read[1]}", "b"]

[[step]]
say = "Here."
ask = "How many letters?"
number = "V"
why = "{V}."
ko.say = "여기."
ko.ask = "글자는 몇 개일까요?"
ko.why = "{V}개입니다."
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use(ENGLISH)


def test_fields_may_change_places(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == ""
    lesson = read_lesson(tmp_path / "mine.toml")
    scene = next(scenes(lesson))
    step = scene.step
    sentences = [step.say, *(choice.text for choice in step.choices)]
    assert measured(sentences, scene.before) == ["3 letters, 2 numbers.", "a, the first", "b"]
    use("ko")
    assert lesson.title == "오르내림"
    assert measured(sentences, scene.before) == ["숫자 2개, 글자 3개.", "첫째 a", "b"]
    assert step.say.outline == "숫자 …개, 글자 …개."


def test_a_lesson_is_written_in_any_language(tmp_path: Path) -> None:
    """What is written in Korean may say itself in English."""
    use("ko")
    text = GOOD.replace("[ko]", "[en]").replace("step.ko", "step.en").replace("\nko.", "\nen.")
    assert read(tmp_path, text) == ""
    lesson = read_lesson(tmp_path / "mine.toml")
    assert lesson.title == "Ups and downs"
    use("en")
    assert lesson.title == "오르내림"


MISTAKES = [
    ("[ko]", "[kr]", "line 5: kr: it means nothing here; there are title, "),
    ("[step.ko]", "[step.kr]", "line 18: kr: it means nothing here; there are say, ask"),
    (
        '[ko]\ntitle = "오르내림"\n',
        "",
        "line 16: ko: above the steps, [ko] with a title is missing",
    ),
    ('title = "오르내림"\n', "", "line 5: ko: title is missing"),
    ('"오르내림"', "3", "line 6: ko.title: it is text in quotes, not 3"),
    (
        'title = "오르내림"',
        'titel = "오르내림"',
        "line 6: ko.titel: it means nothing here; did you",
    ),
    ('[ko]\ntitle = "오르내림"', 'ko = "오르내림"', "line 5: ko: it is a table, not '오르내림'"),
    (
        'ko.say = "여기."\nko.ask = "글자는 몇 개일까요?"\nko.why = "{V}개입니다."\n',
        "",
        "line 25: ko is missing, which the lesson's title speaks",
    ),
    ('wrong = "{read[1]}, 아닙니다."\n', "", "line 18: ko: wrong is missing"),
    ('choices = ["첫째 {read[1]}", "b"]\n', "", "line 18: ko: choices is missing"),
    ('ko.ask = "글자는 몇 개일까요?"\n', "", "line 25: ko: ask is missing"),
    ('ko.say = "여기."', 'ko.say = " "', "line 30: ko.say: it is empty"),
    ('ko.say = "여기."', f'ko.say = "{"가" * 601}"', "line 30: ko.say: longer than 600"),
    ('ko.say = "여기."', "ko.say = 3", "line 30: ko.say: it is text in quotes, not 3"),
    ('ko.say = "여기."', 'ko.say = "{V}"', "line 30: ko.say: {V} does not stand in what this"),
    ("글자 {V}개.", "글자 {T}개.", "line 19: ko.say: {T} does not stand in what this translates"),
    ("글자 {V}개.", "글자 {v}개.", "line 19: ko.say: v: there is no v; did you mean V?"),
    ("글자 {V}개.", "글자 {V개.", "line 19: ko.say: a { without its }"),
    ("숫자 {H}개", "숫자 {train.stop}", "line 19: ko.say: there is no key named train.stop"),
    ("p = {p[2, 'c']:.2f}, 글", "p = {p[2, 'c']:.3f}, 글", "line 21: ko.why: {p[2, 'c']:.3f} does"),
    ('"첫째 {read[1]}", "b"', '"첫째 {read[1]}"', "line 23: ko.choices: 2 texts in quotes, in"),
    ('"첫째 {read[1]}", "b"', '"첫째", "b", "c"', "line 23: ko.choices: 2 texts in quotes, in"),
    ('"첫째 {read[1]}", "b"', '"첫째", 2', "line 23: ko.choices: 2 texts in quotes, in"),
    ('["첫째 {read[1]}", "b"]', '"첫째"', "line 23: ko.choices: it is texts in [ ], not '첫째'"),
    ('"첫째 {read[1]}", "b"', '"첫째", "{read[2]}"', "line 23: ko.choices: {read[2]} does not"),
    ("[step.ko]", '[step.ko]\nnumber = "V"', "line 19: ko.number: it means nothing here; there"),
    ("[step.ko]", '[step.ko]\nsee = "train"', "line 19: ko.see: it means nothing here; there"),
    ('wrong = "Not {read[1]}."\n', "", "line 21: ko.wrong: it means nothing here; there are say"),
]


@pytest.mark.parametrize(("there", "instead", "said"), MISTAKES)
def test_a_mistake_is_said_in_one_line(tmp_path: Path, there: str, instead: str, said: str) -> None:
    assert there in GOOD
    told = read(tmp_path, GOOD.replace(there, instead, 1))
    assert said in told
    assert "\n" not in told
    assert "mine.toml, line" in told


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)
def test_a_built_in_one_speaks_every_language_in_the_same_room(
    lesson: Lesson, language: str
) -> None:
    assert language in lesson.titles
    use(language)
    assert cell_len(lesson.title) <= 30
    for scene in scenes(lesson):
        step = scene.step
        said = [step.say, step.ask, *(choice.text for choice in step.choices)]
        say, ask, *choices = measured(said, scene.before)
        (why,) = measured([step.why], scene.after)
        assert max(map(cell_len, (say, why))) <= 260
        assert cell_len(ask) <= 110
        assert all(cell_len(choice) <= 40 for choice in choices)


def test_no_korean_particle_is_glued_to_a_value() -> None:
    for lesson in ALL.values():
        for step in lesson.steps:
            for text in filter(None, (step.say, step.ask, step.why, step.wrong)):
                parts = text.others["ko"]
                said = "".join(part if isinstance(part, str) else "{}" for part in parts)
                said = said.replace("h_{t−1}", "h")
                assert not GLUED.search(said), said
                assert not re.search(r"을\(를\)|이\(가\)|은\(는\)|확률을 매", said), said
