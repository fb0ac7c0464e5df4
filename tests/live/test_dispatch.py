"""Looking inside through the worker: what is shown is the network's, and it stays as it is."""

import pickle
from dataclasses import replace
from importlib import import_module
from typing import Any, get_type_hints

import numpy as np
import pytest

from rnn_tui.inspection.flow import flow
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.live.views.gradient_flow import slices
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import build
from rnn_tui.protocol.commands import CheckNetwork, GoThrough, Look, Resume, Step, View
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.protocol.update import BackpropView, Opened
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, trainer, truth
from tests.live.desk import HELLO, Clock, at_desk, hello, looks, prose

RATE = 0.7


def inspector(made: Trainer, *, paused: bool = True) -> Inspector:
    return Inspector(Run(made, paused=paused), Clock())


@pytest.mark.parametrize("view", [BackpropView, UnrolledView])
def test_the_module_named_like_a_views_own_answers_it(view: type[InsideView]) -> None:
    name = view.__module__.rpartition(".")[2]
    hints = get_type_hints(import_module(f"rnn_tui.live.views.{name}").answer)
    assert (hints["run"], hints["view"]) == (Run, view)
    assert issubclass(hints["return"], Inside)
    assert hints["return"].__module__ == view.__module__


def test_several_views_are_answered_in_their_order() -> None:
    views = (GradientsView(), BackpropView(), UnrolledView())
    script, _ = at_desk([Look(View(inside=views))], paused=True)
    assert [type(part) for part in looks(script)[-1].inside] == [Gradients, Opened, Unrolled]


def looked(view: InsideView) -> Look:
    return Look(View(inside=(view,)))


def unrolled(made: Trainer, **view: Any) -> Unrolled:
    part = inspector(made).look(UnrolledView(**view))
    assert isinstance(part, Unrolled)
    return part


@every_cell
@pytest.mark.parametrize("layers", [1, 2])
def test_unrolled_numbers_equal_the_plain_loops(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=11)
    assert made.window_index == 0
    made.state = made.model.zero_state(1)
    expected, part = truth(made, 0), unrolled(made, steps=4, first=2, gates=True)
    assert (part.first, part.total, part.inputs.tolist()) == (2, 6, [2, 0, 3, 4])
    shown = slice(2, 6)
    for layer, rows in enumerate(part.layers):
        assert rows["h"] == pytest.approx(expected["h"][layer][shown], abs=1e-12)
        assert part.before[layer] == pytest.approx(expected["h"][layer][1], abs=1e-12)
        if name == "lstm":
            assert list(rows) == ["h", "i", "f", "g", "o", "c"]
            assert rows["c"] == pytest.approx(np.array(expected["c"][layer])[shown], abs=1e-12)
            assert rows["h"] == pytest.approx(rows["o"] * np.tanh(rows["c"]), abs=1e-12)
    assert part.logits == pytest.approx(expected["logits"][shown], abs=1e-12)
    assert part.probs == pytest.approx(expected["probs"][shown], abs=1e-12)
    assert part.losses == pytest.approx(expected["losses"][shown], abs=1e-12)
    assert part.mean_loss == pytest.approx(expected["losses"].mean(), abs=1e-12)


def test_of_a_large_vocabulary_the_likeliest_and_the_target() -> None:
    made = trainer("gru", updates=3)
    part, whole = unrolled(made, rows=2), unrolled(made, rows=9)
    assert part.top_ids.shape == (6, 2)
    for t in range(6):
        best = np.argsort(-whole.logits[t])[:2]
        assert part.top_ids[t].tolist() == best.tolist()
        assert part.logits[t] == pytest.approx(whole.logits[t][best])
        assert part.target_logits[t] == whole.logits[t][part.targets[t]]


def test_a_text_of_ones_own() -> None:
    part = unrolled(trainer("rnn-tanh"), reading=Reading("bad"))
    assert (part.inputs.tolist(), part.targets.tolist()) == ([1, 0, 3], [0, 3, -1])
    assert np.isnan(part.losses[-1])
    assert np.isfinite(part.losses[:-1]).all()
    strange = unrolled(trainer("rnn-tanh"), reading=Reading("b\x1bz"))
    assert (strange.unknown, len(strange.inputs), strange.total) == (("\x1b", "z"), 0, 0)
    assert not len(unrolled(trainer("rnn-tanh"), reading=Reading("")).inputs)


