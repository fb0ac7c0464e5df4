"""Every lesson played through on the real screen: right and wrong, in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.language import tr, use
from rnn_tui.lessons.built_in import lessons
from rnn_tui.lessons.course import Scene, require_playable, scenes
from rnn_tui.lessons.judging import LETTERS, judge, measured
from rnn_tui.lessons.reading import read_lesson
from rnn_tui.live.info import describe
from rnn_tui.protocol.commands import Begin, Restart
from rnn_tui.protocol.replies import Lost, Started
from rnn_tui.tui.control.asking import WRONG_KEY
from rnn_tui.tui.control.lesson_page import DONE, RIGHT, WRONG, WRONG_CHOICE
from rnn_tui.tui.messages import RunStarted
from tests.tui.conftest import Compare
from tests.tui.lessons import LessonStage

ALL = {lesson.name: lesson for lesson in lessons()}
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: str(size[0]))
EACH = pytest.mark.parametrize("name", ALL)
Sentences = Callable[[], list[str]]
named = KeyTable().named


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


@cache
def played(name: str) -> list[Scene]:
    return list(scenes(ALL[name]))


def one_line(text: str) -> str:
    return " ".join(named(text).split())


def right(scene: Scene) -> str:
    return judge(scene.step, "", scene.answers).solution.strip("{}")


def wrong(scene: Scene) -> str:
    step = scene.step
    if step.choices:
        return next(letter for letter in LETTERS if letter != right(scene))
    return "123456" if step.number else "train.restart"


async def seen_in_both(stage: LessonStage, pilot: Pilot[None], sentences: Sentences) -> None:
    """Look for sentences in the language that is spoken, and in the other, which is spoken on."""
    for again in (True, False):
        for sentence in sentences():
            assert one_line(sentence) in stage.words
        if again:
            await stage.press(pilot, "K")


def question(scene: Scene) -> list[str]:
    step = scene.step
    said = [step.say, step.ask, *(choice.text for choice in step.choices)]
    return measured(said, scene.before)


@SIZES
@EACH
async def test_right_answers(name: str, size: tuple[int, int]) -> None:
    stage = LessonStage(ALL[name])
    async with stage.open(size) as pilot:
        for number, scene in enumerate(played(name), 1):
            step = scene.step
            assert step.see in ("", stage.app.current_mode)
            assert stage.session.engine.trainer.update == step.update
            assert all(one_line(sentence) in stage.words for sentence in question(scene))
            if step.key:
                await stage.press(pilot, KeyTable()[step.key].strokes[0])
            else:
                await stage.answer(pilot, right(scene))
            told = partial(measured, [step.why], scene.after)
            await seen_in_both(stage, pilot, lambda told=told: [tr(RIGHT), *told()])
            if step.then is not None:
                assert stage.session.engine.trainer.update == step.then
            assert stage.done[-1] == number
            await stage.press(pilot, "enter")
        count = len(played(name))
        await seen_in_both(stage, pilot, lambda: [tr(DONE, right=count, steps=count)])


@SIZES
@EACH
async def test_wrong_answers(name: str, size: tuple[int, int]) -> None:
    """It begins in Korean, so that each question is seen in the language the test above has not."""
    use("ko")
    stage = LessonStage(ALL[name])
    async with stage.open(size) as pilot:
        for scene in played(name):
            step = scene.step
            assert all(one_line(sentence) in stage.words for sentence in question(scene))
            if step.key:
                await stage.press(pilot, "less_than_sign")
                lower = tr(KeyTable()["rate.lower"].title)
                assert tr(WRONG_KEY, key=lower) in stage.words
                await stage.press(pilot, "enter")
            else:
                await stage.answer(pilot, wrong(scene))
            last = [] if step.key else [*filter(None, (step.wrong, step.why))]
            told = partial(measured, last, scene.after)
            await seen_in_both(stage, pilot, lambda s=scene, t=told: [corrected(s), *t()])
            assert {cell_len(row) for row in stage.text.splitlines() if row[-1:] in "│╮╯"} == {
                size[0]
            }
            await stage.press(pilot, "enter")
        steps = len(played(name))
        await seen_in_both(stage, pilot, lambda: [tr(DONE, right=0, steps=steps)])


def corrected(scene: Scene) -> str:
    step, solution = scene.step, judge(scene.step, "", scene.answers).solution
    if not step.choices:
        return tr(WRONG, solution=solution)
    (choice,) = measured([step.choices[LETTERS.index(solution)].text], scene.before)
    return tr(WRONG_CHOICE, letter=solution, choice=choice)


@SIZES
async def test_what_is_no_answer_is_asked_again(size: tuple[int, int]) -> None:
    stage = LessonStage(ALL["loss"])
    async with stage.open(size) as pilot:
        await stage.answer(pilot, "much")
        assert "Type a number" in stage.words
        assert stage.page.phase == "asking"
        await stage.press(pilot, "1", "enter")
        assert "▸ Right." in stage.words
    stage = LessonStage(ALL["wall"], step=1)
    async with stage.open(size) as pilot:
        await stage.answer(pilot, "c")
        assert "Type a letter from a to b." in stage.words


async def test_the_same_answers_whatever_was_done_before() -> None:
    """Somebody plays with every knob; the next question is the same for the whole class."""
    stage = LessonStage(ALL["wall"])
    async with stage.open((120, 40)) as pilot:
        await stage.answer(pilot, "0.35")
        await stage.press(pilot, "s", "greater_than_sign", "s", "R")
        assert stage.session.engine.trainer.config.seed == 1
        await stage.press(pilot, "enter")
        _, scene, *_ = played("wall")
        assert stage.session.engine.trainer.config.seed == 0
        await stage.answer(pilot, right(scene))
        assert one_line(*measured([scene.step.why], scene.after)) in stage.words


async def test_a_run_that_was_led_elsewhere_is_not_judged() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((120, 40)) as pilot:
        await stage.press(pilot, "s", "s")
        await stage.answer(pilot, "c")
        assert "The run is at update 2, and this is about update 0. A begins" in stage.words
        await stage.press(pilot, "backspace")
        assert stage.session.engine.trainer.update == 0
        await stage.answer(pilot, "c")
        assert "▸ Right." in stage.words


async def test_a_run_that_goes_on_is_not_judged() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((120, 40)) as pilot:
        await stage.press(pilot, "space")
        await stage.answer(pilot, "c")
        assert "The run goes on. A begins the step anew." in stage.words
        await stage.press(pilot, "enter")
        assert stage.session.engine.trainer.update == 0
        assert "Which place is 1 where l is read?" in stage.words


async def test_another_worker_begins_the_step_anew() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((120, 40)) as pilot:
        stage.session.listener(Lost(None, "killed"))
        await stage.settle(pilot)
        await stage.press(pilot, "r")
        assert "Another worker has begun. A begins the step anew." in stage.words
        stage.session.listener(Started(describe(stage.session.engine.trainer), 0))
        await stage.settle(pilot)
        await stage.press(pilot, "backspace")
        assert "Which place is 1 where l is read?" in stage.words


async def test_the_picture_there_was_is_not_read_with_the_symbols_of_the_next_text() -> None:
    """Between a run's beginning and its first snapshot the old picture may be drawn again."""
    lesson = ALL["vanishing"]
    stage = LessonStage(lesson, step=4, kept=require_playable(lesson))
    async with stage.open((120, 40)):
        front, before = stage.app.front, stage.text
        assert front
        assert stage.app.current_mode == "gradients"
        stage.session.begin(lesson.steps[5].start)
        stage.app.on_run_started(RunStarted(describe(stage.session.engine.trainer), 0))
        for panel in front.shown:
            panel.point_out(replace(lesson.steps[5], at=2), answered=False)
            panel.speak()
        assert stage.text != before


