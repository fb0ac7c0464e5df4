"""The equations of a micro-step with its numbers filled in."""

import math
import re
from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.names import weight_on_paper
from rnn_tui.nn.equations import Equation
from rnn_tui.protocol.update import Opened, Vector, Weight
from rnn_tui.text.steady import steady
from rnn_tui.training.settings.config import Config
from rnn_tui.tui.renderables.lines import Part, cells, fill, line, spread
from rnn_tui.tui.renderables.numbers import beside, significant
from rnn_tui.tui.renderables.unrolled import fixed
from rnn_tui.tui.renderables.update.equations import equations
from rnn_tui.tui.renderables.update.matrices import decimal, power, unit
from rnn_tui.tui.theme.palette import Palette

LEFT = 6
"""Cells for the left sides."""
MOST_DECIMALS = 6
"""Of a gradient: more would leave no room for a second number in a narrow window."""
START = (
    "This is one update, laid open. {backprop.on} does the next micro-step, {backprop.back} takes "
    "it back; {backprop.step_on} and {backprop.step_back} go a whole time step; {backprop.last} "
    "makes the update, {backprop.first} goes back to before it."
)
_FIELD = re.compile(r"\{(\w+)\}")


def draw(
    part: Opened, config: Config, symbols: Sequence[str], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw the equations of the last of the steps done into `height` lines of `width` cells."""
    step = part.steps[part.done - 1]
    target = steady(symbols[int(part.targets[step.t])]) if step.t >= 0 else ""
    last = step.t == len(part.inputs) - 1
    written = equations(step, config, target, part.batch_size, last=last)
    hue = palette.backward if step.phase == "backward" else palette.forward
    roomy = [_equation(equation, part, width, palette, hue) for equation in written]
    if (total := sum(len(block) for block in roomy)) > height:
        roomy = [_tight(equation, part, width, palette, hue) for equation in written]
    elif total + len(roomy) - 1 <= height:
        roomy = [[*block, Strip.blank(width)] for block in roomy]
    return fill([one for block in roomy for one in block], width, height)


def _equation(
    equation: Equation, part: Opened, width: int, palette: Palette, hue: Style
) -> list[Strip]:
    """Draw letters and meaning on the first line, the numbers below, the result last."""
    head = _head(equation, palette.strong, hue)
    words = _words(equation, part, width, palette)
    decimals = _decimals(equation, part)
    numbers = [_filled(text, part, width - LEFT - 3, decimals) for text in equation.filled]
    if equation.letters.startswith("+="):
        return [line([*head, (f"   {numbers[0]}", palette.text)], width)]
    if not equation.letters:
        return [spread([*head, (f"= {numbers[0]}", palette.strong)], words, width)]
    *steps, result = numbers
    body: list[list[Part]] = [[(f"= {text}", palette.text)] for text in steps]
    last = (f"= {result}", palette.strong)
    if body and cells([*body[-1], (" ", palette.text), last]) <= width - LEFT - 1:
        body[-1] += [(" ", palette.text), last]
    else:
        body.append([last])
    blank = (" " * (LEFT + 1), palette.text)
    return [spread(head, words, width), *(line([blank, *parts], width) for parts in body)]


def _tight(
    equation: Equation, part: Opened, width: int, palette: Palette, hue: Style
) -> list[Strip]:
    """Draw letters and result on one line."""
    head = _head(equation, palette.text, hue)
    sign = "   " if equation.letters.startswith("+=") else " = " if equation.letters else "= "
    room = width - cells(head) - len(sign)
    result = _filled(equation.filled[-1], part, room, _decimals(equation, part))
    words = _words(equation, part, width, palette)
    return [spread([*head, (sign + result, palette.strong)], words, width)]


def _words(equation: Equation, part: Opened, width: int, palette: Palette) -> list[Part]:
    """Draw what it means."""
    return [(f"{_filled(equation.words, part, width)} ", palette.dim)] if equation.words else []


MOVED = {"before": "after", "after": "before"}
"""The marked weight on both sides of the update, with as many digits as it takes to see it move."""


def _head(equation: Equation, style: Style, hue: Style) -> list[Part]:
    """Draw the left side and the letters."""
    head: list[Part] = [(f" {equation.left:<{LEFT}}", hue)]
    if equation.letters:
        sign = "" if equation.letters.startswith("+=") else "= "
        head.append((sign + equation.letters, style))
    return head


def _filled(text: str, part: Opened, room: int, decimals: int = 2) -> str:
    """Put numbers in the places of names, as many entries of the vectors as there is room for."""
    most = max((len(v.values) for v in part.vectors.values()), default=1)
    for entries in range(most, 0, -1):
        filled = "".join(
            _number(piece, part, entries, decimals) if place % 2 else piece
            for place, piece in enumerate(_FIELD.split(text))
        )
        if cell_len(filled) <= room or entries == 1:
            return filled
    return text


def _number(name: str, part: Opened, entries: int, decimals: int) -> str:
    if name == "weight" and part.weight:
        return indexed(part.weight, several=any(step.layer for step in part.steps))
    if name in part.words:
        return steady(part.words[name]).replace("e-0", "e−").replace("e-", "e−")
    exponent = 0 if name == "slope" else _exponent(part)
    if name in MOVED and name in part.numbers:
        return beside(part.numbers[name], part.numbers[MOVED[name]])
    if name in part.numbers:
        return significant(part.numbers[name] / 10.0**exponent)
    vector = part.vectors.get(name)
    if vector is None:
        return "·"
    return bracketed(vector, entries, exponent, decimals)


def _exponent(part: Opened) -> int:
    """Return the power of ten of the update's gradients; 0 where no gradients are told."""
    backward = bool(part.done) and part.steps[part.done - 1].phase == "backward"
    return power(part.limit) if backward else 0


def _decimals(equation: Equation, part: Opened) -> int:
    """Return how many decimals all vectors of an equation have, so that its terms add up.

    Of gradients, as many as give the largest at least two digits: the power of ten is the whole
    update's, and those of early time steps can be far below it.
    """
    if part.steps[part.done - 1].phase != "backward":
        return 2
    names = {name for text in equation.filled for name in _FIELD.findall(text)} - {"slope"}
    arrays = [part.vectors[name].values for name in names if name in part.vectors]
    largest = max((float(np.abs(array).max(initial=0.0)) for array in arrays), default=0.0)
    if not 0 < largest < np.inf:
        return 2
    return min(max(1 + power(part.limit) - math.floor(math.log10(largest)), 2), MOST_DECIMALS)


def title(part: Opened) -> str:
    """Say which micro-step it is, and in which unit its gradients are told."""
    if not part.done:
        return "One update"
    step = part.steps[part.done - 1]
    if step.t < 0:
        return {"loss": "Loss", "clip": "Clipping", "update": "The update"}[step.phase]
    layers = sum(other.group == step.group for other in part.steps) - 1
    where = "output" if step.layer is None else "hidden layer"
    if step.layer is not None and layers > 1:
        where += f" {step.layer + 1}"
    words = f"{step.phase.capitalize()} · time step {step.t + 1} · {where}"
    told = unit(part.limit) if step.phase == "backward" else ""
    return f"{words} · gradients {told}" if told else words


def indexed(weight: Weight, *, several: bool) -> str:
    """Write which weight: W_hh[2,1], rows and columns from 1."""
    return weight_on_paper(weight.name, weight.index, 2 if several else 1)


def bracketed(vector: Vector, entries: int, exponent: int = 0, decimals: int = 2) -> str:
    """Write a vector: [ 0.17 −0.39 −0.19 …]."""
    scaled = vector.values[:entries] / 10.0**exponent
    # With more decimals than two, all numbers are below 1.
    texts = (fixed(v).strip() if decimals == 2 else decimal(v, decimals) for v in scaled)
    shown = "".join(f" {text:>{decimals + 3}}" for text in texts)
    return f"[{shown[1:]}{' …' if vector.size > entries else ''}]"