def test_bounded_whatever_is_asked() -> None:
    made = trainer("lstm", layers=2, batch=3)
    for view in (
        UnrolledView(Reading("abcde" * 900), -5, 10**9, 10**9, True),
        BackpropView(10**9, 10**9, 10**9, 10**9, 10**9, (99, 10**9, -3)),
        GradientsView(Reading("abcde" * 900), 10**9, 10**9),
    ):
        assert len(pickle.dumps(inspector(made).look(view))) < 300_000


def test_gradients_of_one_character_are_none() -> None:
    part = inspector(trainer("lstm")).look(GradientsView(Reading("a")))
    assert isinstance(part, Gradients)
    assert (len(part.inputs), part.h.shape, part.sentences) == (0, (0, 0, 0), ())


def test_gradients_say_what_they_show() -> None:
    made = trainer("lstm", layers=2, clip_norm=0.01, updates=2)
    *_, part = slices(Run(made, paused=True), GradientsView(steps=5))
    assert part.c is not None
    assert (part.h.shape, part.c.shape) == ((2, 5, 5), (2, 5, 5))
    assert "on average (h and c of all layers)" in part.sentences[0]
    assert part.sentences[1].startswith("Along the cell state it ")
    assert len(part.sentences) == len(part.layers) == 2
    assert all("(h and c together)" in layer for layer in part.layers)
    assert part.clip.endswith("cut to 0.01 (×0.0" + part.clip[-4:])
    assert part.limit == 0.01


@pytest.mark.parametrize(
    ("steps", "network", "says"),
    [
        (6, {"network": "dense", "context": 1}, "Beyond 1 character nothing of an error arrives: "
         "this network sees the last character and has no memory of what was before."),
        (6, {"network": "cnn", "kernel_size": 3, "layers": 1}, "Beyond 3 characters nothing of "
         "an error arrives: this network sees the last 3 characters and has no memory of what was "
         "before."),
        (5, {"network": "cnn", "kernel_size": 2, "layers": 3}, "An error arrives at all 5 "
         "characters shown: this network sees the last 8 characters and has no memory of what was "
         "before."),
    ],
)  # fmt: skip
def test_gradients_say_where_nothing_arrives(
    steps: int, network: dict[str, Any], says: str
) -> None:
    made = trainer("rnn-tanh", **network)
    part = inspector(made).look(GradientsView(steps=steps))
    assert isinstance(part, Gradients)
    assert part.sentences == (says,)
    assert (part.h.size, part.c, part.layers, part.x.shape) == (0, None, (), (steps, steps))


def test_nothing_inside_is_looked_at_unasked() -> None:
    script, loop = at_desk([Look(View())], paused=True)
    assert looks(script)[-1].inside == ()
    assert loop.engine.probe.inspector.walk is None


def test_a_walk_through_the_worker_is_a_step() -> None:
    there = [GoThrough("on")] * 19
    script, loop = at_desk([*there, (0.5, looked(BackpropView()))], paused=True)
    other = Trainer(HELLO, hello())
    other.step()
    trainer = loop.engine.run.trainer
    assert np.array_equal(trainer.model.flat, other.model.flat)
    assert (looks(script)[-1].update, looks(script)[-1].loss) == (1, other.history.loss)
    assert len(script.replies(Done)) == 19 + 1
    (part,) = looks(script)[-1].inside
    assert isinstance(part, Opened)
    assert part.done == 19
    assert part.clipping is not None


def test_back_again_nothing_has_happened() -> None:
    back = [GoThrough("last"), *[GoThrough("back")] * 19]
    script, loop = at_desk([*back, (0.5, looked(BackpropView()))], paused=True)
    assert np.array_equal(loop.engine.run.trainer.model.flat, Trainer(HELLO, hello()).model.flat)
    shot = looks(script)[-1]
    assert (shot.update, shot.state, shot.reason) == (
        0,
        "paused",
        "Paused before the first update.",
    )
    assert np.isnan(shot.loss)
    assert not shot.curves.update.size
    (part,) = shot.inside
    assert isinstance(part, Opened)
    assert not any(matrix.norm for matrix in part.matrices)


def test_training_goes_on_as_if_never_looked_at() -> None:
    walk = [GoThrough("step on"), GoThrough("last"), GoThrough("back"), GoThrough("last")]
    arrivals = [*walk, Step(), GoThrough("on"), Resume(), (0.1, Step())]
    _, loop = at_desk(arrivals, paused=True)
    trainer, other = loop.engine.run.trainer, Trainer(HELLO, hello())
    assert trainer.update > 2
    while other.update < trainer.update:
        other.step()
    assert np.array_equal(trainer.model.flat, other.model.flat)
    assert trainer.history.scalars() == other.history.scalars()


