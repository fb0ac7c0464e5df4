"""The update's formula, read off the painted lines, gives the change that the update makes."""

import re
from typing import get_args

import pytest

from rnn_tui.nn.names import OptimizerName
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.update import BackpropView, Opened
from rnn_tui.tui.renderables.update import formulas
from rnn_tui.tui.theme.palette import Palette
from tests.inspection.cases import NAMES, trainer
from tests.live.test_dispatch import inspector

TOLD = {
    "sgd": "SGD, η = ",
    "momentum": "momentum, η = ",
    "adagrad": "Adagrad, η = ",
    "rmsprop": "RMSprop, η = ",
    "adam": "Adam, η = ",
}
REMEMBERED = {"sgd": "", "momentum": "v", "adagrad": "s", "rmsprop": "s", "adam": "mv"}


def painted(cell: str, to: str, height: int, **settings: object) -> tuple[Opened, list[str]]:
    made = trainer(cell, updates=3, **settings)
    seen = inspector(made)
    for _ in range(1 if to == "last" else made.config.seq_length * 4 + 1):
        seen.go(GoThrough(to))  # type: ignore[arg-type]
    part = seen.look(BackpropView(rows=64, columns=64, marked=(1, 1, 2)))
    assert isinstance(part, Opened)
    strips = formulas.draw(part, made.config, "abcde", 76, height, Palette())
    return part, [one.text.rstrip() for one in strips]


@pytest.mark.parametrize("optimizer", get_args(OptimizerName))
@pytest.mark.parametrize("height", [8, 20])
@pytest.mark.parametrize("rate", [0.03, 0.002])
def test_the_change_follows_from_the_formula(
    optimizer: OptimizerName, height: int, rate: float
) -> None:
    part, lines = painted("gru", "last", height, optimizer=optimizer, learning_rate=rate)
    text = "\n".join(lines)
    assert TOLD[optimizer] in text
    assert "·\n" not in text
    for slot in REMEMBERED[optimizer]:
        assert re.search(rf"^ {slot}  ", text, re.MULTILINE)
    here = next(line for line in lines if line.startswith(" here")).replace("−", "-")
    number = r"\(?(-?[\d.e-]+)\)?"
    found = re.search(
        rf"W_hh\[2,3\]: {number} - {number} · {number}(?: / √{number})? = {number}$", here
    )
    assert found, here
    before, eta, factor, squares, after = (float(one) if one else 1.0 for one in found.groups())
    assert part.weight is not None
    change = part.weight.after - part.weight.value
    assert after - before == pytest.approx(change, rel=0.1)
    assert -eta * factor / squares**0.5 == pytest.approx(change, rel=0.02)


@pytest.mark.parametrize("cell", NAMES)
def test_the_first_time_step_hands_nothing_on(cell: str) -> None:
    """Its gradient for h₀ is computed and goes nowhere: the window begins there."""
    made = trainer(cell)
    seen = inspector(made)
    told = {}
    for _ in range(seen._current().last - 2):
        seen.go(GoThrough("on"))
        part = seen.look(BackpropView())
        assert isinstance(part, Opened)
        step = part.steps[part.done - 1]
        if step.phase == "backward" and step.layer is not None:
            strips = formulas.draw(part, made.config, "abcde", 76, 30, Palette())
            told[step.t] = "\n".join(one.text for one in strips)
    count = 2 if cell == "lstm" else 1
    assert told[0].count("stops here: the window begins") == count
    assert "goes on into the past" not in told[0]
    for t in range(1, made.config.seq_length):
        assert "goes on into the past" in told[t]
        assert "stops here" not in told[t]
