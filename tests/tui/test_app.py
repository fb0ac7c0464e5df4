from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from rnn_tui.errors import InputError
from rnn_tui.protocol.commands import (
    Command,
    Look,
    Mend,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    Save,
    SetLearningRate,
    SetSpeed,
    SetTemperature,
    Step,
)
from rnn_tui.protocol.replies import Done, Failed, Lost, Refused, Started
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.screens.help import HelpScreen
from tests.tui.snapshots import make_info, make_snapshot
from tests.tui.stage import FakeSession, Stage

GONE = Lost(-9, "Killed by signal 9, perhaps for want of memory.")


COMMANDS: dict[str, Command] = {
    "space": Pause(),
    "s": Step(),
    "e": RunToEpochEnd(),
    "less_than_sign": SetLearningRate(0.02),
    "greater_than_sign": SetLearningRate(0.05),
    "comma": SetTemperature(0.7),
    "full_stop": SetTemperature(0.9),
    "minus": SetSpeed(10.0),
    "plus": SetSpeed(40.0),
    "equals_sign": SetSpeed(40.0),
    "f": SetSpeed(0.0),
    "ㄹ": SetSpeed(0.0),
    "ㄴ": Step(),
    "ㄷ": RunToEpochEnd(),
}


async def test_a_key_is_a_command() -> None:
    stage, expected = Stage(), list[Command]()
    async with stage.open() as pilot:
        for key, command in COMMANDS.items():
            expected.append(command)
            await pilot.press(key)
            await stage.settle(pilot)
            assert stage.session.commands == expected, key
            await stage.answer(pilot)


async def test_space_resumes_when_paused() -> None:
    stage = Stage()
    async with stage.open(state="paused") as pilot:
        await pilot.press("space")
        assert stage.session.commands == [Resume()]


@pytest.mark.parametrize(("key", "command"), [("r", Restart()), ("R", Restart(1))])
async def test_restart(key: str, command: Command) -> None:
    stage = Stage()
    async with stage.open(update=0) as pilot:
        await pilot.press(key)
        assert stage.session.commands == [command]


async def test_a_composed_syllable_is_two_keys() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("노")  # ㄴ, ㅗ: s, h
        await pilot.press("렌")  # ㄹ, ㅔ, ㄴ: f, p, s
        await stage.settle(pilot)
        assert stage.session.commands == [Step(), Mend("back"), SetSpeed(0.0), Step()]


@pytest.mark.parametrize("key", ["q", "ㅂ", "ctrl+q"])
async def test_quit(key: str) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press(key)
        await stage.settle(pilot)
        assert not stage.app.is_running
    assert stage.app.return_code == 0


async def test_save_says_where() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("w")
        (save,) = stage.session.commands
        assert save == Save()
        await stage.answer(pilot, "Update 48 is saved in hello-48.safetensors.")
        assert stage.status == "Update 48 is saved in hello-48.safetensors."


async def test_much_training_is_not_thrown_away_by_one_key() -> None:
    stage = Stage()
    async with stage.open(update=1204) as pilot:
        await pilot.press("r")
        await stage.settle(pilot)
        assert stage.session.commands == []
        assert stage.status.startswith("Press r again to throw away 1,204 updates")
        await pilot.press("r")
        assert stage.session.commands == [Restart()]


async def test_what_arrives_before_the_screen_is_kept() -> None:
    stage = Stage()
    stage.session.listener(Started(make_info()))
    stage.session.listener(make_snapshot(update=12))
    stage.session.answers = False
    async with stage.open(started=False):
        assert "update      12" in stage.text


async def test_before_the_network_stands_the_panels_say_what_will_be_there() -> None:
    stage = Stage()
    stage.session.answers = False
    async with stage.open(started=False) as pilot:
        assert "starting" in stage.text
        assert "The loss of every update will be drawn here." in stage.text
        await pilot.press("space")
        assert stage.session.commands == []
        assert stage.status == "The network is being built; one moment."