async def test_it_is_left_exactly_there_and_comes_back() -> None:
    stage = LessonStage(ALL["wall"])
    async with stage.open((80, 24)) as pilot:
        await stage.answer(pilot, "0.35")
        await stage.press(pilot, "enter")
        weights = stage.session.engine.trainer.model.flat.copy()
        sent = len(stage.session.sent)
        await stage.press(pilot, "escape")
        assert not stage.panel.display
        assert "Lesson" not in stage.text
        assert "L brings the lesson back." in stage.text
        assert "free play" not in stage.text
        assert (stage.session.engine.trainer.model.flat == weights).all()
        assert not any(isinstance(c, Begin | Restart) for c in stage.session.sent[sent:])
        await stage.press(pilot, "s", "enter", "backspace")
        assert stage.session.engine.trainer.update == 1
        await stage.press(pilot, "L")
        assert stage.panel.display
        assert stage.session.engine.trainer.update == 0
        assert "Will the loss be below the wall then?" in stage.words


async def test_a_step_is_seen_again() -> None:
    stage = LessonStage(ALL["update"])
    async with stage.open((120, 40)) as pilot:
        await stage.answer(pilot, "a")
        assert stage.session.engine.trainer.update == 1
        await stage.press(pilot, "A")
        assert stage.session.engine.trainer.update == 0
        assert "Does the probability of e after h rise at once?" in stage.words