def test_on_at_the_end_begins_the_next_update() -> None:
    _, loop = at_desk([GoThrough("last"), GoThrough("on")], paused=True)
    inspector = loop.engine.probe.inspector
    assert inspector.walk is not None
    assert (inspector.walk.done, inspector.walk.trace.before.update) == (1, 1)


def test_no_walk_while_training_runs() -> None:
    script, _ = at_desk([GoThrough("on"), CheckNetwork(), looked(BackpropView())])
    reasons = [refused.reason for refused in script.replies(Refused)]
    assert reasons[0] == "Training runs: {train.pause} pauses it, then {backprop.on} goes on."
    assert "{train.pause} pauses" in reasons[1]
    (part,) = looks(script)[-1].inside
    assert isinstance(part, Opened)
    assert (part.steps, part.weight) == ((), None)


def test_a_walk_waits_for_a_validation() -> None:
    config, corpus = prose()
    script, loop = at_desk([Step(), GoThrough("last")], config=config, corpus=corpus, paused=True)
    assert loop.engine.run.trainer.update == 2
    assert not script.replies(Refused)


def test_looking_does_not_finish_a_validation() -> None:
    config, corpus = prose()
    made = Trainer(config, corpus)
    while not made.validating:
        made.step()
    part = inspector(made).look(BackpropView())
    assert isinstance(part, Opened)
    assert (part.steps, made.validating) == ((), True)


def test_the_marked_weight_is_the_largest_of_its_block() -> None:
    made = trainer("gru", layers=2, batch=3, updates=1)
    seen = inspector(made)
    seen.go(GoThrough("last"))
    part = seen.look(BackpropView(rows=3, columns=2, marked=(1, 2, 1)))
    assert isinstance(part, Opened)
    assert part.weight is not None
    picture = part.matrices[1]
    assert (picture.name, picture.shape, picture.values.shape) == (
        part.weight.name,
        (12, 4),
        (3, 2),
    )
    assert part.weight.gradient == picture.values[2, 1]
    assert part.weight.index[0] >= 8
    assert part.weight.index[1] >= 2
    assert part.weight.after == made.model.parameters[part.weight.name][part.weight.index]


def test_a_turned_rate_lays_the_update_open_anew() -> None:
    made = trainer("rnn-tanh")
    seen = inspector(made)
    seen.go(GoThrough("on"))
    made.set_learning_rate(RATE)
    part = seen.look(BackpropView())
    assert isinstance(part, Opened)
    assert part.done == 0
    seen.go(GoThrough("last"))
    part = seen.look(BackpropView())
    assert isinstance(part, Opened)
    assert part.numbers["rate"] == RATE


def test_what_is_known_grows_with_the_walk() -> None:
    made = replace(HELLO)
    seen = inspector(Trainer(made, hello()))
    counts = []
    for _ in range(19):
        seen.go(GoThrough("on"))
        part = seen.look(BackpropView(steps=4, units=3))
        assert isinstance(part, Opened)
        assert part.known is not None
        known = part.known
        counts.append([int(np.isfinite(a).sum()) for a in (known.h, known.losses, known.dh)])
    assert counts[0] == [3, 0, 0]
    assert counts[1] == [3, 1, 0]
    assert counts[8] == [12, 4, 0]
    assert counts[10] == [12, 4, 3]
    assert counts[-1] == [12, 4, 12]


@every_cell
@pytest.mark.parametrize("layers", [1, 2])
def test_gradients_are_followed_back_a_time_step_at_a_time(name: str, layers: int) -> None:
    """The last one is, bit for bit, what the engine gives at once; training may go on meanwhile."""
    made = trainer(name, layers, updates=4)
    model, ids = build(made.config, len(made.corpus.vocab)), made.corpus.ids.astype(int)
    model.flat[:] = made.model.flat
    whole, parts = flow(recurrent(model), ids[:6], ids[1:7]), []
    for part in slices(Run(made, paused=True), GradientsView(steps=6)):
        parts.append(part)
        made.step()
    assert len(parts) == 1 + 6 + 1
    for back, part in enumerate(parts[:-1]):
        assert np.array_equal(part.h[:, :, 6 - back :], whole.h[:, :, 6 - back :], equal_nan=True)
        assert np.isnan(part.h[:, :, : 6 - back]).all()
        assert not part.sentences
    assert np.array_equal(parts[-1].h, whole.h, equal_nan=True)
    assert np.array_equal(parts[-1].x, whole.x, equal_nan=True)
    if whole.c is not None and parts[-1].c is not None:
        assert np.array_equal(parts[-1].c, whole.c, equal_nan=True)
    assert parts[-1].sentences
