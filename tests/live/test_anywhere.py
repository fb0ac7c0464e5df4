"""A window anywhere in the text: what is seen there is what a run over all of the text gives."""

from dataclasses import replace
from typing import Any, Literal, TypeVar, cast

import numpy as np
import pytest

from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.input_flow import input_flow
from rnn_tui.inspection.memory.influence import influence
from rnn_tui.inspection.memory.units.reading import read
from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.recurrent import recurrent
from rnn_tui.nn.loss import log_softmax
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.protocol.influence import InfluenceSeen, InfluenceView
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.memory_span import MemorySpanSeen, MemorySpanView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import WindowView
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.protocol.turned import TurnedSeen, TurnedView
from rnn_tui.protocol.units import UnitText, UnitTextView
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.text.kinds import others_of_its_kind
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import WARM_UP
from tests.live.desk import Clock

Seen = TypeVar("Seen")
TEXT = "".join(f"{n:,} (or {n * n}) is {'odd' if n % 2 else 'even'};\n" for n in range(90))
NEAR, FAR, T = 101, 700, 9
"""Places: all before the first is read, of what is before the second only the last 256."""
NETWORKS: dict[str, dict[str, Any]] = {
    "rnn": {"cell": "rnn"},
    "lstm": {"cell": "lstm", "num_layers": 2},
    "gru": {"cell": "gru"},
    "dense": {"network": "dense", "context": 4},
    "cnn": {"network": "cnn", "num_layers": 3, "kernel_size": 2},
}
every_network = pytest.mark.parametrize("name", NETWORKS)


def trained(name: str, **changes: Any) -> Trainer:
    settings = {"hidden_size": 5, "seq_length": T, "batch_size": 2, **NETWORKS[name], **changes}
    config = Config(dtype="float64", val_fraction=0.4, **settings)
    made = Trainer(config, corpus_from_bytes(TEXT.encode(), "text"))
    for _ in range(7):
        made.step()
    return made


def look(trainer: Trainer, view: InsideView, kind: type[Seen]) -> Seen:
    inspector = Inspector(Run(trainer, paused=True), Clock())
    seen = inspector.look(view)
    while inspector.is_working_on([view]):
        seen = inspector.look(view)
    assert isinstance(seen, kind)
    return seen


def window(trainer: Trainer, reading: Reading, steps: int = T) -> WindowView:
    probe = Probe(Run(trainer, paused=True), Clock())
    view = View(steps=steps, rows=99, reading=reading)
    return probe.take(view, EngineState(12.5, 0.8, 20.0, ())).window


def part_of(trainer: Trainer, part: str) -> np.ndarray[Any, Any]:
    size = trainer.train_size
    ids = trainer.corpus.ids[:size] if part == "training" else trainer.corpus.ids[size:]
    return cast("np.ndarray[Any, Any]", ids.astype(np.int64))


def logits_of(trainer: Trainer, ids: Any, start: int) -> Any:
    """Over all of a text, from the empty memory, one symbol at a time."""
    state, rows = trainer.model.zero_state(1), []
    for id in ids[: start + T].tolist():
        logits, state = trainer.model.forward(np.array([[id]]), state)
        rows.append(logits[0, 0].astype(np.float64))
    return np.array(rows)[start:]


@every_network
@pytest.mark.parametrize("part", ["training", "validation"])
@pytest.mark.parametrize("start", [0, 1, NEAR])
def test_predictions_are_those_of_a_run_from_the_beginning(
    name: str, part: Literal["training", "validation"], start: int
) -> None:
    made = trained(name)
    ids = part_of(made, part)
    logits = logits_of(made, ids, start)
    scores, y = log_softmax(logits), ids[start + 1 : start + 1 + T]
    reading = Reading(part=part, start=start)
    first, second = window(made, reading), look(made, UnrolledView(reading, steps=T), Unrolled)
    for seen in (first, second):
        assert seen.inputs.tolist() == ids[start : start + T].tolist()
        assert seen.targets.tolist() == y.tolist()
        assert seen.losses == pytest.approx(-scores[np.arange(T), y], abs=1e-12)
    probs = np.take_along_axis(np.exp(scores), first.top_ids, axis=1)
    assert first.top_probs == pytest.approx(probs, abs=1e-12)
    shown = np.take_along_axis(logits, second.top_ids, axis=1)
    assert second.logits == pytest.approx(shown, abs=1e-12)


@every_network
def test_far_from_the_beginning_as_many_are_read_first_as_before_a_validations_streams(
    name: str,
) -> None:
    made = trained(name)
    ids = part_of(made, "training")
    logits = logits_of(made, ids[FAR - WARM_UP :], WARM_UP)
    seen = look(made, UnrolledView(Reading(start=FAR), steps=T), Unrolled)
    assert seen.logits == pytest.approx(np.take_along_axis(logits, seen.top_ids, 1), abs=1e-12)
    whole = logits_of(made, ids, FAR)
    assert seen.logits == pytest.approx(np.take_along_axis(whole, seen.top_ids, 1), abs=1e-6)


