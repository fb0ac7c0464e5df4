"""What the screen is told of the weights, and of what turning them does."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from rnn_tui.inspection.decay import decay
from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.memory.recurrence import recurrence
from rnn_tui.inspection.weight_axes import axes, index_at, unit_at
from rnn_tui.live.run import Run
from rnn_tui.live.turning import turn
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.live.views.turned import slices
from rnn_tui.models.prediction import predict
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import build
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.turned import TurnedSeen, TurnedView
from rnn_tui.protocol.weights import WeightsSeen, WeightsView
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

TEXT = b"the tide comes in, the tide goes out; " * 30
NETWORKS: dict[str, dict[str, Any]] = {
    "rnn": {"cell": "rnn"},
    "lstm": {"cell": "lstm", "num_layers": 2},
    "gru": {"cell": "gru", "num_layers": 2},
    "dense": {"network": "dense", "num_layers": 2, "context": 3},
    "cnn": {"network": "cnn", "num_layers": 2, "kernel_size": 3},
}
every_network = pytest.mark.parametrize("name", NETWORKS)


def run_of(name: str, updates: int = 12, **more: Any) -> Run:
    settings: dict[str, Any] = {"hidden_size": 5, "seq_length": 9, **NETWORKS[name], **more}
    trainer = Trainer(Config(preset="auto", **settings), corpus_from_bytes(TEXT, "t.txt"))
    run = Run(trainer, paused=True)
    for _ in range(updates):
        run.step()
    return run


def look(run: Run, view: Any) -> Any:
    inspector = Inspector(run, lambda: 0.0)
    found = inspector.look(view)
    while inspector.is_working_on([view]):
        found = inspector.look(view)
    return found


def weights(run: Run, number: int = 0, row: int = 0, column: int = 0, **size: int) -> WeightsSeen:
    return cast(WeightsSeen, look(run, WeightsView(number, row, column, **size)))


@every_network
def test_every_weight_is_shown_at_its_own_place(name: str) -> None:
    run = run_of(name)
    parameters = run.trainer.model.parameters
    for number, (parameter, array) in enumerate(parameters.items()):
        whole = weights(run, number, rows=64, columns=64)
        rows, columns = whole.shape
        assert rows * columns == array.size
        assert whole.shapes[number] == array.shape
        assert whole.names[whole.number] == parameter
        assert whole.limit == np.abs(array).max()
        seen, (axis, _) = set(), axes(parameter, run.trainer.config, run.trainer.model.vocab_size)
        for row in range(rows):
            for column in range(columns):
                one = weights(run, number, row, column, rows=2, columns=3)
                assert one.place == (row, column)
                index = index_at(one.shapes[number], axis, row, column)
                assert one.value == array[index]
                at = row - one.first[0], column - one.first[1]
                assert one.page.now[at] == array[index]
                seen.add(index)
        assert len(seen) == array.size


@every_network
def test_a_unit_named_at_a_weight_is_one_whose_end_makes_it_zero(name: str) -> None:
    run = run_of(name, 0)
    config, V = run.trainer.config, run.trainer.model.vocab_size
    for number, parameter in enumerate(run.trainer.model.parameters):
        axis = axes(parameter, config, V)
        shape = weights(run, number).shape
        rng = np.random.default_rng(number)
        for _ in range(4):
            place = tuple(int(rng.integers(size)) for size in shape)
            unit = unit_at(*axis, *place)
            assert (unit is None) == (parameter == "linear.bias")
            if unit is not None:
                other = run_of(name, 0)
                turn(other, ZeroUnit(*unit))
                seen = weights(other, number, *place)
                assert seen.value == 0
                assert seen.page.turned[tuple(np.subtract(seen.place, seen.first))] != 0


@every_network
def test_rows_and_columns_are_what_they_are_called(name: str) -> None:
    """A column of what is read is multiplied where that symbol, or that unit, is there."""
    run = run_of(name, 0)
    config, V, H = run.trainer.config, run.trainer.model.vocab_size, 5
    for parameter, array in run.trainer.model.parameters.items():
        rows, columns = axes(parameter, config, V)
        if parameter == "linear.weight":
            assert (rows.kind, columns.kind, columns.layer) == (
                "symbol", "unit", config.num_layers - 1,
            )  # fmt: skip
        elif parameter.startswith("rnn.weight"):
            letters = {"rnn": "", "lstm": "ifgo", "gru": "rzn"}[config.cell]
            assert rows.place(len(array) - 1) == (letters[-1:], H - 1)
            assert rows.place(1) == (letters[:1], 1)
            first = parameter == "rnn.weight_ih_l0"
            assert columns.kind == ("symbol" if first else "unit")
        elif parameter in ("hidden.0.weight", "conv.0.weight"):
            assert columns.kind == "symbol"
            assert columns.place(V + 2) == ("", 2)
            assert (rows.kind, rows.layer) == ("unit", 0)
        elif parameter == "conv.1.weight":
            assert (columns.kind, columns.layer, columns.place(H + 1)) == ("unit", 0, ("", 1))


def test_the_page_stands_still_until_the_mark_leaves_it() -> None:
    run = run_of("lstm", 0)
    firsts = [weights(run, 1, row, 0, rows=6, columns=4).first for row in range(20)]
    assert firsts == [(0, 0)] * 6 + [(6, 0)] * 6 + [(12, 0)] * 6 + [(14, 0)] * 2
    assert weights(run, 99, 99, -5).place == (0, 0)  # b_y has one row


def test_what_was_before_is_shown_until_the_next_update() -> None:
    run = run_of("rnn")
    assert np.isnan(weights(run, 1).page.turned).all()
    old = run.trainer.model.parameters["rnn.weight_hh_l0"].copy()
    turn(run, SetWeight("rnn.weight_hh_l0", (1, 2), 3.0))
    turn(run, SetWeight("rnn.weight_hh_l0", (1, 2), 4.0))
    seen = weights(run, 1, 1, 2)
    assert np.array_equal(seen.page.turned, old)
    assert (seen.value, (seen.page.now != old).sum()) == (4.0, 1)
    assert len(seen.whole) == 5
    assert np.array_equal(seen.whole[1].turned, old)
    run.step()
    assert np.isnan(weights(run, 1).page.turned).all()


def checked_change(run: Run, updates: int, name: str = "rnn") -> None:
    """Compare every sheet with a network that was trained one update less."""
    other = run_of(name, updates - 1)
    for number in range(len(run.trainer.model.parameters)):
        seen = weights(run, number, rows=64, columns=64)
        before = weights(other, number, rows=64, columns=64).page.now
        after = seen.page.now if np.isnan(seen.page.turned).all() else seen.page.turned
        assert seen.update == updates
        assert np.array_equal(seen.page.before, before)
        np.testing.assert_allclose(seen.page.change, after - before, rtol=0, atol=1e-7)
        assert seen.most == pytest.approx(np.abs(after - before).max(), abs=1e-7)
        assert seen.most > 0
        for sheet in seen.whole[number : number + 1]:
            assert all(map(np.array_equal, sheet.before, before))


@every_network
def test_what_the_last_update_began_with_and_changed(name: str) -> None:
    checked_change(run_of(name), 12, name)


def test_what_an_update_changed_is_known_of_past_ones_too_and_not_of_what_was_only_put_back() -> (
    None
):
    run = run_of("rnn")
    for update in (8, 9, 7, 11, 12):
        run.timeline.go_to(update)
        checked_change(run, update)
    run.timeline.go_to(8)
    run.timeline.go_to(12)  # the end, which is held as it was
    assert np.isnan([weights(run).most, *weights(run).page.before.flat]).all()
    run.step()
    checked_change(run, 13)


def test_what_is_turned_by_hand_is_no_change_by_the_update() -> None:
    run = run_of("rnn")
    change = weights(run, 1).page.change
    turn(run, SetWeight("rnn.weight_hh_l0", (1, 2), 3.0))
    assert np.array_equal(weights(run, 1).page.change, change)
    checked_change(run, 12)


def test_before_the_first_update_there_is_no_change() -> None:
    seen = weights(run_of("rnn", 0))
    assert seen.update == 0
    assert np.isnan(seen.most)
    assert np.isnan(seen.page.before).all()


def test_of_a_larger_network_not_everything_is_sent() -> None:
    assert weights(run_of("lstm", 0, hidden_size=16)).whole == ()


@pytest.mark.parametrize(("name", "keeping"), [("rnn", False), ("gru", True), ("dense", False)])
def test_the_bias_of_the_gate_that_keeps(name: str, keeping: bool) -> None:
    run = run_of(name)
    assert np.isfinite(weights(run).keeping) == keeping
    if keeping:
        turn(run, SetForgetBias(1, 1.5))
        assert weights(run, 4).keeping == 1.5  # of the upper layer
        assert weights(run, 0).keeping != 1.5
        assert weights(run, 99).keeping == 1.5  # the output's is the last layer's


def turned(run: Run, reading: Reading | None = None, layer: int = 0) -> TurnedSeen:
    return cast(TurnedSeen, look(run, TurnedView(reading or Reading(), layer)))


TURNS: list[Turn] = [ZeroUnit(0, 2), SetWeight("linear.bias", (3,), 2.0)]


@every_network
def test_before_and_now_are_two_networks(name: str) -> None:
    run = run_of(name)
    trainer = run.trainer
    config, ids, T = trainer.config, trainer.corpus.ids[:201].astype(np.int64), 9
    models = {}
    for who in ("before", "now"):
        models[who] = build(config, trainer.model.vocab_size, np.random.default_rng(77))
        models[who].flat[:] = trainer.model.flat
        for one in TURNS if who == "before" else []:
            turn(run, one)
    seen = turned(run, layer=0)
    assert seen.done
    assert seen.turned.startswith("h[3]→0" if name == "rnn" else "h")
    assert seen.turned.endswith("b_y[4] " + seen.turned.split(" ")[-1])
    assert (seen.count, seen.target) == (200, ids[T])
    assert seen.context.tolist() == ids[:T].tolist()
    for who, model in models.items():
        found = getattr(seen, who)
        state = model.zero_state(1)
        assert found.loss == pytest.approx(
            model.mean_loss(ids[:-1, None], ids[1:, None], state)[0], rel=1e-5
        )
        expected = predict(model, ids[:T], 40)
        assert found.goes_on.tolist() == expected.continuation.tolist()
        np.testing.assert_allclose(found.probs, expected.probs[seen.top], rtol=1e-6)
        if config.network == "recurrent":
            layer = recurrence(recurrent(model), "tanh", 0, ids)
            assert found.radii == pytest.approx(layer.radii)
            assert (found.passed, found.longest) == pytest.approx((layer.passed, layer.longest))
            norms = flow(recurrent(model), ids[:16], ids[1:17]).whole
            assert found.factor == pytest.approx(decay(norms).factor)
    probs = predict(models["now"], ids[:T]).probs
    assert seen.top.tolist() == np.argsort(-probs, kind="stable")[:5].tolist()
    assert bool(seen.words) == (config.network == "recurrent")


def test_without_a_turn_there_is_no_before() -> None:
    run = run_of("gru")
    seen = turned(run)
    assert (seen.turned, seen.before) == ("", None)
    turn(run, ScaleRecurrent(0, 2.0))
    assert turned(run).before is not None
    run.step()
    assert turned(run).before is None


def test_ones_own_text_and_what_is_not_known() -> None:
    run = run_of("lstm")
    seen = turned(run, Reading("the"))
    assert (seen.count, seen.target, len(seen.context)) == (2, -1, 3)
    assert np.isfinite(seen.now.loss)
    one = turned(run, Reading("t"))
    assert np.isnan(one.now.loss)
    assert np.isnan(one.now.factor)
    assert len(one.top) == 5
    unknown = turned(run, Reading("tQ"))
    assert (unknown.unknown, unknown.done, len(unknown.top)) == (("Q",), True, 0)


def test_it_comes_in_slices() -> None:
    run = run_of("lstm")
    turn(run, ZeroUnit(0, 1))
    view = TurnedView(Reading())
    ticks = iter(range(10_000))
    inspector = Inspector(run, lambda: float(next(ticks)))
    first = cast(TurnedSeen, inspector.look(view))
    assert np.isnan(first.now.loss)
    assert inspector.is_working_on([view])
    looks = 0
    while inspector.is_working_on([view]):
        last = cast(TurnedSeen, inspector.look(view))
        looks += 1
    assert looks > 8
    assert last.done
    assert replace(last, now=first.now).before is not None


def test_what_is_worked_out_while_training_goes_on_is_of_one_moment() -> None:
    run = run_of("lstm")
    there = list(slices(run, TurnedView(Reading())))[-1]
    under_way = slices(run, TurnedView(Reading()))
    next(under_way)
    for _ in range(5):
        run.step()
    later = list(under_way)[-1]
    assert (later.now.loss, later.now.radii) == (there.now.loss, there.now.radii)
    assert later.now.passed == there.now.passed
