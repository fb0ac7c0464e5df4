"""Every lesson that comes with the program, played right and wrong; answers by plain loops."""

from functools import cache

import pytest

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.lessons.built_in import find, lessons, names
from rnn_tui.lessons.course import Scene, require_playable, scenes
from rnn_tui.lessons.judging import LETTERS, Verdict, judge, measured, understood
from tests.lessons.answers import PLAIN
from tests.lessons.plain import Plain, trained

ALL = {lesson.name: lesson for lesson in lessons()}
EACH = pytest.mark.parametrize("name", ALL)


@cache
def played(name: str) -> list[Scene]:
    return list(scenes(ALL[name]))


def verdict(scene: Scene, answer: str) -> Verdict:
    return judge(scene.step, answer, scene.answers)


@EACH
def test_the_right_answer_is_right_and_no_other(name: str) -> None:
    require_playable(ALL[name])
    for scene in played(name):
        step, solution = scene.step, verdict(scene, "").solution.strip("{}")
        assert verdict(scene, solution).right
        others = [*LETTERS[: len(step.choices)]]
        if step.number:
            value = float(solution.replace("−", "-"))
            wide = step.tolerance * 1.2 + 0.001
            others = [str(value + wide), str(value - wide), "x"]
        if step.key:
            others = [key.id for key in KeyTable().rows]
        wrong = [other for other in others if other != solution]
        assert wrong
        assert not any(verdict(scene, other).right for other in wrong)


@EACH
def test_its_sentences_are_short_and_filled_in(name: str) -> None:
    for scene in played(name):
        step = scene.step
        (say,) = measured([step.say], scene.before)
        (ask,) = measured([step.ask], scene.before)
        (why,) = measured([step.why], scene.after)
        assert len(say) <= 260
        assert len(ask) <= 110
        assert len(why) <= 260
        assert step.say.parts
        assert not any("nan" in text for text in (say, ask, why))
        assert all(len(measured([c.text], scene.before)[0]) <= 40 for c in step.choices)
        assert not step.choices or understood(step, LETTERS[len(step.choices)])


@EACH
def test_answers_are_those_of_plain_loops(name: str) -> None:
    expected = PLAIN[name](ALL[name])
    assert len(expected) == len(ALL[name].steps)
    for scene, answer in zip(played(name), expected, strict=True):
        if scene.step.number:
            assert scene.answers == [pytest.approx(float(str(answer)), abs=1e-7)]
        else:
            letter = LETTERS[answer] if isinstance(answer, int) else str(answer)
            assert verdict(scene, letter).right


def test_plain_loops_train_as_the_program_does() -> None:
    net: Plain = trained(ALL["wall"], 100)
    assert played("wall")[-1].before.value("loss") == pytest.approx(net.loss, abs=1e-9)


def test_they_are_found_by_number_name_and_file() -> None:
    for number, name in enumerate(names(), 1):
        assert find(str(number)).name == find(name).name == name
