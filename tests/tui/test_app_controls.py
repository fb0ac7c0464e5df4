import math
from pathlib import Path

import pytest

from rnn_tui.protocol.commands import (
    Command,
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
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.tui.control.controls import PRECIOUS, Controls
from tests.tui.snapshots import make_snapshot


class Wire:
    """Remembers what was sent; the ticket is the number in line."""

    def __init__(self) -> None:
        self.sent: list[Command] = []

    def __call__(self, command: Command) -> int:
        self.sent.append(command)
        return len(self.sent)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def controls(wire: Wire) -> Controls:
    controls = Controls(wire)
    controls.take_snapshot(make_snapshot(update=0), 0.0)
    return controls


def test_before_the_first_snapshot_keys_send_nothing(wire: Wire) -> None:
    controls = Controls(wire)
    for key in (controls.pause, controls.step, controls.save, controls.restart):
        key()
    assert wire.sent == []
    assert "being built" in controls.message


def test_space_pauses_and_goes_on(controls: Controls, wire: Wire) -> None:
    controls.pause()
    controls.take_reply(Done(1, Pause()))
    controls.take_snapshot(make_snapshot(state="paused"), 1.0)
    controls.pause()
    assert wire.sent == [Pause(), Resume()]


def test_space_twice_before_any_answer_pauses_and_goes_on(controls: Controls, wire: Wire) -> None:
    controls.pause()
    controls.take_snapshot(make_snapshot(), 0.1)
    controls.pause()
    assert wire.sent == [Pause(), Resume()]


def test_space_goes_on_from_every_way_of_standing_still(controls: Controls, wire: Wire) -> None:
    for state in ("paused", "finished", "diverged"):
        controls.take_snapshot(make_snapshot(state=state), 1.0)
        controls.pause()
        controls.take_reply(Done(len(wire.sent), Resume()))
        controls.take_snapshot(make_snapshot(), 2.0)
    assert wire.sent == [Resume()] * 3


def test_step_and_epoch(controls: Controls, wire: Wire) -> None:
    controls.step()
    controls.send("RunToEpochEnd")
    assert wire.sent == [Step(), RunToEpochEnd()]


def test_two_strokes_are_two_rungs_though_nothing_has_come_back(
    controls: Controls, wire: Wire
) -> None:
    controls.turn_rate(up=True)
    controls.take_snapshot(make_snapshot(), 0.1)  # made before the command was heard
    controls.turn_rate(up=True)
    assert wire.sent == [SetLearningRate(0.05), SetLearningRate(0.1)]


def test_what_the_worker_says_counts_once_it_has_answered(controls: Controls, wire: Wire) -> None:
    controls.turn_rate(up=True)
    controls.take_reply(Refused(1, SetLearningRate(0.05), "no"))
    controls.take_snapshot(make_snapshot(), 0.1)
    controls.turn_rate(up=True)
    assert wire.sent[-1] == SetLearningRate(0.05)


def test_temperature_moves_by_a_tenth_and_zero_is_explained(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(temperature=0.2), 1.0)
    controls.turn_temperature(up=False)
    controls.turn_temperature(up=False)
    assert wire.sent == [SetTemperature(0.1), SetTemperature(0.0)]
    assert "likeliest" in controls.message


def test_speed(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(speed=0.0, updates_per_second=1234.0), 1.0)
    controls.turn_speed(up=True)
    assert controls.message == "This is full speed already."
    controls.turn_speed(up=False)
    controls.turn_speed(up=False)
    controls.turn_speed(up=True)
    controls.full_speed()
    assert wire.sent == [SetSpeed(620.0), SetSpeed(310.0), SetSpeed(620.0), SetSpeed(0.0)]


@pytest.mark.parametrize("unknown", [0.0, math.nan])
def test_no_half_of_an_unknown_speed(controls: Controls, wire: Wire, unknown: float) -> None:
    controls.take_snapshot(make_snapshot(speed=0.0, updates_per_second=unknown), 1.0)
    controls.turn_speed(up=False)
    assert wire.sent == []
    assert controls.message


def test_a_refusal_is_said(controls: Controls) -> None:
    controls.pause()
    controls.take_reply(Refused(1, Pause(), "It stands still."))
    assert controls.message == "It stands still."
    controls.step()
    assert controls.message == ""


def test_save_writes_to_the_named_file(wire: Wire) -> None:
    controls = Controls(wire, Path("mine.safetensors"))
    controls.take_snapshot(make_snapshot(), 0.0)
    controls.save()
    assert wire.sent == [Save(Path("mine.safetensors"))]


def test_the_workers_own_words_are_preferred(controls: Controls) -> None:
    controls.take_reply(Done(1, Save(Path("x")), "Saved, 4 kB."))
    assert controls.message == "Saved, 4 kB."


def test_little_training_is_thrown_away_without_a_question(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(), PRECIOUS - 1)
    controls.restart()
    controls.new_seed()
    controls.new_seed()
    assert wire.sent == [Restart(), Restart(1), Restart(2)]


def test_much_training_is_not(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(update=1204), PRECIOUS + 1)
    controls.restart()
    assert wire.sent == []
    assert controls.message.startswith("Press r again to throw away 1,204 updates")
    controls.restart()
    assert wire.sent == [Restart()]


def test_a_question_is_withdrawn_by_any_other_key(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(), PRECIOUS + 1)
    controls.restart()
    controls.new_seed()
    controls.restart()
    controls.step()
    controls.restart()
    controls.say("Loss in bits.")
    controls.restart()
    assert wire.sent == [Step()]


def test_after_a_restart_little_is_lost_again(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(), PRECIOUS + 1)
    controls.restart()
    controls.restart()
    controls.take_reply(Done(1, Restart()))
    controls.take_snapshot(make_snapshot(update=3), PRECIOUS + 2)
    controls.restart()
    assert wire.sent == [Restart(), Restart()]


def test_time_spent_standing_still_is_no_training(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(state="paused"), 1.0)
    controls.take_snapshot(make_snapshot(state="paused"), 1.0 + 10 * PRECIOUS)
    controls.restart()
    assert wire.sent == [Restart()]


def test_what_came_from_a_checkpoint_is_precious(wire: Wire) -> None:
    controls = Controls(wire)
    controls.begin(5)
    controls.take_snapshot(make_snapshot(update=5), 0.0)
    controls.restart()
    assert wire.sent == []


def test_time_without_a_worker_is_no_training(controls: Controls, wire: Wire) -> None:
    controls.take_snapshot(make_snapshot(update=9), 1.0)
    controls.begin(0)
    controls.take_snapshot(make_snapshot(update=3), 1.0 + 10 * PRECIOUS)
    controls.restart()
    assert wire.sent == [Restart()]


def test_what_was_made_before_the_first_look_is_not(wire: Wire) -> None:
    controls = Controls(wire)
    controls.begin(0)
    controls.take_snapshot(make_snapshot(update=5), 0.0)
    controls.restart()
    assert wire.sent == [Restart()]


def test_a_key_whose_answer_takes_its_time_is_acknowledged_at_once(controls: Controls) -> None:
    controls.take_snapshot(make_snapshot(updates_per_second=4.0, speed=0.0), 1.0)
    controls.pause()
    assert "Pausing" in controls.message
    controls.take_reply(Done(1, Pause()))
    assert controls.message == ""
    controls.take_snapshot(make_snapshot(updates_per_second=4.0, speed=4.0), 2.0)
    controls.turn_rate(up=True)
    assert controls.message == ""
