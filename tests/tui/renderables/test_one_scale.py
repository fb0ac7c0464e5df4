"""One update has one scale: in all panels, at every micro-step; and what is painted adds up."""

import math
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.microsteps import micro_steps
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.update import BackpropView, Opened, Vector
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.renderables.update import formulas
from rnn_tui.tui.theme.palette import Palette
from tests.inspection.cases import trainer
from tests.live.test_dispatch import inspector
from tests.tui.inside import InsideStage, trained
from tests.tui.renderables.test_opened import opened

UPDATES = 3
POWER = "[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]"
POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
VECTOR = re.compile(r"\[([^\[\],]*\d)(?: …)?\]")

Shown = list[tuple[float, float]]
"""Numbers as they are painted, each with half a unit of its last digit."""


def shown(text: str) -> Shown:
    return [
        (float(one.replace("−", "-")), 0.5 * 10.0 ** -len(one.partition(".")[2]))
        for one in text.split()
    ]


def vectors(text: str) -> list[Shown]:
    return [shown(found) for found in VECTOR.findall(text)]


def agree(terms: list[Shown], total: Shown, function: Any = float) -> None:
    """Check that terms add up to their sum as far as the digits of all of them go."""
    for *parts, (result, half) in zip(*terms, total, strict=False):
        slack = half + sum(part[1] for part in parts)
        assert abs(function(sum(part[0] for part in parts)) - result) <= slack + 1e-9, (
            parts,
            result,
        )


def mixed(block: str, found: list[Shown]) -> None:
    """Check what an LSTM's memory, or a GRU's h, is mixed of."""
    for (a, da), (b, db), (c, dc), (d, dd), (result, half) in zip(*found, strict=False):
        share = 1 - a if "(1 − z" in block else a
        slack = abs(share) * db + abs(b) * da + abs(c) * dd + abs(d) * dc + da * db + dc * dd
        assert abs(share * b + c * d - result) <= half + slack + 1e-9


def check_sums(text: str) -> int:
    """Check every sum and product that is painted with its result; return how many."""
    count = 0
    for block in re.split(r"^ (?=\S)", text, flags=re.MULTILINE):
        found = vectors(block)
        if "from the future" in block and len(found) == 3:
            agree(found[:2], found[2])
        elif "(1 − h" in block and len(found) == 3 and "⊙ [" in block:
            for (a, da), (b, db), (product, half) in zip(*found, strict=False):
                assert abs(a * b - product) <= half + abs(a) * db + abs(b) * da + da * db + 1e-9
        elif "⊙ tanh(c" in block and len(found) == 3:
            for (o, do), (c, dc), (h, half) in zip(*found, strict=False):
                assert abs(o * math.tanh(c) - h) <= half + do + abs(o) * dc + 1e-9
        elif len(found) == 5 and "⊙" in block:
            mixed(block, found)
        elif len(found) == 5:
            agree(found[:3], found[3])
            agree([found[3]], found[4], np.tanh)
        elif "(L₁ + …" in block and (mean := re.search(r"\] = ([\d.]+)", block)):
            (losses,), result = found, shown(mean[1])[0]
            slack = result[1] + max(half for _, half in losses)
            assert abs(np.mean([loss for loss, _ in losses]) - result[0]) <= slack
        else:
            continue
        count += 1
    return count


@pytest.mark.parametrize("name", ["hello", "rnn-tanh", "lstm", "gru"])
def test_painted_terms_add_up(name: str) -> None:
    made = trainer("lstm" if name == "hello" else name, updates=4)
    if name == "hello":
        made = Trainer(trained(name).config, trained(name).corpus)
    seen, counts = inspector(made), Counter[tuple[int, int]]()
    for _ in range(UPDATES * seen._current().last):
        seen.go(GoThrough("on"))
        part = seen.look(BackpropView())
        assert isinstance(part, Opened)
        for size in ((76, 30), (116, 30), (76, 8)):
            strips = formulas.draw(part, made.config, "abcdefgh", *size, Palette())
            counts[size] += check_sums("\n".join(one.text for one in strips))
    # dh of every time step, and the loss; of an RNN also h and da, of an LSTM c and h, of a GRU h.
    each = 2 if made.config.cell == "gru" else 3
    assert counts[76, 30] == counts[116, 30] == UPDATES * (each * made.config.seq_length + 1)


@pytest.mark.parametrize(
    ("size", "line"),
    [
        (0.032, "= [ 0.32 −1.10] + [ 0.01  2.00] = [ 0.33  0.90]"),
        (0.00032, "= [ 0.003 −0.011] + [ 0.000  0.020] = [ 0.003  0.009]"),
        (3.2e-6, "= [ 0.00003 −0.00011] + [ 0.00000  0.00020] = [ 0.00003  0.00009]"),
    ],
)
def test_small_gradients_have_more_decimals_not_another_power(size: float, line: str) -> None:
    """What comes back to early time steps is small beside the whole; it is not painted as 0."""
    terms = np.array([[0.32, -1.1], [0.01, 2.0]]) * size / 0.32
    named = {"dh_above": terms[0], "dh_future": terms[1], "dh": terms.sum(axis=0)}
    steps = micro_steps(4, 1)
    done = 1 + next(n for n, s in enumerate(steps) if (s.phase, s.layer) == ("backward", 0))
    vectors = {name: Vector(values, 2, 1.0) for name, values in named.items()}
    part = opened(done, limit=0.25, vectors=vectors)
    text = "\n".join(s.text for s in formulas.draw(part, Config(), "helo", 116, 30, Palette()))
    assert line in text
    assert formulas.title(part).endswith("gradients ×10⁻¹")


class SmallStage(InsideStage):
    """The app over a small network of this cell."""

    def __init__(self, cell: Any) -> None:
        super().__init__()
        session = self.session
        config = replace(session.trainer.config, cell=cell)
        session.trainer = Trainer(config, session.trainer.corpus)
        for _ in range(9):
            session.trainer.step()
        session.inspector = Inspector(Run(session.trainer, paused=True), lambda: 0.0)
        self.info = replace(self.info, config=config)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_exponent_in_all_panels(cell: Any, size: tuple[int, int]) -> None:
    stage = SmallStage(cell)
    async with stage.open(size) as pilot:
        await stage.press(pilot, "3")
        for _ in range(UPDATES):
            for done in range(1, 20):
                await stage.press(pilot, "right")
                (part,) = stage.app.screen.snapshot.inside  # type: ignore[attr-defined]
                assert isinstance(part, Opened)
                assert part.done == done
                exponent = math.floor(math.log10(part.limit))
                phase = part.steps[done - 1].phase
                high = size == (120, 40)  # the other has room for one panel below the formulas
                forward = phase in ("forward", "loss")
                panels = ["Gradients summed up so far · "] if high or not forward else []
                panels += ["dL/dh "] if high or forward else []
                panels += ["· gradients "] if phase == "backward" else []
                text = stage.text
                for panel in panels:
                    found = re.search(rf"{panel}×10({POWER}+)", text)
                    assert (int(found[1].translate(POWERS)) if found else 0) == exponent, panel
                assert len(re.findall(rf"×10{POWER}", text)) == (exponent != 0) * len(panels)