async def test_a_lesson_gone_on_with_knows_what_earlier_steps_measured() -> None:
    lesson = ALL["hidden-size"]
    stage = LessonStage(lesson, step=5, kept=require_playable(lesson))
    async with stage.open((80, 24)) as pilot:
        scene = played("hidden-size")[5]
        assert one_line(*measured([scene.step.say], scene.before)) in stage.words
        await stage.answer(pilot, right(scene))
        assert "▸ Right." in stage.words


async def test_the_micro_step_and_the_weight_that_are_spoken_of_are_on_the_screen() -> None:
    stage = LessonStage(ALL["backprop"])
    async with stage.open((120, 40)) as pilot:
        for scene in played("backprop"):
            assert "micro-step 17 of 19" in stage.text
            assert "W_hh[3,1] = −" in stage.text
            if scene.step.key:
                await stage.press(pilot, "tab", "shift+tab", "c")
                assert "W_hh[3,1]: backprop −0.125614" in stage.text
            else:
                await stage.answer(pilot, right(scene))
            await stage.press(pilot, "left", "enter")
        assert "micro-step 8 of 19" in stage.text


async def test_the_gates_are_told_where_the_figure_has_no_room_for_them() -> None:
    stage = LessonStage(ALL["gates"])
    async with stage.open((80, 24)) as pilot:
        scene = played("gates")[0]
        assert "  f 1.00  " not in stage.text
        await stage.answer(pilot, right(scene))
        stage.app.look()
        await stage.settle(pilot)
        assert "step 10: h7 −0.27  " in stage.text
        assert "  f 1.00  " in stage.text


async def test_on_every_screen() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((120, 40)) as pilot:
        for key in "12345":
            await stage.press(pilot, key)
            assert "Which place is 1 where l is read?" in stage.words
            assert "Which place is 1 where l is read?" in stage.text
        await stage.press(pilot, "0")
        assert "There is no race in a lesson." in stage.text
        await stage.press(pilot, "enter", "1", "c", "enter")
        assert "Type a letter" in stage.words  # it went into the line


async def test_the_picture_is_seen_whole_where_the_window_is_low() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((80, 24)) as pilot:
        assert "z the whole picture" in stage.text
        assert "W_hh" not in stage.text
        await stage.press(pilot, "z")
        assert "W_hh" in stage.text
        assert "Which place" not in stage.text
        await stage.press(pilot, "escape")
        assert "Which place is 1 where l is read?" in stage.text
        await stage.press(pilot, "z", "enter")
        assert "Which place is 1 where l is read?" in stage.text
        assert stage.panel.line.has_focus


