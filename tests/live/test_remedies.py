"""Ways on after divergence, through the worker's loop."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.protocol.commands import (
    Command,
    Mend,
    Pause,
    Restart,
    Resume,
    SetLearningRate,
    Step,
    Travel,
)
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, at_desk, hello, looks

SLOW = replace(HELLO, speed=100.0)
LEAP: list[tuple[float, Command]] = [(2.0, SetLearningRate(50.0)), (4.0, LOOK)]
"""Falls apart soon after 2 s, that is 200 updates."""


def test_the_trouble_is_told_with_the_ways_on() -> None:
    script, _ = at_desk(LEAP, config=SLOW)
    (moment,) = looks(script)
    assert moment.state == "diverged"
    assert moment.divergence
    finding, offered = moment.divergence.finding, moment.divergence.remedies
    assert (finding.kind, finding.update) == ("high", moment.update + 1)
    assert offered.back_to == moment.update - 50
    # The rate there was 0.03 still: half of the lower one.
    assert (offered.rate, offered.rate_before) == (pytest.approx(0.015), pytest.approx(0.03))
    assert (offered.clip, offered.clip_at) == (1.0, moment.update)
    assert finding.what in moment.reason
    assert moment.curves.marks[-1].label == "diverged"


def test_back_with_half_the_rate_is_a_branch_that_runs() -> None:
    script, _ = at_desk([*LEAP, (4.0, Mend("back")), (4.3, LOOK), (5.0, LOOK)], config=SLOW)
    before, soon, after = looks(script)
    assert [soon.state, after.state] == ["running", "running"]
    assert before.update - 50 < soon.update < after.update
    assert after.learning_rate == pytest.approx(0.015)
    assert after.divergence is None
    assert after.past
    assert after.past.branches[1].fork == before.update - 50
    assert after.past.branches[1].change == "lr 0.03→0.015"
    assert after.past.ghosts[0].broke.tolist() == [before.update]
    assert after.loss < 1


def test_the_branch_is_what_it_would_have_been_from_the_first_moment() -> None:
    script, loop = at_desk([*LEAP, (4.0, Mend("back")), (4.5, Pause()), (4.6, LOOK)], config=SLOW)
    fork, end = looks(script)[0].update - 50, looks(script)[1].update
    truth = Trainer(SLOW, hello())
    for _ in range(fork):
        truth.step()
    truth.set_learning_rate(0.015)
    for _ in range(end - fork):
        truth.step()
    assert np.array_equal(loop.engine.run.trainer.model.flat, truth.model.flat)


def test_clipping_goes_on_from_the_very_moment_and_is_told_to_the_screen() -> None:
    script, loop = at_desk([*LEAP, (4.0, Mend("clip")), (4.5, LOOK)], config=SLOW)
    before, after = looks(script)
    assert after.update > before.update
    assert after.state == "running"
    assert [mark.label for mark in after.curves.marks][-2:] == ["diverged", "clip 5→1"]
    assert [started.info.config.clip_norm for started in script.replies(Started)] == [5.0, 1.0]
    assert loop.engine.run.timeline.knobs_at(after.update).clip_norm == 1.0


def test_regardless_is_not_stopped_by_a_high_loss_again_and_can_be_replayed() -> None:
    script, loop = at_desk(
        [*LEAP, (4.0, Mend("anyway")), (6.0, LOOK), (6.0, Pause()), (6.1, Travel(-3)), (6.5, LOOK)],
        config=SLOW,
    )
    _, after, past = looks(script)
    assert after.state == "running"
    assert after.loss > 10
    assert past.state == "paused"
    assert past.past
    assert past.past.goal is None
    assert loop.engine.run.trainer.watch == "finite"


def test_what_is_not_finite_cannot_be_clipped_where_it_is() -> None:
    commands: list[tuple[float, Command]] = [
        (1.0, LOOK), (1.0, Mend("clip")), (1.1, LOOK),
    ]  # fmt: skip
    script, _ = at_desk(commands, config=SLOW, gradient_is_infinite_at=80)
    before, after = looks(script)
    assert before.divergence
    assert before.divergence.finding.kind == "gradient"
    assert before.divergence.remedies.clip_at == 30
    assert after.past
    assert after.past.branches[1].fork == 30
    assert after.past.branches[1].change == "clip 5→1"


def test_regardless_of_what_is_not_finite_the_update_is_made() -> None:
    commands: list[tuple[float, Command]] = [(1.0, Mend("anyway")), (1.5, LOOK)]
    script, _ = at_desk(commands, config=SLOW, gradient_is_infinite_at=80)
    assert looks(script)[0].update > 81
    (done,) = script.replies(Done)[:1]
    assert "spreads to every weight" in done.text


def test_before_fifty_updates_one_goes_back_to_the_start() -> None:
    script, _ = at_desk(
        [(1.0, LOOK), (1.0, Mend("back")), (1.1, LOOK)], config=SLOW, gradient_is_infinite_at=12
    )
    before, after = looks(script)
    assert before.divergence
    assert before.divergence.remedies.back_to == 0
    assert after.past
    assert after.past.branches[1].fork == 0


def test_whoever_travels_on_the_way_has_other_plans() -> None:
    script, _ = at_desk(
        [*LEAP, (4.0, Mend("back")), (4.0, Travel(0)), (4.0, Pause()), (4.5, LOOK)],
        config=replace(SLOW, hidden_size=40),
    )
    assert looks(script)[-1].state == "paused"


def test_nothing_is_mended_where_nothing_is_broken() -> None:
    script, _ = at_desk([(0.5, Mend("clip"))], config=SLOW)
    (refused,) = script.replies(Refused)
    assert refused.reason.startswith("Nothing has gone wrong here")


def test_standing_keys_say_which_keys_go_on() -> None:
    script, _ = at_desk([*LEAP, (4.0, Resume()), (4.1, Step())], config=SLOW)
    assert all("{diverged.back} goes back" in refused.reason for refused in script.replies(Refused))
    assert len(script.replies(Refused)) == 2


def test_after_a_restart_with_a_turned_rate_the_past_is_replayed_with_it() -> None:
    script, loop = at_desk(
        [(0.5, SetLearningRate(0.1)), (0.6, Restart()), (2.0, Travel(-20)), (2.2, LOOK)],
        config=SLOW,
    )
    moment = looks(script)[0]
    truth = Trainer(replace(SLOW, learning_rate=0.1), hello())
    for _ in range(moment.update):
        truth.step()
    assert moment.learning_rate == pytest.approx(0.1)
    assert moment.past
    assert 0 < moment.update < moment.past.head
    assert np.array_equal(
        loop.engine.run.timeline.branch.kept[0].state.flat.shape, truth.model.flat.shape
    )
    assert moment.loss == truth.history.loss


@pytest.mark.parametrize("rates", [[100.0], [100.0, 50.0], [0.001]])
def test_another_rate_makes_the_update_no_better_and_the_ways_on_stay(rates: list[float]) -> None:
    turned: list[tuple[float, Command]] = [(4.0, SetLearningRate(rate)) for rate in rates]
    script, _ = at_desk([*LEAP, *turned, (4.1, LOOK), (4.2, Resume()), (4.3, LOOK)], config=SLOW)
    before, turned_moment, again = looks(script)
    lowest = min(0.03, rates[-1])
    for moment in (turned_moment, again):
        assert (moment.state, moment.update) == ("diverged", before.update)
        assert moment.learning_rate == rates[-1]
        assert moment.divergence
        offered = moment.divergence.remedies
        assert offered.rate_before == pytest.approx(lowest)
        assert offered.rate == pytest.approx(lowest / 2)
    (refused,) = script.replies(Refused)
    assert "The same update would fail again" in refused.reason


def test_after_another_rate_one_can_still_go_back() -> None:
    script, _ = at_desk(
        [*LEAP, (4.0, SetLearningRate(100.0)), (4.1, Mend("back")), (4.5, LOOK)], config=SLOW
    )
    before, after = looks(script)
    assert (after.state, after.learning_rate) == ("running", pytest.approx(0.015))
    assert after.past
    assert after.past.branches[1].fork == before.update - 50


def test_where_there_is_no_way_back_the_update_is_tried_again() -> None:
    commands: list[tuple[float, Command]] = [(0.5, LOOK), (0.6, Mend("back")), (0.9, LOOK)]
    script, _ = at_desk(commands, config=SLOW, gradient_is_infinite_at=0)
    first, again = looks(script)
    assert first.divergence
    assert (first.divergence.remedies.back_to, first.update) == (0, 0)
    assert again.state == "diverged"  # this desk's gradient stays infinite
    assert script.replies(Refused) == []
    assert again.learning_rate == pytest.approx(first.learning_rate / 2)
