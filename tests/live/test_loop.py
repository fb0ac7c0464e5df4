import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from rnn_tui.live.loop import Loop
from rnn_tui.protocol.commands import (
    Close,
    Command,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    RunUntil,
    Save,
    SetLearningRate,
    SetSpeed,
    SetTemperature,
    Step,
)
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, Clock, Script, at_desk, hello, looks, prose

PACED = replace(HELLO, speed=10.0)


def test_it_says_what_it_trains_before_anything_else() -> None:
    script, _ = at_desk([LOOK], paused=True)
    started = script.sent[0]
    assert isinstance(started, Started)
    assert started.info.symbols == ("h", "e", "l", "o")
    assert started.info.parameter_count == 3 * 4 + 3 * 3 + 3 + 4 * 3 + 4
    assert started.info.uniform == pytest.approx(math.log(4))
    assert started.info.bigram == pytest.approx(math.log(2) / 2)


def test_flat_out_it_trains_exactly_as_the_trainer_alone() -> None:
    script, loop = at_desk([LOOK, (0.5, LOOK)])
    reached = loop.engine.run.trainer
    assert reached.update > 400
    alone = Trainer(HELLO, hello())
    losses = [alone.step().loss for _ in range(reached.update)]
    assert np.array_equal(alone.model.flat, reached.model.flat)
    assert looks(script)[-1].loss == losses[-1]


def test_every_command_but_looking_is_answered_once_in_order() -> None:
    commands: list[Command] = [
        Pause(), Step(), Resume(), SetTemperature(0.5), Restart(3), SetSpeed(math.nan),
        RunToEpochEnd(), SetLearningRate(0.5),
    ]  # fmt: skip
    script, _ = at_desk([(n * 0.1, command) for n, command in enumerate(commands)])
    answers = [message for message in script.sent if isinstance(message, Done | Refused)]
    assert [answer.command for answer in answers[:-1]] == commands
    assert answers[-1] == Done(len(commands) + 1, Close())
    assert [answer.ticket for answer in answers] == list(range(1, len(commands) + 2))


def test_a_step_is_exactly_one_update_and_then_it_stands() -> None:
    script, _ = at_desk(
        [(0.1, LOOK), (0.2, Step()), (0.3, LOOK), (0.4, Step()), (0.4, Step()), (5.0, LOOK)],
        paused=True,
    )
    assert [(s.update, s.state) for s in looks(script)] == [
        (0, "paused"), (1, "paused"), (3, "paused"),
    ]  # fmt: skip
    assert looks(script)[0].reason == "Paused before the first update."
    assert looks(script)[2].reason == "Paused after update 3."
    assert len(script.replies(Done)) == 4


def test_a_step_while_running_is_one_update_more() -> None:
    script, loop = at_desk([(0.25, Step()), (9.0, LOOK)], config=PACED)
    assert loop.engine.run.trainer.update == 4  # at 0.0, 0.1, 0.2 and the step
    assert looks(script)[0].state == "paused"


def test_pause_and_resume() -> None:
    script, _ = at_desk(
        [(0.35, Pause()), (0.4, LOOK), (7.0, LOOK), (8.0, Resume()), (8.25, LOOK)], config=PACED
    )
    paused, later, going = looks(script)
    assert (paused.update, paused.state, paused.updates_per_second) == (4, "paused", 0.0)
    assert later.update == 4
    assert (going.update, going.state, going.reason) == (7, "running", "")


def test_paused_it_waits_without_end_and_without_work() -> None:
    script, _ = at_desk([(60.0, LOOK)], paused=True)
    assert [wait for wait in script.waits if wait != 0.0] == [None]
    assert len(script.waits) < 10


def test_a_pace_is_kept_and_waiting_is_done_on_the_pipe() -> None:
    script, loop = at_desk([(4.05, LOOK)], config=PACED)
    assert loop.engine.run.trainer.update == 41
    assert looks(script)[0].updates_per_second == pytest.approx(10.0)
    assert len(script.waits) < 150


@pytest.mark.parametrize(("speed", "expected"), [(0.0, 1000), (200.0, 200), (5.0, 6)])
def test_the_speed_can_be_changed(speed: float, expected: int) -> None:
    script, loop = at_desk([(0.01, SetSpeed(speed)), (1.01, LOOK)], config=PACED)
    assert loop.engine.run.trainer.update == pytest.approx(expected, rel=0.05)
    assert looks(script)[0].speed == speed