def test_the_figure_has_the_state_it_begins_with_and_the_gates() -> None:
    made = trained("lstm")
    ids, model = part_of(made, "training"), recurrent(made.model)
    _, state = model.forward(ids[:NEAR, None], model.zero_state(1))
    view = UnrolledView(Reading(start=NEAR), first=2, steps=4, gates=True)
    seen = look(made, replace(view, first=0), Unrolled)
    for layer, before in zip(state, seen.before, strict=True):
        assert before == pytest.approx(layer[0][0], abs=1e-12)
    later = look(made, view, Unrolled)
    for layer, rows in enumerate(later.layers):
        assert rows["h"] == pytest.approx(rows["o"] * np.tanh(rows["c"]), abs=1e-12)
        assert later.before[layer] == pytest.approx(seen.layers[layer]["h"][1], abs=1e-12)


@pytest.mark.parametrize("name", ["dense", "cnn"])
def test_what_a_network_sees_before_its_window_is_the_text_there(name: str) -> None:
    made = trained(name)
    seen = look(made, UnrolledView(Reading(start=NEAR), first=1, steps=4, earlier=6), Unrolled)
    assert seen.earlier.tolist() == part_of(made, "training")[NEAR - 5 : NEAR + 1].tolist()


@every_network
def test_errors_flow_back_as_in_a_run_from_the_beginning(name: str) -> None:
    made = trained(name)
    ids, end = part_of(made, "training"), NEAR + T
    seen = look(made, GradientsView(Reading(start=NEAR), steps=T), Gradients)
    here = slice(NEAR, end)
    x, y = ids[:end], ids[1 : end + 1]
    if isinstance(made.model, LookingBack):
        assert seen.x == pytest.approx(input_flow(made.model, x, y)[here, here], nan_ok=True)
        return
    whole = flow(recurrent(made.model), x, y)
    assert seen.h == pytest.approx(whole.h[:, here, here], nan_ok=True)
    assert seen.x == pytest.approx(whole.x[here, here], nan_ok=True)


@every_network
def test_the_looks_of_screen_5_read_on_from_there(name: str) -> None:
    made = trained(name)
    ids, reading = part_of(made, "training"), Reading(start=NEAR)
    other = others_of_its_kind(made.corpus.vocab)
    told = influence(made.model, ids, NEAR + 8, other, 8)
    seen = look(made, InfluenceView(reading, place=8, back=30), InfluenceSeen)
    assert (seen.first, seen.ids[0], seen.place) == (0, ids[NEAR], 8)
    assert seen.exchange == pytest.approx(told.exchange, nan_ok=True, abs=1e-12)
    assert seen.slope == pytest.approx(told.slope, abs=1e-12)
    logits = logits_of(made, ids, NEAR)
    nats = -log_softmax(logits)[np.arange(T), ids[NEAR + 1 : NEAR + 1 + T]]
    bits = look(made, SurpriseView(reading), SurpriseSeen).bits
    assert bits[:T] == pytest.approx(nats / np.log(2), abs=1e-12)
    units = look(made, UnitTextView(reading, "h", 3, 90), UnitText)
    values = np.empty((NEAR + 90, made.config.hidden_size * made.config.num_layers))
    assert [*read(made.model, ids[: NEAR + 90], "h", 1, values)]
    assert units.values == pytest.approx(values[NEAR:, 3], abs=1e-12)
    turned = look(made, TurnedView(reading), TurnedSeen)
    losses = -log_softmax(made.model.forward(ids[:, None], made.model.zero_state(1))[0][:, 0])
    here = np.arange(NEAR, NEAR + 200)
    assert (turned.count, turned.target) == (200, ids[NEAR + T])
    assert turned.now.loss == pytest.approx(losses[here, ids[here + 1]].mean(), abs=1e-12)
    assert look(made, MemorySpanView(reading), MemorySpanSeen).count == len(ids) - NEAR


@pytest.mark.parametrize("start", [-3, 10**9])
def test_wherever_it_is_asked_to_stand_it_stands_in_the_text(start: int) -> None:
    made = trained("gru")
    seen = window(made, Reading(start=start))
    ids = part_of(made, "training")
    first = 0 if start < 0 else len(ids) - 2
    assert seen.inputs.tolist() == ids[first : first + T][: len(ids) - 1 - first].tolist()


@every_network
def test_without_a_validation_text_there_is_nothing(name: str) -> None:
    trainer = trained(name)
    made = Trainer(replace(trainer.config, val_fraction=0.0), trainer.corpus)
    reading = Reading(part="validation", start=4)
    assert not len(look(made, UnrolledView(reading), Unrolled).inputs)
    assert not len(look(made, GradientsView(reading), Gradients).inputs)
    assert not len(window(made, reading).inputs)


def test_looking_anywhere_changes_nothing() -> None:
    looked_at, alone = trained("lstm"), trained("lstm")
    for start in (0, NEAR, FAR):
        window(looked_at, Reading(start=start))
        look(looked_at, UnrolledView(Reading(start=start), gates=True), Unrolled)
        look(looked_at, GradientsView(Reading(part="validation", start=start)), Gradients)
        assert looked_at.step() == alone.step()
    assert np.array_equal(looked_at.model.flat, alone.model.flat)
