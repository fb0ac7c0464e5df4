"""What a lesson asks for does not stand on the screen before it is answered."""

import re
from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from rnn_tui.language import use
from rnn_tui.lessons.built_in import lessons
from rnn_tui.lessons.course import Scene, scenes
from rnn_tui.lessons.judging import judge
from rnn_tui.lessons.lesson import Lesson
from tests.tui.lessons import LessonStage

WITH_NUMBERS = [one for one in lessons() if any(step.number for step in one.steps)]
SAID = {("one-cell", 2): "the sentence tells it: it is asked whether another text changes it"}
"""Steps that tell the number themselves, and why."""
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")
COUNTS = 10
"""Whole numbers below are time steps, screens and ticks, too."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


def telling(text: str, value: float) -> list[str]:
    """The numbers in a text that are a value, rounded to the digits that they have."""
    found = []
    for number in NUMBER.findall(text):
        told = float(number.replace("−", "-"))
        places = len(number.partition(".")[2])
        whole = value == round(value)
        if whole and not places and told == value >= COUNTS:
            found.append(number)
        if not whole and places >= 2 and abs(told - value) <= 0.5 * 10.0**-places * (1 + 1e-9):
            found.append(number)
    return found


def test_a_number_is_found_as_it_is_rounded() -> None:
    assert telling("0.347┤ 1.09 0.35 −0.35 0.3 0.34", 0.34657) == ["0.347", "0.35"]
    assert telling("W 40 4.00 140 9", 40.0) == ["40"]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("lesson", WITH_NUMBERS, ids=lambda lesson: lesson.name)
async def test_no_number_that_is_asked_for_is_told(
    lesson: Lesson, size: tuple[int, int], language: str
) -> None:
    use(language)
    stage = LessonStage(lesson)
    async with stage.open(size) as pilot:
        for number, scene in enumerate(scenes(lesson), 1):
            asked = scene.step.number and (lesson.name, number) not in SAID
            if asked:
                (value,) = scene.answers
                assert isinstance(value, float)
                assert telling(stage.text, value) == [], f"step {number}\n{stage.text}"
            await answered(stage, pilot, scene)
            await stage.press(pilot, "enter")


async def answered(stage: LessonStage, pilot: Pilot[None], scene: Scene) -> None:
    """Give the right answer; what was covered is seen then."""
    if scene.step.key:
        await stage.press(pilot, "enter")  # shows which
    else:
        await stage.answer(pilot, judge(scene.step, "", scene.answers).solution)
    assert stage.page.phase == "answered"
    assert not stage.app.passage.covered
