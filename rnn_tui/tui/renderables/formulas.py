"""The equations of a micro-step with its numbers filled in."""

import re
from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip

from rnn_tui.text.visible import visible
from rnn_tui.training.config import Config
from rnn_tui.tui.palette import Palette
from rnn_tui.tui.renderables.equations import Equation, equations
from rnn_tui.tui.renderables.lines import Part, cells, cut, fill, line, sentence, spread
from rnn_tui.tui.renderables.numbers import significant
from rnn_tui.tui.renderables.unrolled import fixed
from rnn_tui.worker.inside import Opened, Vector

LEFT = 9
"""Cells for the left sides."""
START = (
    "This is one update, laid open. → does the next micro-step, ← takes it back; with shift, a "
    "whole time step; End makes the update, Home goes back to before it."
)
_FIELD = re.compile(r"\{(\w+)\}")


def draw(
    part: Opened, config: Config, symbols: Sequence[str], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw the equations of the last micro-step into `height` lines of `width` cells."""
    if not part.done:
        return sentence(START, width, height, palette.text)
    step = part.steps[part.done - 1]
    target = visible(symbols[int(part.targets[step.t])]) if step.t >= 0 else ""
    written = equations(step, config, target, part.batch_size)
    lines: list[Strip] = []
    roomy = height >= sum(1 + len(e.filled) for e in written) + len(written) - 1
    for equation in written:
        if roomy and lines:
            lines.append(Strip.blank(width))
        lines += _equation(equation, part, width, palette, color=step.phase == "backward")
    if len(lines) > height:
        tight = [_tight(equation, part, width, palette) for equation in written]
        lines = [one for pair in tight for one in pair][:height]
    return fill(lines, width, height)


def _equation(
    equation: Equation, part: Opened, width: int, palette: Palette, *, color: bool
) -> list[Strip]:
    """Draw letters and meaning on the first line, numbers below; on one line where both fit."""
    hue = palette.backward if color else palette.forward
    left = _filled(equation.left, part, width)
    head: list[Part] = [(f" {left:<{LEFT}}", hue)]
    if equation.letters:
        sign = "" if equation.letters.startswith("+=") else "= "
        head.append((sign + equation.letters, palette.strong))
    numbers = [_filled(text, part, width - LEFT - 4) for text in equation.filled]
    words: list[Part] = [(f"{equation.words} ", palette.dim)] if equation.words else []
    body = [
        line(
            [
                (" " * (LEFT + 1), palette.text),
                (
                    f"= {cut(text, width - LEFT - 3)}",
                    palette.strong if text is numbers[-1] else palette.text,
                ),
            ],
            width,
        )
        for text in numbers
    ]
    if not equation.letters:
        head.append((f"= {numbers[0]}", palette.strong))
        body = body[1:]
    return [spread(head, words, width), *body]


def _tight(equation: Equation, part: Opened, width: int, palette: Palette) -> list[Strip]:
    """Draw letters and result on one line."""
    left = _filled(equation.left, part, width)
    parts: list[Part] = [(f" {left:<{LEFT}}", palette.forward)]
    if equation.letters:
        sign = "" if equation.letters.startswith("+=") else "= "
        parts.append((f"{sign}{equation.letters} ", palette.text))
    room = width - cells(parts)
    result = _filled(equation.filled[-1], part, room - 3)
    parts.append((f"= {result}", palette.strong))
    return [line(parts, width)]


def _filled(text: str, part: Opened, room: int) -> str:
    """Put numbers in the places of names, as many entries of the vectors as there is room for."""
    most = max((len(v.values) for v in part.vectors.values()), default=1)
    for entries in range(most, 0, -1):
        filled = _FIELD.sub(lambda match, most=entries: _number(match[1], part, most), text)
        if cell_len(filled) <= room or entries == 1:
            return filled
    return text


def _number(name: str, part: Opened, entries: int) -> str:
    if name in part.words:
        return visible(part.words[name])
    if name in part.numbers:
        return significant(part.numbers[name])
    vector = part.vectors.get(name)
    return "·" if vector is None else bracketed(vector, entries)


def bracketed(vector: Vector, entries: int) -> str:
    """Write a vector: [ 0.17 −0.39 −0.19 …]."""
    shown = "".join(f"{fixed(value)[-6:]:>6}" for value in vector.values[:entries])
    return f"[{shown[1:]}{' …' if vector.size > entries else ''}]"
