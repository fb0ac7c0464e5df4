"""Numbers in the places of an equation's names."""

import math
import re

import numpy as np
from rich.cells import cell_len

from rnn_tui.inspection.names import weight_on_paper
from rnn_tui.language import tr
from rnn_tui.nn.equations import Equation
from rnn_tui.protocol.update import Opened, Vector, Weight
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.numbers import beside, significant
from rnn_tui.tui.renderables.unrolled.boxes import fixed
from rnn_tui.tui.renderables.update.matrices import decimal, power

MOST_DECIMALS = 6
"""Of a gradient: more would leave no room for a second number in a narrow window."""
MOVED = {"before": "after", "after": "before", "whole": "decayed", "decayed": "whole"}
"""The marked weight on both sides of the update, and of its decay, with as many digits as it takes
to see it move."""
FACTORS = {"slope", "mask"}
"""What gradients are multiplied by: in the update's power of ten they are not told."""
_FIELD = re.compile(r"\{(\w+)\}")


def filled(text: str, part: Opened, room: int, decimals: int = 2) -> str:
    """Put numbers in the places of names, as many entries of the vectors as there is room for."""
    template = tr(text)
    most = max((len(v.values) for v in part.vectors.values()), default=1)
    for entries in range(most, 0, -1):
        written = "".join(
            _number(piece, part, entries, decimals) if place % 2 else piece
            for place, piece in enumerate(_FIELD.split(template))
        )
        if cell_len(written) <= room or entries == 1:
            return written
    return template


def _number(name: str, part: Opened, entries: int, decimals: int) -> str:
    if name == "weight" and part.weight:
        return indexed(part.weight, several=any(step.layer for step in part.steps))
    if name in part.words:
        return steady(tr(part.words[name])).replace("e-0", "e−").replace("e-", "e−")
    exponent = 0 if name in FACTORS else _exponent(part)
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


def decimals_of(equation: Equation, part: Opened) -> int:
    """Return how many decimals all vectors of an equation have, so that its terms add up.

    Of gradients, as many as give the largest at least two digits: the power of ten is the whole
    update's, and those of early time steps can be far below it.
    """
    if part.steps[part.done - 1].phase != "backward":
        return 2
    names = {name for text in equation.filled for name in _FIELD.findall(text)} - FACTORS
    arrays = [part.vectors[name].values for name in names if name in part.vectors]
    largest = max((float(np.abs(array).max(initial=0.0)) for array in arrays), default=0.0)
    if not 0 < largest < np.inf:
        return 2
    return min(max(1 + power(part.limit) - math.floor(math.log10(largest)), 2), MOST_DECIMALS)


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
