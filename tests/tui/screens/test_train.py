from dataclasses import replace

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from rnn_tui.protocol.commands import Step
from rnn_tui.protocol.memorized import Memorized, OldParts
from rnn_tui.protocol.replies import Lost, Started
from rnn_tui.tui.screens.train import TrainScreen
from rnn_tui.tui.widgets.loss_chart import LossChart
from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars
from tests.tui.conftest import Compare
from tests.tui.snapshots import make_info, make_prefix
from tests.tui.stage import Stage


def screen(stage: Stage) -> TrainScreen:
    assert isinstance(stage.app.screen, TrainScreen)
    return stage.app.screen


class TestPictures:
    async def test_hello(self, same_text: Compare) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_hello_in_color(self, same_picture: Compare) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            async for size in stage.at_every_size(pilot):
                same_picture(stage.app, size)

    async def test_prose(self, same_text: Compare) -> None:
        stage = Stage("lstm")
        async with stage.open(update=1204) as pilot:
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_korean(self, same_text: Compare) -> None:
        stage = Stage("korean")
        async with stage.open(update=700):
            same_text(stage.app)

    async def test_memorized(self, same_picture: Compare) -> None:
        stage = Stage("lstm")
        old = OldParts(((2, 20), (31, 90)), 0.41, 59, 4567, 312)
        found = Memorized("ready", 1.0, 18, 0.04, (old, OldParts((), 0.0)))
        async with stage.open(update=1204, memorized=found) as pilot:
            async for size in stage.at_every_size(pilot):
                same_picture(stage.app, size)

    async def test_starting(self, same_text: Compare) -> None:
        stage = Stage()
        stage.session.answers = False
        async with stage.open((80, 24), started=False):
            same_text(stage.app)

    @pytest.mark.parametrize(
        ("state", "reason"),
        [
            ("paused", "Paused after update 47."),
            ("finished", "The loss is below 0.1."),
            ("diverged", "The loss of update 48 is not finite: lower the learning rate."),
        ],
        ids=["paused", "finished", "diverged"],
    )
    async def test_standing_still(self, state: str, reason: str, same_text: Compare) -> None:
        stage = Stage()
        async with stage.open((80, 24), state=state, reason=reason):
            same_text(stage.app)

    async def test_lost(self, same_text: Compare) -> None:
        stage = Stage()
        async with stage.open((80, 24)) as pilot:
            await stage.tell(pilot, Lost(-9, "Killed by signal 9, perhaps for want of memory."))
            same_text(stage.app)

    async def test_prefix(self, same_text: Compare) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            await pilot.press("slash", *"hel")
            await stage.settle(pilot)
            same_text(stage.app)

    @pytest.mark.parametrize("size", [(39, 24), (80, 11), (10, 3)])
    async def test_too_small_a_window_asks_for_room(self, size: tuple[int, int]) -> None:
        stage = Stage()
        async with stage.open(size) as pilot:
            assert "too" in stage.text
            assert "╭" not in stage.text
            await pilot.resize_terminal(60, 18)
            await stage.settle(pilot)
            assert "too" not in stage.text
            assert stage.text.count("╭") == 4