def test_at_full_speed_a_key_is_answered_within_milliseconds() -> None:
    times = [0.0213 * n for n in range(1, 11)]
    script, loop = at_desk([(time, LOOK) for time in times], update_takes=0.0001)
    answered = [
        at for at, sent in zip(script.sent_at, script.sent, strict=True) if sent in looks(script)
    ]
    late = [at - time for at, time in zip(answered, times, strict=True)]
    assert max(late) < 0.006
    assert len(script.waits) < 200  # and it does not look at the pipe at every update
    assert loop.engine.run.trainer.update > 2000


def test_a_slow_network_is_interrupted_after_each_update() -> None:
    script, _ = at_desk([(0.1, LOOK), (0.45, LOOK), (0.95, LOOK)], update_takes=0.2)
    assert [s.update for s in looks(script)] == [1, 3, 5]
    assert looks(script)[-1].updates_per_second == pytest.approx(5.0)


def test_to_the_end_of_the_epoch() -> None:
    config, corpus = prose()
    script, loop = at_desk(
        [(0.0005, RunToEpochEnd()), (0.001, LOOK), (9.0, LOOK)], config=config, corpus=corpus
    )
    trainer = loop.engine.run.trainer
    assert trainer.update == trainer.windows_per_epoch > 10
    first, last = looks(script)
    assert (first.state, first.epoch) == ("running", 1)
    assert (last.state, last.reason) == ("paused", "Epoch 1 is done.")
    assert (last.epoch, last.epoch_fraction) == (2, 0.0)
    assert script.replies(Done)[0].text == "To the end of epoch 1."


def until(script: Script) -> list[tuple[int, str]]:
    return [(r.command.update, r.text) for r in script.replies(Done) if type(r.command) is RunUntil]


def test_until_an_update_is_answered_there() -> None:
    script, loop = at_desk([RunUntil(23), (0.01, LOOK), (1.0, LOOK), RunUntil(19)], paused=True)
    assert until(script) == [(23, ""), (19, "")]
    assert loop.engine.run.trainer.update == 23
    on_the_way, there = looks(script)
    assert (on_the_way.state, on_the_way.update) == ("running", 11)
    assert (there.state, there.update, there.reason) == ("paused", 23, "23 updates are made.")
    assert there.seconds == pytest.approx(0.023)
    answered = next(i for i, m in enumerate(script.sent) if isinstance(m, Done))
    assert script.sent_at[answered] == pytest.approx(0.023)


def test_seconds_at_work_are_those_of_the_run_and_begin_anew_with_it() -> None:
    steps = [
        RunUntil(5),
        (0.5, LOOK),
        (0.6, Restart()),
        (0.7, LOOK),
        (0.8, RunUntil(3)),
        (1.0, LOOK),
    ]
    script, _ = at_desk(steps, paused=True)
    assert [look.seconds for look in looks(script)] == pytest.approx([0.005, 0.0, 0.003])


def test_rounds_keep_to_the_speed() -> None:
    rounds = [(n * 0.05, RunUntil(n + 1)) for n in range(40)]
    script, loop = at_desk([*rounds, (1.99, LOOK)], config=PACED, paused=True)
    assert loop.engine.run.trainer.update == 20
    assert looks(script)[-1].updates_per_second == pytest.approx(10, rel=0.1)


def test_until_an_update_that_is_not_reached_says_why() -> None:
    script, loop = at_desk(
        [
            RunUntil(50), (0.01, Pause()), (0.1, RunUntil(60)), (0.11, RunUntil(70)),
            (0.112, Restart()),
        ],
        paused=True, config=replace(HELLO, updates=30),
    )  # fmt: skip
    assert until(script) == [
        (50, "Paused after update 11."),
        (60, "It goes on to another update."),
        (70, "It goes on to another update."),
    ]
    assert loop.engine.run.trainer.update == 0


def test_an_epoch_of_one_window_is_one_update() -> None:
    script, _ = at_desk([(0.5, Pause()), (0.6, LOOK), (0.7, RunToEpochEnd()), (0.8, LOOK)])
    before, after = looks(script)
    assert after.update == before.update + 1


