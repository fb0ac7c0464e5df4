"""Back and forward in training time, through the worker's loop."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.live.loop import Loop
from rnn_tui.live.run import Run
from rnn_tui.live.status import Paused
from rnn_tui.live.time_travel import to_best, travel
from rnn_tui.models.turning.turns import ScaleRecurrent
from rnn_tui.protocol.commands import (
    Close,
    Command,
    Look,
    Mend,
    OtherBranch,
    Pause,
    Resume,
    SetLearningRate,
    Step,
    ToBest,
    Travel,
    View,
)
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Refused
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, Clock, Script, TimedTrainer, at_desk, hello, looks, prose

SLOW = replace(HELLO, speed=100.0)


def first_pass(updates: int) -> list[tuple[np.ndarray, float]]:
    trainer = Trainer(HELLO, hello())
    passed = [(trainer.model.flat.copy(), float("nan"))]
    for _ in range(updates):
        loss = trainer.step().loss
        passed.append((trainer.model.flat.copy(), loss))
    return passed


def test_any_moment_comes_back_bit_for_bit() -> None:
    clock = Clock()
    script = Script(clock, [(0.9, Pause())])
    trainer = TimedTrainer(HELLO, hello())
    trainer.clock = clock
    loop = Loop(trainer, script, clock=clock)
    with pytest.raises(EOFError):
        loop.run()
    head = trainer.update
    assert head > 500
    passed = first_pass(head)
    rng = np.random.default_rng(3)
    for _ in range(60):
        script.arrivals = [(0.0, Travel(int(rng.integers(-60, 60)))), (9e9, LOOK)]
        loop._listen()
        while loop.engine.run.travelling:
            loop._work()
        weights, loss = passed[trainer.update]
        assert np.array_equal(trainer.model.flat, weights)
        np.testing.assert_equal(loop.engine.run.loss, loss)


def test_everything_shows_the_past_moment_and_the_curve_stays_whole() -> None:
    script, _ = at_desk([(2.0, Travel(-25)), (3.0, LOOK)], config=SLOW)
    moment = looks(script)[0]
    assert moment.past
    head = moment.past.head
    assert moment.state == "paused"
    assert moment.update == pytest.approx(head / 2, abs=3)
    assert moment.curves.update[-1] == head
    passed = first_pass(head)
    assert moment.loss == passed[moment.update][1]
    assert moment.samples[0].update == moment.update
    assert moment.reason.startswith(f"Update {moment.update} of {head}:")


def test_back_to_the_lowest_validation() -> None:
    ids = np.random.default_rng(5).integers(0, 7, size=300)
    corpus = corpus_from_bytes(bytes(97 + int(i) for i in ids), "letters.txt")
    config = replace(
        HELLO, cell="gru", hidden_size=11, seq_length=9, batch_size=2, val_fraction=0.3
    )
    run, weights = Run(Trainer(config, corpus)), {}
    for update in range(1, 81):
        run.advance(1)
        run.trainer.finish_validation()
        weights[update] = run.trainer.model.flat.copy()
    loss, lowest = min((loss, update) for update, loss in run.trainer.history.validations)
    assert lowest < 80
    for _ in range(2):
        told = to_best(run)
        while run.travelling:
            run.travel_on(7)
        assert told == f"Validation was lowest after update {lowest}: {loss:.4g} nats."
        assert np.array_equal(run.trainer.model.flat, weights[lowest])
        assert run.timeline.branch.history.curves(9).lowest == (lowest, loss)
        run.turn(ScaleRecurrent(0, 0.5), "W_hh ×0.5")  # the validation was of the weights before
        run.go_on()
        run.advance(1)


def test_without_validation_nothing_was_lowest() -> None:
    script, _ = at_desk([(1.0, ToBest())], config=SLOW)
    assert (
        script.replies(Refused)[0].reason == "There is no validation yet, so none was the lowest."
    )


def test_long_replays_leave_room_for_keys_and_what_is_asked_meanwhile_happens_there() -> None:
    config, corpus = prose()
    commands: list[tuple[float, Command]] = [
        (2.0, Travel(-40)), (2.0, LOOK), (2.006, LOOK), (2.006, Step()), (2.007, LOOK), (9.0, LOOK),
    ]  # fmt: skip
    script, loop = at_desk(commands, config=config, corpus=corpus, update_takes=0.004)
    during, after = looks(script)[1], looks(script)[-1]
    assert during.past
    assert during.past.goal
    assert during.reason == f"Going to update {during.past.goal} …"
    assert after.update == during.past.goal + 1
    assert loop.engine.run.timeline.branch.number == 2


def branched() -> tuple[Script, Loop]:
    commands: list[tuple[float, Command]] = [
        (3.0, Travel(-30)), (3.1, SetLearningRate(0.2)), (3.2, Resume()), (4.0, Pause()),
        (4.0, LOOK), (4.1, OtherBranch()), (4.2, LOOK), (4.3, OtherBranch()), (4.4, LOOK),
    ]  # fmt: skip
    return at_desk(commands, config=SLOW)


def test_going_on_from_the_past_with_a_knob_turned_is_a_branch() -> None:
    script, _ = branched()
    second, first, again = looks(script)
    assert second.past
    assert first.past
    assert again.past
    assert [view.change for view in second.past.branches] == ["", "lr 0.03→0.2"]
    fork = second.past.branches[1].fork
    assert second.past.ghosts[0].update[0] <= fork
    assert second.past.ghosts[0].update[-1] == first.past.head == first.update
    assert first.past.branch == 1
    assert first.loss == first_pass(first.update)[-1][1]
    assert first.learning_rate == pytest.approx(0.03)
    assert again.past.branch == 2
    assert again.loss == second.loss
    assert again.learning_rate == pytest.approx(0.2)


def test_the_samples_are_those_of_the_branch() -> None:
    second, first, _ = looks(branched()[0])
    fork = second.past.branches[1].fork if second.past else 0
    texts = [
        {sample.update: sample.probs.tolist() for sample in moment.samples}
        for moment in (first, second)
    ]
    later = [update for update in texts[0].keys() & texts[1].keys() if update > fork + 15]
    assert later
    assert any(texts[0][update] != texts[1][update] for update in later)
    assert all(texts[0][u] == texts[1][u] for u in texts[0].keys() & texts[1].keys() if u <= fork)


def test_with_one_branch_there_is_no_other() -> None:
    script, _ = at_desk([(0.5, OtherBranch())], config=SLOW)
    (refused,) = script.replies(Refused)
    assert "one branch only" in refused.reason


def test_after_divergence_one_can_go_back_and_lower_the_rate() -> None:
    commands: list[tuple[float, Command]] = [
        (1.0, LOOK), (1.1, Travel(-5)), (1.2, SetLearningRate(0.001)), (1.3, Step()), (1.4, LOOK),
    ]  # fmt: skip
    script, _ = at_desk(commands, gradient_is_infinite_at=40, config=SLOW)
    before, after = looks(script)
    assert before.state == "diverged"
    assert "{diverged.back} goes back" in before.reason
    assert after.state == "paused"
    assert after.update == 36
    assert np.isfinite(after.loss)


def test_leaving_while_looking_at_the_past_loses_nothing(tmp_path: Path) -> None:
    clock = Clock()
    script = Script(clock, [(3.0, Travel(-30)), (3.5, LOOK), (3.6, Close())])
    trainer = TimedTrainer(SLOW, hello())
    trainer.clock = clock
    loop = Loop(trainer, script, clock=clock, keeping=Keeping(None, tmp_path / "c.safetensors"))
    loop.run()
    (moment,) = looks(script)
    assert moment.past
    assert load(tmp_path / "c.safetensors").update == moment.past.head > moment.update


def test_what_a_snapshot_says_of_the_past_is_bounded() -> None:
    commands: list[tuple[float, Command]] = []
    for n in range(14):
        commands += [
            (0.5 * n + 0.3, Travel(-20)), (0.5 * n + 0.4, SetLearningRate(0.01 + n / 100)),
            (0.5 * n + 0.5, Resume()),
        ]  # fmt: skip
    script, _ = at_desk([*commands, (7.5, Look(View(bins=50)))], config=SLOW)
    moment: Snapshot = looks(script)[-1]
    assert moment.past
    assert len(moment.past.branches) == 8
    assert len(moment.past.ghosts) == 3
    assert all(len(ghost.update) <= 50 for ghost in moment.past.ghosts)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0, 0, "This is the beginning."),
        (7, 0, "Update 7 is the first here: its checkpoint holds none before it."),
        (1234, 3, "Update 1,234 is the first here: its checkpoint holds none before it."),
        (7, 3, "Update 7 is the first here: its checkpoint holds none before it."),
    ],
)
def test_at_the_earliest_moment_it_says_why_there_is_none_before(
    before: int, after: int, said: str
) -> None:
    trainer = Trainer(HELLO, hello())
    for _ in range(before):
        trainer.step()
    run = Run(trainer, paused=True)
    for _ in range(after):
        run.step()
    if after:
        assert travel(run, -99) == ""
        run.travel_on(after)
    assert travel(run, -1) == said


def test_leaving_on_the_way_to_a_mended_moment_leaves_the_rate_as_it_was() -> None:
    commands: list[tuple[float, Command]] = [(2.0, Mend("back")), (2.006, LOOK)]
    script, loop = at_desk(commands, gradient_is_infinite_at=120, update_takes=0.004)
    during, trainer = looks(script)[0], loop.engine.trainer
    assert during.reason == "Going to update 70 …"
    assert (trainer.update, trainer.learning_rate) == (120, HELLO.learning_rate)
    assert loop.engine.run.status == Paused("Paused after update 120.")


def test_a_pause_on_the_way_to_a_mended_moment_stands_there() -> None:
    commands: list[tuple[float, Command]] = [(2.0, Mend("back")), (2.006, Pause()), (4.0, LOOK)]
    script, _ = at_desk(commands, gradient_is_infinite_at=120, update_takes=0.004)
    there = looks(script)[0]
    assert (there.update, there.state) == (70, "paused")
    assert there.learning_rate == HELLO.learning_rate