@pytest.mark.parametrize("size", [(40, 12), (59, 40), (120, 17)])
@pytest.mark.parametrize("language", ["en", "ko"])
async def test_in_a_small_window_the_text_is_read_on_and_then_the_picture(
    size: tuple[int, int], language: str
) -> None:
    use(language)
    stage = LessonStage(ALL["one-hot"])
    async with stage.open(size) as pilot:
        scene, following, *_ = played("one-hot")
        said = " ".join(map(one_line, question(scene))).replace(" ", "")
        read = ""
        while stage.app.front and stage.app.front.maximized is stage.panel:
            read += stage.words.replace(" ", "")
            await stage.press(pilot, "z")
        assert all(one_line(part).replace(" ", "") in read for part in question(scene)), said
        assert stage.panel.border_title not in stage.text
        await stage.answer(pilot, right(scene))
        assert tr(RIGHT) in stage.words
        await stage.press(pilot, "enter")
        assert stage.words[:9] == one_line(*measured([following.step.say], following.before))[:9]
        await stage.press(pilot, "escape")
        assert stage.app.front
        assert stage.app.front.maximized in stage.app.front.shown
        await stage.press(pilot, "L")
        assert stage.app.front.maximized is stage.panel
        await pilot.resize_terminal(120, 40)
        await stage.settle(pilot)
        assert stage.app.front.maximized is None
        assert stage.panel.text.leaf is None


async def test_the_next_lesson_is_asked_for_by_a_key() -> None:
    stage = LessonStage(ALL["update"], following=ALL["one-cell"])
    async with stage.open((120, 40)) as pilot:
        for scene in played("update"):
            await (stage.press(pilot, "s") if scene.step.key else stage.answer(pilot, right(scene)))
            await stage.press(pilot, "enter")
        assert "The next one: One cell, copied." in stage.words
        assert "enter next lesson" in stage.text
        await pilot.press("enter")
    assert stage.app.goes_on


async def test_a_key_that_looks_is_an_answer_where_it_is_asked_for_and_else_none() -> None:
    asking = next(step for step in ALL["update"].steps if step.key)
    step = replace(asking, key="screen.gradients", then=None, see="")
    stage = LessonStage(replace(ALL["update"], steps=(step,)))
    async with stage.open((120, 40)) as pilot:
        await stage.press(pilot, "5", "tab", "down", "2", "right")
        assert "That was" not in stage.words
        await stage.press(pilot, ">")
        assert "That was: Raise the learning rate." in stage.words
        await stage.press(pilot, "4")
        assert "▸ Right." in stage.words


async def test_evil_texts_move_no_cursor() -> None:
    lesson = replace(ALL["one-hot"], titles={"": "\x1b[2J\u202etitle [red]"})
    stage = LessonStage(lesson)
    async with stage.open((80, 24)):
        assert "\x1b" not in stage.text
        assert "[red]" in stage.text


@pytest.mark.parametrize("options", [{}, {"charset": "ascii"}, {"theme": "ansi-dark"}])
@SIZES
async def test_pictures(size: tuple[int, int], options: dict[str, str], same_text: Compare) -> None:
    stage = LessonStage(ALL["memory"], **options)
    async with stage.open(size) as pilot:
        same_text(stage.app, "asks")
        await stage.answer(pilot, "a")
        same_text(stage.app, "answers")


KOREAN = """\
title = "마지막 글자만 아는 사람"
text = "가나다나가나다나"

[[step]]
say = "나 다음에는 다와 가가 번갈아 옵니다. 바로 앞 글자만 알면 찍을 수밖에 없습니다."
ask = "지금 네트워크가 {read[2]} 다음에 가장 높은 확률을 매기는 글자는 무엇일까요?"
why = '다에 {p[2, "다"]:.0%}, 가에 {p[2, "가"]:.0%}의 확률을 매깁니다.'
see = "train"

[step.choices]
"다" = 'argmax(p[2]) == "다"'
"가" = 'argmax(p[2]) == "가"'
"나" = 'argmax(p[2]) == "나"'
"""


@SIZES
async def test_wide_characters_keep_the_columns(size: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "korean.toml"
    file.write_text(KOREAN, encoding="utf-8")
    stage = LessonStage(read_lesson(file))
    (scene,) = scenes(read_lesson(file))
    async with stage.open(size) as pilot:
        for sentence in measured([scene.step.say, scene.step.ask], scene.before):
            assert sentence in stage.words
        assert {cell_len(row) for row in stage.text.splitlines() if row.endswith(("│", "╮"))} == {
            size[0]
        }
        await stage.answer(pilot, right(scene))
        assert "▸ Right." in stage.words