@pytest.mark.parametrize(
    ("limits", "update", "reason"),
    [
        ({"updates": 23}, 23, "23 updates are done."),
        ({"epochs": 17}, 17, "17 epochs are done."),
        ({"until_loss": 1.0}, None, "The smoothed loss is at or below 1."),
    ],
)
def test_it_finishes_by_itself_and_goes_on_when_asked(
    limits: dict[str, Any], update: int | None, reason: str
) -> None:
    script, _ = at_desk(
        [(1.0, LOOK), (2.0, Resume()), (2.01, LOOK), (2.1, Pause()), (2.2, Resume())],
        config=replace(HELLO, **limits),
    )
    finished, going = looks(script)
    assert (finished.state, finished.reason) == ("finished", reason)
    assert finished.updates_per_second == 0.0
    assert update in (finished.update, None)
    assert going.state == "running"
    assert going.update > finished.update
    told = [done.text for done in script.replies(Done)]
    assert "no limit stops it now" in told[0]
    assert told[2] == ""  # said once


def test_a_step_goes_past_the_limit_by_one() -> None:
    script, _ = at_desk([(1.0, Step()), (2.0, LOOK)], config=replace(HELLO, updates=5))
    assert looks(script)[0].update == 6
    assert looks(script)[0].state == "paused"


def test_a_step_onto_the_limit_finishes() -> None:
    script, _ = at_desk([(1.0, Step()), (2.0, LOOK)], config=replace(HELLO, updates=1), paused=True)
    assert (looks(script)[0].update, looks(script)[0].state) == (1, "finished")


def test_divergence_stands_still_and_says_what_to_do() -> None:
    script, loop = at_desk(
        [(1.0, LOOK), (1.1, Resume()), (1.2, Step()), (1.3, RunToEpochEnd())],
        gradient_is_infinite_at=41,
    )
    snapshot = looks(script)[0]
    assert (snapshot.state, snapshot.update) == ("diverged", 41)
    assert "gradient of update 42" in snapshot.reason
    assert "{diverged.back} goes back with half the learning rate" in snapshot.reason
    assert [mark.label for mark in snapshot.curves.marks] == ["diverged"]
    assert len(script.replies(Refused)) == 3
    assert loop.engine.run.trainer.update == 41


def test_a_network_that_explodes_is_reported_not_crashed_on() -> None:
    config = replace(HELLO, optimizer="sgd", clip_norm=None, dtype="float32", sample_every=1)
    with np.errstate(all="ignore"):
        script, _ = at_desk(
            [SetLearningRate(1e38), (0.1, Resume()), (0.5, LOOK), (0.6, Restart()), (0.9, LOOK)],
            config=config,
            paused=True,
        )
    assert [snapshot.state for snapshot in looks(script)] == ["diverged", "diverged"]
    assert "is not a finite number" in looks(script)[1].reason
    assert not any(len(sample.ids) == 0 for sample in looks(script)[1].samples)


