"""Weights turned by hand, through the worker's loop."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.loop import Loop
from rnn_tui.live.run import Run
from rnn_tui.live.time_travel import travel
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.protocol.commands import (
    Close,
    Command,
    Look,
    OtherBranch,
    Pause,
    Resume,
    Step,
    Travel,
    TurnWeights,
    View,
)
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.runlog.player import Player
from rnn_tui.training.branches import Moment
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, Script, TimedTrainer, at_desk, hello, looks, prose
from tests.live.desk import Clock as DeskClock

SLOW = replace(HELLO, speed=100.0)
W_HH = "rnn.weight_hh_l0"
ONE = TurnWeights(SetWeight(W_HH, (1, 2), 1.5))
OFF = TurnWeights(ZeroUnit(0, 0))
SEEN = Look(View(prefix="hel"))


def told(script: Script, kind: type[Any] = Done) -> list[str]:
    return [
        reply.reason if isinstance(reply, Refused) else reply.text
        for reply in script.replies(kind)
        if isinstance(reply.command, TurnWeights)
    ]


def trained(updates: int) -> Trainer:
    trainer = Trainer(SLOW, hello())
    for _ in range(updates):
        trainer.step()
    return trainer


def test_everything_answers_at_once() -> None:
    script, loop = at_desk(
        [(2.0, Pause()), (2.1, ONE), (2.2, SEEN), (2.3, Travel(-1)), (2.4, SEEN), (2.5, Travel(1))],
        config=SLOW,
    )
    after, before = looks(script)
    assert before.update == after.update
    assert after.state == "paused"
    assert before.window.losses.tolist() != after.window.losses.tolist()
    assert before.prefix
    assert after.prefix
    assert before.prefix.top_probs.tolist() != after.prefix.top_probs.tolist()
    assert after.samples[0].update == before.samples[0].update == after.update
    assert after.samples[0].probs.tolist() != before.samples[0].probs.tolist()
    truth = trained(after.update)
    truth.model.parameters[W_HH][1, 2] = 1.5
    assert np.array_equal(loop.engine.trainer.model.flat, truth.model.flat)


def test_it_is_told_marked_and_a_branch() -> None:
    script, _ = at_desk([(1.0, Pause()), (1.1, ONE), (1.2, OFF), (1.3, LOOK)], config=SLOW)
    (moment,) = looks(script)
    value = trained(moment.update).model.parameters[W_HH][1, 2]
    label = f"W_hh[2,3] {value:.3g}→1.5"
    assert [mark.label for mark in moment.curves.marks] == [label, "h[1]→0"]
    assert told(script)[0].startswith(f"{label}: {{time.back}} takes it back")
    assert moment.past
    assert [(b.number, b.fork, b.change) for b in moment.past.branches] == [
        (1, 0, ""), (2, moment.update, f"{label}, h[1]→0"),
    ]  # fmt: skip
    assert moment.reason == f"Paused after update {moment.update}."


def test_back_takes_it_back_and_forward_makes_it_again() -> None:
    strides = [Travel(-1), Travel(-1), Travel(-1), Travel(1), Travel(1), Travel(1)]
    moves = [
        (2 + at + wait, command)
        for at, stride in enumerate(strides)
        for wait, command in ((0.0, stride), (0.5, LOOK))
    ]
    script, loop = at_desk([(1.0, Pause()), (1.1, ONE), (1.1, OFF), *moves], config=SLOW)
    back, far, before, again, one, both = looks(script)
    head = both.update
    assert [m.update for m in (back, far, before, again, one, both)] == [
        head, head, head - 2, head, head, head,
    ]  # fmt: skip
    assert back.reason == f"Before h[1]→0 at update {head}: going on from here starts a branch."
    assert far.reason.startswith("Before W_hh[2,3] ")
    assert again.reason == f"Paused after update {head}."
    assert both.reason == again.reason
    assert loop.engine.run.timeline.here == Moment(head, 2)
    truth = trained(head)
    losses = []
    for change in (lambda p: None, lambda p: p.__setitem__((1, 2), 1.5)):
        change(truth.model.parameters[W_HH])
        ids = hello().ids[:9].astype(np.int64)
        losses.append(truth.model.mean_loss(ids[:-1, None], ids[1:, None],
                                            truth.model.zero_state(1))[0])  # fmt: skip
    seen = [float(m.window.losses.mean()) for m in (far, back)]
    np.testing.assert_allclose(seen, losses, rtol=1e-5)


@pytest.mark.parametrize("head", [0, 7])
def test_a_stride_stops_at_each_and_many_at_none(head: int) -> None:
    run = Run(trained(0), paused=True)
    for _ in range(head):
        run.step()
    for value in (1.0, 2.0, 3.0):
        run.turn(SetWeight(W_HH, (0, 0), value), f"W_hh[1,1] 0→{value:g}")
    goes = []
    for strides in (-1, -10, 10, -1, -1, -1, -1, 1, 10, 0):
        said = travel(run, strides)
        while run.travelling:
            run.travel_on(8)
        goes.append((*run.timeline.here, said))
    first = "This is the beginning."
    if head:
        steps = [(7, 2, ""), (0, 0, ""), (7, 3, ""), (7, 2, ""), (7, 1, ""), (7, 0, ""), (6, 0, "")]
        steps += [(7, 3, ""), (7, 3, "This is the end of the branch."), (7, 3, first)]
    else:
        steps = [(0, 2, ""), (0, 0, ""), (0, 3, ""), (0, 2, ""), (0, 1, ""), (0, 0, "")]
        steps += [(0, 0, first), (0, 1, ""), (0, 3, ""), (0, 3, first)]
    assert goes == steps


def test_taken_back_and_gone_on_it_never_was() -> None:
    script, loop = at_desk(
        [(1.0, Pause()), (1.1, ONE), (1.2, Travel(-1)), (1.3, Resume()), (2.0, LOOK)], config=SLOW
    )
    (moment,) = looks(script)
    assert np.array_equal(loop.engine.trainer.model.flat, trained(moment.update).model.flat)
    assert moment.curves.marks == ()


def test_the_other_branch_is_the_network_without_it() -> None:
    script, loop = at_desk(
        [(1.0, Pause()), (1.1, ONE), (1.2, Resume()), (2.0, OtherBranch()), (2.1, LOOK)],
        config=SLOW,
    )
    (moment,) = looks(script)
    assert np.array_equal(loop.engine.trainer.model.flat, trained(moment.update).model.flat)
    assert moment.past
    assert (moment.past.branch, moment.curves.marks) == (1, ())
    assert moment.past.ghosts[0].update[-1] > moment.update


def test_a_run_that_goes_is_not_turned() -> None:
    script, _ = at_desk([(1.0, ONE), (1.1, LOOK)], config=SLOW)
    (reason,) = told(script, Refused)
    assert reason == "Training runs: {train.pause} pauses it, then weights can be turned."
    assert looks(script)[0].curves.marks == ()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (SetWeight(W_HH, (1, 2), float("inf")), "A weight is a finite number, not inf."),
        (SetWeight("\x1b[2J", (0,), 1.0), "There is no weight '\\x1b[2J' [0]."),
        (ZeroUnit(0, 3), "There is no unit 4: this network has 1 to 3."),
        (
            SetForgetBias(0, 1.0),
            "This network, tanh RNN, has no gate that decides how much is kept.",
        ),
    ],
)  # fmt: skip
def test_a_bad_one_is_refused_in_a_sentence(asked: Turn, reason: str) -> None:
    script, loop = at_desk([(0.5, Pause()), (0.6, TurnWeights(asked)), (0.7, LOOK)], config=SLOW)
    assert told(script, Refused) == [reason]
    moment = looks(script)[0]
    assert moment.past
    assert len(moment.past.branches) == 1
    assert np.array_equal(loop.engine.trainer.model.flat, trained(moment.update).model.flat)


@pytest.mark.parametrize(
    ("changes", "turns", "labels"),
    [
        ({"cell": "lstm"}, [SetForgetBias(0, 2.0)], ["b_f {:.3g}→2"]),
        ({"cell": "gru", "num_layers": 2}, [SetForgetBias(1, -1.0)], ["b_z2 {:.3g}→-1"]),
        ({"num_layers": 2}, [ScaleRecurrent(1, 1.1)] * 3, ["W_hh2 ×1.33"]),
        ({}, [ScaleRecurrent(0, 0.9), ZeroUnit(0, 1), ScaleRecurrent(0, 0.9)],
         ["W_hh ×0.9", "h[2]→0", "W_hh ×0.9"]),
        ({"num_layers": 2}, [ZeroUnit(1, 1)], ["h2[2]→0"]),
        ({"network": "dense"}, [ZeroUnit(0, 1), SetWeight("hidden.0.bias", (2,), 1.0)],
         ["h[2]→0", "b¹[3] {:.3g}→1"]),
        ({"network": "cnn", "num_layers": 2}, [ZeroUnit(1, 0)], ["h²[1]→0"]),
    ],
    ids=str,
)  # fmt: skip
def test_every_kind_has_a_mark(
    changes: dict[str, Any], turns: list[Turn], labels: list[str]
) -> None:
    config = replace(SLOW, **changes)
    script, _ = at_desk([*((0.0, TurnWeights(one)) for one in turns), (0.1, LOOK)],
                        config=config, paused=True)  # fmt: skip
    fresh = Trainer(config, hello()).model.parameters
    before = {
        "b_f": "rnn.bias_l0", "b_z": "rnn.bias_l1", "b¹[": "hidden.0.bias",
    }  # fmt: skip
    expected = []
    for label in labels:
        name = before.get(label[:3])
        value = (
            None if name is None else fresh[name][2] if "[" in label else fresh[name][3:6].mean()
        )
        expected.append(label if value is None else label.format(value))
    assert [mark.label for mark in looks(script)[0].curves.marks] == expected


def test_a_run_that_diverged_tries_the_update_again() -> None:
    commands: list[tuple[float, Command]] = [
        (1.0, LOOK), (1.1, TurnWeights(ScaleRecurrent(0, 0.5))), (1.2, LOOK), (1.3, Travel(-1)),
        (1.4, LOOK), (1.5, Travel(1)), (1.6, Step()), (1.7, LOOK),
    ]  # fmt: skip
    script, _ = at_desk(commands, gradient_is_infinite_at=40, config=SLOW)
    before, turned, back, again = looks(script)
    assert (before.state, turned.state) == ("diverged", "paused")
    assert turned.divergence is None
    assert [mark.label for mark in turned.curves.marks] == ["diverged", "W_hh ×0.5"]
    assert back.state == "paused"
    assert again.state == "diverged"  # this desk's gradient stays infinite


def test_a_run_that_is_finished_stays_so() -> None:
    config = replace(SLOW, updates=60)
    script, _ = at_desk([(2.0, ONE), (2.1, LOOK), (2.2, Resume()), (3.0, LOOK)], config=config)
    turned, after = looks(script)
    assert (turned.state, turned.reason) == ("finished", "60 updates are done.")
    assert after.state == "running"
    assert after.update > 60


def test_a_validation_under_way_is_waited_for() -> None:
    config, corpus = prose()
    script, loop = at_desk(
        [(0.0, Step())] * 16 + [(0.0, Pause()), (0.0, OFF), (3.0, LOOK)],
        config=config, corpus=corpus, paused=True,
    )  # fmt: skip
    other = Trainer(config, corpus)
    for _ in range(16):
        other.step()
    other.finish_validation()
    assert loop.engine.trainer.history.validations == other.history.validations
    assert told(script)


def test_on_the_way_it_waits_for_the_moment() -> None:
    config, corpus = prose(speed=100.0)
    script, loop = at_desk(
        [(2.0, Travel(-40)), (2.006, OFF), (9.0, LOOK)],
        config=config, corpus=corpus, update_takes=0.004,
    )  # fmt: skip
    moment = looks(script)[0]
    assert told(script)
    assert moment.past
    assert moment.past.branches[1].fork == moment.update
    assert loop.engine.run.timeline.here == Moment(moment.update, 1)


def kept_by(commands: list[tuple[float, Command]], keeping: Keeping, **more: Any) -> Script:
    clock = DeskClock()
    script = Script(clock, [*commands, (commands[-1][0], Close())])
    trainer = TimedTrainer(SLOW, hello())
    trainer.clock = clock
    Loop(trainer, script, clock=clock, keeping=keeping, **more).run()
    return script


def test_what_was_turned_is_saved_at_the_end(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "auto" / "a.st", tmp_path / "c.st")
    kept_by([(1.0, Pause()), (1.1, OFF), (1.2, LOOK)], keeping)
    for path in (tmp_path / "auto" / "a.st", tmp_path / "c.st"):
        found = load(path)  # though it trained for a second only
        model = found.model()
        assert not model.parameters[W_HH][0].any()
        assert not model.parameters["linear.weight"][:, 0].any()
        assert found.trainer(hello()).history.marks[-1].label == "h[1]→0"


def test_what_was_taken_back_stays_so_at_the_end(tmp_path: Path) -> None:
    kept_by([(1.0, Pause()), (1.1, OFF), (1.2, Travel(-1)), (1.3, LOOK)],
            Keeping(None, tmp_path / "c.st"))  # fmt: skip
    found = load(tmp_path / "c.st")
    assert np.array_equal(found.model().flat, trained(found.update).model.flat)


def test_what_was_turned_is_kept_though_training_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "auto" / "a.st"
    seen: list[bool] = []

    class Peeking(Script):
        def recv(self) -> Any:
            seen.append(path.exists())
            return super().recv()

    clock = DeskClock()
    script = Peeking(clock, [(1.0, Pause()), (1.1, OFF), (30.0, LOOK), (31.0, Close())])
    trainer = TimedTrainer(SLOW, hello())
    trainer.clock = clock
    Loop(trainer, script, clock=clock, keeping=Keeping(path)).run()
    assert seen == [False, False, True, True]
    assert None in script.waits  # nobody asks for the time once it is written


def test_the_log_has_the_mark_and_the_branch(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = kept_by(
        [(1.0, Pause()), (1.1, ONE), (1.15, OFF), (1.2, Travel(-1)), (1.25, Travel(-1)),
         (1.3, OFF), (1.4, Resume()), (2.0, Pause()), (2.1, LOOK)],
        Keeping(log=log),
    )  # fmt: skip
    (moment,) = looks(script)
    player = Player.open(log)
    player.seek(len(player.events))
    course = player.course
    assert moment.past
    assert [mark.label for mark in course.branch.history.marks] == ["h[1]→0"]
    assert [(b.number, b.parent, b.fork, b.change) for b in course.branches.values()] == [
        (b.number, b.parent, b.fork, b.change) for b in moment.past.branches
    ]
    assert [mark.label for mark in course.branches[2].history.marks] == [
        moment.past.branches[1].change.split(", ")[0], "h[1]→0",
    ]  # fmt: skip