async def test_one_question_at_a_time() -> None:
    stage = Stage()
    stage.session.answers = False
    async with stage.open() as pilot:
        for _ in range(5):
            stage.app.look()
        assert len(stage.session.views) == 1
        await stage.tell(pilot, make_snapshot())
        stage.app.pacing.changed = True
        stage.app.look()
        assert len(stage.session.views) == 2


async def test_a_command_goes_with_a_look_at_what_it_does() -> None:
    stage = Stage()
    async with stage.open(state="paused") as pilot:
        stage.session.answers = False
        before = len(stage.session.sent)
        await pilot.press("s")
        assert [type(sent) for sent in stage.session.sent[before:]] == [Step, Look]
        await stage.answer(pilot, "One step.", update=48)
        assert len(stage.session.sent) == before + 2  # the snapshot after it is on its way
        await stage.tell(pilot, stage.session.snapshot(stage.session.views[-1]))
        assert "update      48" in stage.text
        assert stage.status == "One step."
        assert len(stage.session.sent) == before + 2


async def test_a_refusal_is_said_though_the_snapshot_never_comes() -> None:
    stage = Stage()
    async with stage.open(state="paused") as pilot:
        stage.session.answers = False
        await pilot.press("s")
        command = stage.session.commands[-1]
        ticket = len(stage.session.sent) - 1  # the look went after it
        await stage.tell(pilot, Refused(ticket, command, "The worker does not listen."))
        assert stage.status == "The worker does not listen."


async def test_a_command_that_had_to_wait_is_followed_by_another_look() -> None:
    stage = Stage()
    async with stage.open(state="paused") as pilot:
        before = len(stage.session.views)
        await pilot.press("s")
        assert len(stage.session.views) == before + 1
        assert "update      47" in stage.text  # a sample had to be finished first
        await stage.answer(pilot, update=48)
        assert len(stage.session.views) == before + 2
        assert "update      48" in stage.text


async def test_a_paused_screen_asks_nothing_and_stays_the_same() -> None:
    stage = Stage()
    async with stage.open(state="paused", reason="Paused after update 47.") as pilot:
        first, asked = stage.app.export_screenshot(), len(stage.session.sent)
        for _ in range(20):
            stage.app.look()
            await pilot.pause()
        assert stage.app.export_screenshot() == first
        assert len(stage.session.sent) == asked
        assert stage.status == "Paused after update 47."


async def test_a_refusal_is_said_calmly_and_taken_back_by_the_next_key() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("s")
        await stage.refuse(pilot, "Loss or gradient is not finite.")
        assert stage.status == "Loss or gradient is not finite."
        await pilot.press("s")
        await stage.settle(pilot)
        assert stage.status == "The final newline of this one-line text was dropped."


async def test_a_question_that_is_refused_is_not_waited_for() -> None:
    stage = Stage()
    stage.session.answers = False
    async with stage.open() as pilot:
        look = stage.session.sent[-1]
        assert isinstance(look, Look)
        await stage.tell(pilot, Refused(1, look, "busy"))
        assert not stage.app.pacing.waiting


async def test_without_the_focus_it_looks_less_often() -> None:
    stage = Stage(fps=30, clock=lambda: 100.0)  # painting takes no time
    async with stage.open() as pilot:
        stage.app.post_message(events.AppBlur())
        await stage.settle(pilot)
        assert stage.app.pacing.period == 0.5
        stage.app.post_message(events.AppFocus())
        await stage.settle(pilot)
        assert stage.app.pacing.period < 0.5


@pytest.mark.parametrize("fault", [GONE, Failed("MemoryError", "Traceback …\nMemoryError")])
async def test_a_fault_is_said_and_the_pictures_stay(fault: Failed | Lost) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await stage.tell(pilot, fault)
        assert fault.reason in stage.text
        assert "r starts another from the last good state, saved 34 seconds ago" in stage.text
        assert stage.footer.startswith("r restart  0 race  12345 screens  ? help  G words  z zoom")
        assert "✗ stopped" in stage.text
        assert "▶ running" not in stage.text
        assert "Traceback" not in stage.text
        assert "uniform 1.39" in stage.text