@pytest.mark.parametrize(
    "command",
    [
        SetLearningRate(math.nan), SetLearningRate(math.inf), SetLearningRate(-0.1),
        SetLearningRate(0.0), SetTemperature(math.nan), SetTemperature(-1.0),
        SetTemperature(math.inf), SetSpeed(-1.0), SetSpeed(math.inf), Restart(-4),
        cast(Command, "\x1b[2J"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_the_reason(command: Command) -> None:
    script, _ = at_desk([(0.1, LOOK), (0.2, command), (0.3, LOOK)], config=PACED, paused=True)
    (refused,) = script.replies(Refused)
    assert (refused.ticket, refused.command) == (2, command)
    assert refused.reason.endswith(".")
    assert refused.reason.isprintable()
    before, after = looks(script)
    assert (before.learning_rate, before.temperature, before.speed, before.seed) == (
        after.learning_rate, after.temperature, after.speed, after.seed,
    )  # fmt: skip


def test_a_learning_rate_takes_effect_and_leaves_a_mark() -> None:
    script, _ = at_desk([(0.25, SetLearningRate(0.5)), (0.26, LOOK)], config=PACED)
    assert looks(script)[0].learning_rate == 0.5
    (mark,) = looks(script)[0].curves.marks
    assert mark.update == 3
    assert "0.5" in mark.label


def test_a_restart_begins_with_the_same_numbers() -> None:
    script, _ = at_desk([(0.45, LOOK), (0.55, Restart()), (1.0, LOOK)], config=PACED)
    first, again = looks(script)
    assert (first.update, first.loss) == (again.update, again.loss)
    assert len(script.replies(Started)) == 2


def test_a_restart_takes_another_seed_and_keeps_what_was_chosen() -> None:
    script, loop = at_desk(
        [
            (0.2, SetLearningRate(0.5)), (0.2, SetTemperature(0.0)), (0.2, SetSpeed(4.0)),
            (0.3, Pause()), (0.4, Restart(9)), (0.5, LOOK),
        ],
        config=PACED,
    )  # fmt: skip
    (snapshot,) = looks(script)
    assert (snapshot.seed, snapshot.update, snapshot.state) == (9, 0, "paused")
    assert (snapshot.learning_rate, snapshot.temperature, snapshot.speed) == (0.5, 0.0, 4.0)
    assert snapshot.curves.marks == ()
    assert script.replies(Started)[-1].info.config.seed == 9
    fresh = Trainer(replace(PACED, seed=9), hello())
    assert np.array_equal(fresh.model.flat, loop.engine.run.trainer.model.flat)


def test_a_finished_run_restarts_running_with_its_limit() -> None:
    script, _ = at_desk(
        [(1.0, Resume()), (1.1, Restart()), (2.0, LOOK)], config=replace(HELLO, updates=8)
    )
    assert (looks(script)[0].update, looks(script)[0].state) == (8, "finished")


def test_saving(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    script, loop = at_desk([(0.55, Pause()), (0.6, Save(path)), (9.0, LOOK)], config=PACED)
    assert load(path).update == loop.engine.run.trainer.update == 6
    assert script.replies(Done)[1].text == f"Update 6 is saved in {path}."


def test_a_file_without_a_name_is_named_after_the_update_that_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script, _ = at_desk([(0.55, Save()), (0.75, Save())], config=PACED)
    saved = [done.command for done in script.replies(Done)[:2]]
    assert saved == [Save(Path("hello-6.safetensors")), Save(Path("hello-8.safetensors"))]
    assert [load(file).update for file in sorted(tmp_path.iterdir())] == [6, 8]


def test_saving_where_nothing_can_be_written_is_refused_and_training_goes_on(
    tmp_path: Path,
) -> None:
    command = Save(tmp_path / "no such folder" / "run.safetensors")
    script, loop = at_desk([(0.15, command), (0.95, LOOK)], config=PACED)
    assert script.replies(Refused)[0].command == command
    assert loop.engine.run.trainer.update == 10


def test_while_a_validation_is_under_way_everything_is_answered() -> None:
    config, corpus = prose()
    alone = Trainer(config, corpus)
    alone.step()
    updates = 1
    while not alone.validating:
        updates += bool(alone.step())
    alone.finish_validation()
    steps = [(0.1, Step())] * updates
    script, loop = at_desk(
        [*steps, (0.1005, LOOK), (0.101, Step()), (0.102, SetTemperature(0.3)), (0.103, LOOK),
         (9.0, LOOK)],
        config=config, corpus=corpus, paused=True, update_takes=0.00001, slice_takes=0.5,
    )  # fmt: skip
    during, waiting, after = looks(script)
    assert during.validation is waiting.validation is None
    assert (during.busy, waiting.busy, after.busy) == (True, True, False)
    assert waiting.update == during.update  # the step waits, the screen does not
    assert loop.engine.run.trainer.history.validations[0] == alone.history.validations[0]
    assert after.update == during.update + 1
    assert [done.ticket for done in script.replies(Done)] == sorted(
        done.ticket for done in script.replies(Done)
    )


def test_it_leaves_when_nobody_is_there_any_more() -> None:
    clock = Clock()
    script = Script(clock, [])
    with pytest.raises(EOFError):
        Loop(Trainer(HELLO, hello()), script, clock=clock).run()


def test_closing_carries_out_what_waits(tmp_path: Path) -> None:
    path = tmp_path / "last.safetensors"
    script, _ = at_desk([Save(path)])  # the first sample is not even written yet
    assert path.exists()
    assert [type(done.command) for done in script.replies(Done)] == [Save, Close]


def test_chores_are_done_about_once_a_second() -> None:
    clock, done = Clock(), list[float]()
    script = Script(clock, [(6.5, Close())])
    chores: Callable[[], None] = lambda: done.append(clock.now)  # noqa: E731
    Loop(Trainer(PACED, hello()), script, clock=clock, chores=chores).run()
    assert len(done) == 6