class TestPrefix:
    async def test_slash_gives_the_box_the_keyboard_and_escape_takes_it_back(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            await pilot.press("slash")
            await stage.settle(pilot)
            assert isinstance(stage.app.focused, Input)
            assert stage.footer == "tab take the likeliest  esc back to the keys"
            await pilot.press("escape")
            await stage.settle(pilot)
            assert stage.app.focused is None
            assert stage.footer.startswith("space pause  s step")

    async def test_keys_that_come_in_one_go_find_their_way(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            for key in "/he/l":
                stage.app.post_message(events.Key(_character_to_key(key), key))
            await stage.settle(pilot)
            assert screen(stage).view.prefix == "he/l"
            for key in ("escape", "s"):
                stage.app.simulate_key(key)
            await stage.settle(pilot)
            assert screen(stage).view.prefix == "he/l"
            assert stage.session.commands == [Step()]

    async def test_every_letter_is_asked_about_at_once(self) -> None:
        stage = Stage()
        async with stage.open(state="paused") as pilot:
            await pilot.press("slash", *"hel")
            await stage.settle(pilot)
            assert stage.session.views[-1].prefix == "hel"
            await pilot.press("backspace")
            await stage.settle(pilot)
            assert stage.session.views[-1].prefix == "he"

    async def test_the_text_stays_when_the_box_is_left(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            await pilot.press("slash", *"hel", "escape")
            await stage.settle(pilot)
            assert screen(stage).view.prefix == "hel"

    async def test_an_empty_box_asks_what_comes_after_the_texts_first_symbol(self) -> None:
        stage = Stage("korean")
        first = make_info("korean").letters[0]
        async with stage.open() as pilot:
            assert stage.session.views[-1].prefix == first
            await pilot.press("slash", "h", "backspace")
            await stage.settle(pilot)
            assert stage.session.views[-1].prefix == first
            assert "with which the text begins" in stage.text

    async def test_but_not_after_a_part_of_a_character(self) -> None:
        stage = Stage()
        info = replace(make_info(), letters=tuple("\xeb\x8b\xa4h"), unit="byte")
        async with stage.open(started=False) as pilot:
            await stage.tell(pilot, Started(info, 47))
            assert stage.session.views[-1].prefix is None

    async def test_tab_takes_the_likeliest(self) -> None:
        stage = Stage()
        async with stage.open(prefix=make_prefix(prefix="hel")) as pilot:
            await pilot.press("slash", *"hel")
            await stage.settle(pilot)
            await pilot.press("tab")
            await stage.settle(pilot)
            assert stage.session.views[-1].prefix == "hell"

    async def test_hangul_is_text_in_the_box_and_commands_outside(self) -> None:
        stage = Stage("korean")
        async with stage.open() as pilot:
            await pilot.press("slash", "ㅂ", "영", "escape")
            await stage.settle(pilot)
            assert screen(stage).view.prefix == "ㅂ영"
            assert stage.app.is_running


class TestPanelKeys:
    async def test_log_scale(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            await pilot.press("l")
            await stage.settle(pilot)
            assert screen(stage).query_one(LossChart).log_scale
            assert stage.status == "Loss on a logarithmic scale."
            await pilot.press("l")
            await stage.settle(pilot)
            assert stage.status == "Loss on a linear scale."

    async def test_units_take_turns(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            seen = []
            for _ in range(3):
                await pilot.press("u")
                await stage.settle(pilot)
                seen.append(stage.status.split(":")[0])
            assert seen == [
                "Loss in bits per character.",
                "Loss as perplexity",
                "Loss in nats per character.",
            ]

    async def test_scrolling_asks_for_later_steps(self) -> None:
        stage = Stage("lstm")
        async with stage.open((80, 24), state="paused") as pilot:
            before = stage.session.views[-1].steps
            await pilot.press("right", "right", "right")
            await stage.settle(pilot)
            assert stage.session.views[-1].steps == before + 3
            assert screen(stage).query_one(SoftmaxBars).first == 3
            await pilot.press("left")
            await stage.settle(pilot)
            assert screen(stage).query_one(SoftmaxBars).first == 2

    async def test_a_larger_window_is_asked_for_more(self) -> None:
        stage = Stage("lstm")
        async with stage.open((80, 24), state="paused") as pilot:
            small = stage.session.views[-1]
            await pilot.resize_terminal(200, 60)
            await stage.settle(pilot)
            stage.app.look()
            await stage.settle(pilot)
            large = stage.session.views[-1]
            assert large.steps > small.steps
            assert large.rows > small.rows
            assert large.bins > small.bins

    async def test_a_click_on_a_key_strikes_it(self) -> None:
        stage = Stage()
        async with stage.open() as pilot:
            for label in ("step", "rate"):
                column = stage.text.splitlines()[-1].index(label)
                await pilot.click("#keys", offset=(column, 0))
                await stage.settle(pilot)
            assert [type(c).__name__ for c in stage.session.commands] == ["Step", "SetLearningRate"]


async def test_what_samples_repeat_is_asked_for_and_copied_as_it_was_written() -> None:
    stage = Stage()
    found = Memorized("ready", 1.0, 3, None, (OldParts(((0, 4),), 0.1, 4, 1),))
    async with stage.open() as pilot:
        assert stage.session.views[-1].memorized
        before = screen(stage).copied("sample")
        stage.session.moment["memorized"] = found
        stage.app.pacing.changed = True
        stage.app.look()
        await stage.settle(pilot)
        assert "10 % from the text; 4 in a row, character 2" in stage.text
        assert before == screen(stage).copied("sample") is not None
        await pilot.press("2")
        await stage.settle(pilot)
        assert not stage.session.views[-1].memorized


async def test_the_footer_at_80_columns_has_what_each_state_needs() -> None:
    stage = Stage()
    async with stage.open((80, 24), state="running"):
        assert stage.footer == (
            "space pause  s step  <> rate  -+ speed  f full  12345 screens  ? help  q quit"
        )
    stage = Stage()
    async with stage.open((80, 24), state="paused"):
        assert stage.footer == (
            "space go on  s step  e epoch  w save  [] time  12345 screens  ? help  q quit"
        )
