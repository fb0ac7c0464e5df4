"""What has the same name on two screens is the same number, and what differs says in what."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from textual.widgets import Static

from rnn_tui.live.info import describe
from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import GoThrough, View
from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.unrolled import UnrolledView
from rnn_tui.protocol.update import BackpropView, Opened
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.renderables import header
from rnn_tui.tui.renderables.numbers import loss, significant, trimmed
from rnn_tui.tui.renderables.run_facts import facts
from rnn_tui.tui.theme.palette import Palette
from rnn_tui.tui.widgets.gradients.norm_chart import NormChart
from rnn_tui.tui.widgets.loss_chart import LossChart
from rnn_tui.tui.widgets.run_panel import RunPanel
from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars
from rnn_tui.tui.widgets.unrolled.unrolled_panel import UnrolledPanel
from tests.inspection.cases import trainer, truth
from tests.tui.widgets.stage import Stage

STEPS = 6


def looked(made: Trainer, inside: InsideView, steps: int = STEPS) -> tuple[Snapshot, RunInfo]:
    """One snapshot of a paused run, as the worker takes it."""
    probe = Probe(Run(made, paused=True), lambda: 0.0)
    view = View(steps=steps, inside=(inside,))
    return probe.take(view, EngineState(0.0, 0.8, 0.0, ())), describe(made)


async def last_line(panel: Any, snapshot: Snapshot, info: RunInfo, width: int = 110) -> str:
    """The panel's lower edge, where its legend stands."""
    app = Stage(panel)
    async with app.run_test(size=(width, 30)) as pilot:
        panel.show(snapshot, info)
        await pilot.pause()
        return app.lines[-1]


def head(snapshot: Snapshot, info: RunInfo) -> str:
    return " ".join(strip.text for strip in header.draw(snapshot, info, 150, Palette()))


def plain_losses(made: Trainer) -> Any:
    """The losses of the beginning of the text by the plain loop, from a zero state."""
    assert made.window_index == 0
    made.state = made.model.zero_state(1)
    return truth(made, 0)["losses"]


@pytest.mark.parametrize(("name", "layers"), [("rnn-tanh", 1), ("lstm", 2), ("gru", 1)])
async def test_mean_losses_of_screens_one_and_two(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=21)
    made.update = 20  # at the beginning of the text again
    made.update -= made.update % made.windows_per_epoch
    expected = plain_losses(made)
    snapshot, info = looked(made, UnrolledView(steps=3))
    said = f"mean loss of steps 1–6: {loss(float(expected.mean())):>5} nats"
    assert said in await last_line(SoftmaxBars(), snapshot, info)
    assert said in await last_line(UnrolledPanel(), snapshot, info)


async def test_of_fewer_columns_the_mean_is_of_those_and_says_so() -> None:
    made = trainer("rnn-tanh", updates=11)
    expected = plain_losses(made)
    snapshot, info = looked(made, UnrolledView(steps=3))
    bars = SoftmaxBars()
    app = Stage(bars)
    async with app.run_test(size=(34, 12)) as pilot:
        bars.show(snapshot, info)
        await pilot.pause()
        shown = bars.visible_steps
        assert 1 < shown < STEPS
        first = f"1–{shown} of 6: {loss(float(expected[:shown].mean())):>5}"
        assert f"mean loss {first}" in app.lines[-1]
        bars.scroll_steps(2)
        await pilot.pause()
        later = loss(float(expected[2 : shown + 2].mean()))
        assert f"3–{shown + 2} of 6: {later:>5}" in app.lines[-1]


async def test_of_a_text_of_ones_own_the_mean_has_another_name() -> None:
    snapshot, info = looked(trainer("rnn-tanh", updates=11), UnrolledView(reading=Reading("bad")))
    panel = UnrolledPanel()
    panel.reading = Reading("bad")
    line = await last_line(panel, snapshot, info)
    losses = snapshot.inside[0].losses[:2]  # type: ignore[union-attr]
    assert f"mean loss of your text: {loss(float(np.mean(losses))):>5} nats" in line


def test_the_headers_loss_is_that_of_the_update_and_before_it() -> None:
    made = trainer("lstm", updates=11)
    expected = plain_losses(made).mean()  # of the window at hand, by the weights as they are
    made.step()
    snapshot, info = looked(made, UnrolledView())
    assert f"update      12  loss before it {loss(expected):>5}" in head(snapshot, info)
    refused = replace(snapshot, state="diverged", loss=47.0)
    assert "update      12  loss after it   47.0" in head(refused, info)


async def test_the_chart_in_the_past_has_the_validation_loss_of_then() -> None:
    made = trainer("rnn-tanh", updates=3, val_fraction=0.3)
    made.history.add_validation(2, 1.75)
    made.history.add_validation(3, 1.25)
    snapshot, info = looked(made, UnrolledView())
    assert "validation  1.25" in await last_line(LossChart(), snapshot, info)
    for then, told in ((1.75, "validation  1.75"), (None, "validation     –")):
        past = replace(snapshot, validation=then)
        assert told in await last_line(LossChart(), past, info)


async def test_smoothed_and_norm_on_the_chart_and_in_the_facts() -> None:
    made = trainer("gru", updates=7)
    snapshot, info = looked(made, GradientsView())
    mean = weight = 0.0
    again = trainer("gru")
    for _ in range(7):
        mean, weight = 0.99 * mean + 0.01 * again.step().loss, 0.99 * weight + 0.01
    smoothed = mean / weight
    chart = await last_line(LossChart(), snapshot, info)
    assert f"smoothed {loss(smoothed):>5}" in chart
    page = await run_page(snapshot, info)
    assert f"perplexity  {significant(math.exp(smoothed))} (smoothed)" in page
    assert f"bits/char   {significant(smoothed / math.log(2))} (smoothed)" in page
    norm = significant(made.grad_norm)
    assert f"gradient    {norm} (norm before clipping)" in page
    assert f"last {norm}" in await last_line(NormChart(), snapshot, info)


async def run_page(snapshot: Snapshot, info: RunInfo) -> str:
    panel = RunPanel()
    app = Stage(panel)
    async with app.run_test(size=(110, 40)) as pilot:
        panel.show(snapshot, info)
        await pilot.pause()
        assert isinstance(panel, Static)
        return app.text


def test_the_learning_rate_is_that_of_the_next_update_and_the_settings_say_at_the_start() -> None:
    made = trainer("rnn-tanh", updates=5, learning_rate=0.02)
    made.set_learning_rate(0.07)
    snapshot, info = looked(made, BackpropView())
    assert f"lr {trimmed(0.07)}" in head(snapshot, info)
    inspector = Inspector(Run(made, paused=True), lambda: 0.0)
    inspector.go(GoThrough("last"))
    opened = inspector.look(BackpropView())
    assert isinstance(opened, Opened)
    assert opened.numbers["rate"] == pytest.approx(0.07)
    assert dict(facts(info))["optimizer"].endswith("rate 0.02 at the start")
