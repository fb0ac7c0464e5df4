"""A worker that does not answer, and what the screen says after a fault."""

import asyncio

import pytest
from textual import events

from rnn_tui.protocol.commands import Pause, SetSpeed, Step
from rnn_tui.protocol.replies import Failed, Lost, Notice, Started
from rnn_tui.tui.link.silence import BLINK, USUAL
from rnn_tui.tui.messages import RunStarted, SnapshotArrived, StatusText, WorkerFailed
from rnn_tui.tui.terminal_app import MOST_KEYS
from tests.tui.snapshots import make_info, make_snapshot
from tests.tui.stage import Stage


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, stage: Stage, seconds: float) -> None:
        """Let the screen look at the clock every second."""
        for _ in range(round(seconds / BLINK)):
            self.now += BLINK
            stage.app.look()


def silent_stage() -> tuple[Stage, Clock]:
    clock = Clock()
    stage = Stage(clock=clock)
    return stage, clock


async def test_a_worker_that_does_not_answer_is_waited_for() -> None:
    stage, clock = silent_stage()
    async with stage.open() as pilot:
        stage.session.answers = False
        stage.app.look()
        await pilot.press("space")
        await stage.answer(pilot)  # a question follows
        clock.pass_by(stage, USUAL)
        await stage.settle(pilot)
        assert "No answer" not in stage.text
        clock.pass_by(stage, 1)
        await stage.settle(pilot)
        assert "No answer" in stage.text
        assert "move again as soon as it does" in stage.text
        assert stage.footer.startswith("r restart  0 race  12345 screens")
        await pilot.press("s")
        assert stage.session.commands == [Pause()]
        stage.session.stopped = True
        clock.pass_by(stage, 1)
        await stage.settle(pilot)
        assert "kill -CONT 4711" in stage.text
        await pilot.press("2")
        await stage.settle(pilot)
        assert "kill -CONT 4711" in stage.text
        await stage.tell(pilot, stage.session.snapshot(stage.session.views[-1]))
        assert "No answer" not in stage.text
        assert stage.app.fault is None
        assert "quit" in stage.footer
        assert "pause" in stage.footer
        await pilot.press("1")
        await stage.settle(pilot)
        assert "No answer" not in stage.text
        assert stage.session.calls == []


async def test_a_screen_that_is_behind_does_not_call_the_worker_silent() -> None:
    stage, clock = silent_stage()
    async with stage.open() as pilot:
        stage.session.answers = False
        await pilot.press("space")
        await stage.answer(pilot)  # a question follows
        clock.pass_by(stage, 2)
        stage.session.listener(stage.session.snapshot(stage.session.views[-1]))
        clock.pass_by(stage, 2 * USUAL)  # without having got to it
        assert stage.app.fault is None
        await pilot.press("s")
        assert stage.session.commands == [Pause(), Step()]
        await stage.settle(pilot)  # now it is drawn, and another question is out
        clock.pass_by(stage, 2 * USUAL)
        assert stage.app.fault is not None


async def test_it_can_be_replaced_and_the_new_one_may_take_its_time() -> None:
    stage, clock = silent_stage()
    async with stage.open() as pilot:
        stage.session.answers = False
        await pilot.press("space")
        await stage.answer(pilot)
        clock.pass_by(stage, USUAL + 1)
        await pilot.press("r")
        await stage.settle(pilot)
        assert stage.session.calls == ["restart"]
        assert stage.status == "Another worker is starting …"
        stage.app.look()
        clock.pass_by(stage, 3 * USUAL)
        assert stage.app.fault is None
        await stage.tell(pilot, Started(make_info("hello")))
        await stage.tell(pilot, Notice("Goes on from update 32, saved a moment ago."))
        assert "No answer" not in stage.text
        assert stage.status == "Goes on from update 32, saved a moment ago."


async def test_every_screen_says_that_training_has_stopped() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await stage.tell(pilot, Lost(-9, "It was killed."))
        for key in "213":
            await pilot.press(key)
            await stage.settle(pilot)
            assert "✗ stopped" in stage.text, key
            assert "▶ running" not in stage.text


async def test_a_fault_takes_the_keyboard_out_of_the_prefix_box() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("slash", "h")
        await stage.tell(pilot, Lost(-9, "It was killed."))
        await pilot.press("r")
        await stage.settle(pilot)
        assert stage.session.calls == ["restart"]


async def test_what_was_said_goes_with_the_screen_and_with_the_worker() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("comma")
        await stage.answer(pilot, "Temperature 0.7 from the next sample on.")
        assert "Temperature 0.7" in stage.status
        await pilot.press("4")
        await stage.settle(pilot)
        assert "Temperature" not in stage.status
        await stage.tell(pilot, Notice("Something else."))
        await stage.tell(pilot, Failed("KeyError", "Traceback"))
        assert "Something" not in stage.status


async def test_a_network_that_is_built_is_no_longer_being_built() -> None:
    stage = Stage()
    stage.session.answers = False
    async with stage.open(started=False) as pilot:
        await pilot.press("s")
        await stage.settle(pilot)
        assert "being built" in stage.status
        await stage.tell(pilot, Started(make_info("hello")))
        await stage.tell(pilot, stage.session.snapshot(stage.session.views[-1]))
        assert "being built" not in stage.status


async def test_of_a_flood_of_keys_the_first_ones_count() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        for _ in range(3 * MOST_KEYS):
            stage.app.post_message(events.Key("s", "s"))
        await stage.settle(pilot)
        steps = stage.session.commands.count(Step())
        assert MOST_KEYS / 2 < steps <= MOST_KEYS + 1
        await pilot.press("f")
        await stage.settle(pilot)
        assert stage.session.commands[-1] == SetSpeed(0.0)


@pytest.mark.parametrize("page", ["unrolled", "backprop", "gradients"])
async def test_what_is_heard_while_a_screen_is_opened_waits_for_its_panels(page: str) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        opening = asyncio.create_task(stage.app.action_page(page))  # as by a click in the footer
        while stage.app.current_mode != page:
            await asyncio.sleep(0)
        assert not stage.app.screen.is_mounted
        stage.session.moment["update"] = 48
        stage.app.on_snapshot_arrived(SnapshotArrived(make_snapshot("hello", 48)))
        stage.app.on_status_text(StatusText("Heard."))
        stage.app.on_worker_failed(WorkerFailed(Lost(-9, "Killed by signal 9.")))
        stage.app.on_run_started(RunStarted(make_info("hello"), 0))
        stage.app.action_help()
        await opening
        stage.app.pop_screen()
        await stage.settle(pilot)
        assert "update 48" in " ".join(stage.text.split())
        assert "Killed" not in stage.text


@pytest.mark.parametrize("page", ["unrolled", "backprop", "gradients"])
async def test_a_screen_opened_on_the_way_out_is_left_empty(page: str) -> None:
    stage = Stage()
    async with stage.open():
        stage.app.exit()  # as by a click, while the next key waits
        await stage.app.action_page(page)
        assert stage.app.front is None
    assert stage.app.return_code == 0