async def test_after_a_fault_only_restart_and_quit_do_something() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await stage.tell(pilot, GONE)
        asked = len(stage.session.sent)
        await pilot.press("space", "s", "f", "w", "R")
        stage.app.look()
        assert len(stage.session.sent) == asked
        await pilot.press("r")
        assert stage.session.calls == ["restart"]
        await stage.tell(pilot, Started(make_info()))
        assert GONE.reason not in stage.text
        assert len(stage.session.sent) > asked


async def test_the_details_of_a_fault_are_in_the_log(tmp_path: Path) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await stage.tell(pilot, Failed("KeyError: 3", "Traceback, line 1\nKeyError: 3"))
        log = next(tmp_path.rglob("rnn-tui.log"))
        assert "Traceback, line 1\nKeyError: 3" in log.read_text(encoding="utf-8")
        assert "rnn-tui.log" in stage.text


async def test_two_sizes_on_their_way_end_with_that_of_the_window() -> None:
    stage = Stage()
    async with stage.open((120, 40)) as pilot:
        for _ in range(3):
            for width, height in ((40, 10), (120, 40)):
                size = Size(width, height)
                stage.app.screen.post_message(events.Resize(size, size))
        await stage.settle(pilot)
        assert stage.app.screen.has_class("-wide", "-high")
        assert not stage.app.screen.has_class("-cramped")
        assert "too small" not in stage.text
        await pilot.press("s")
        assert stage.session.commands == [Step()]


async def test_help_opens_and_closes() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        for key in ("question_mark", "escape", "q"):
            await pilot.press("question_mark")
            await stage.settle(pilot)
            assert isinstance(stage.app.screen, HelpScreen)
            await pilot.press(key)
            await stage.settle(pilot)
            assert not isinstance(stage.app.screen, HelpScreen)


async def test_what_happened_behind_the_help_is_there_when_it_closes() -> None:
    stage = Stage()
    async with stage.open(state="paused") as pilot:
        await pilot.press("question_mark")
        await stage.tell(pilot, make_snapshot(update=99, state="paused"))
        await stage.tell(pilot, GONE)
        await pilot.press("escape")
        await stage.settle(pilot)
        assert "update      99" in stage.text
        assert GONE.reason in stage.text


async def test_ctrl_c_says_how_to_leave() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+c")
        await stage.settle(pilot)
        assert stage.status == "q leaves the program."


def test_an_unknown_theme_is_refused_before_anything_is_started() -> None:
    with pytest.raises(InputError, match=r"no theme moonlight␛; there are .*textual-light"):
        RnnApp(FakeSession, theme="moonlight\x1b")


def test_no_color_takes_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert Stage().app.theme == "ansi-dark"
    assert Stage(theme="nord").app.theme == "nord"


async def test_no_color_means_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stage = Stage()
    async with stage.open():
        strips = stage.app.screen._compositor.render_strips()
        styles = {part.style for strip in strips for part in strip if part.style}
        colors = {color for style in styles for color in (style.color, style.bgcolor) if color}
        assert all(color.is_default for color in colors)
        assert any(style.bold for style in styles)


async def test_a_fault_of_ours_is_one_line_and_a_traceback_in_the_log() -> None:
    stage = Stage()

    async def fail() -> None:
        async with stage.open() as pilot:
            stage.app.call_later(lambda: 1 // 0)
            await stage.settle(pilot)

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert stage.app.return_code == 1
    assert stage.app.crash.startswith("a fault of ours: ZeroDivisionError: integer division")
    assert stage.app.crash.endswith("rnn-tui.log)")


async def test_words_after_the_end_are_dropped() -> None:
    stage = Stage()
    async with stage.open():
        pass
    stage.session.listener(Done(1, Step()))
