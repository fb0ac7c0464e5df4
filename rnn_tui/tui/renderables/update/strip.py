"""The micro-steps of an update in a row: what is done, where we are, what is to come."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.language import mark, tr
from rnn_tui.protocol.update import Opened
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import SLOT, slot
from rnn_tui.tui.renderables.lines import Part, cells, line
from rnn_tui.tui.theme.palette import Palette

HERE = Style(reverse=True, bold=True)
WORDS = {"loss": mark("loss"), "clip": mark("clip"), "update": mark("update")}
GAPS = 4 * len(" ┃ ") + 2 * len(WORDS)
"""Cells that are neither words nor time steps."""


def draw(part: Opened, symbols: Sequence[str], width: int, palette: Palette) -> list[Strip]:
    """Draw two lines: the micro-steps, and the characters read at the time steps."""
    here = part.steps[part.done - 1] if part.done else None
    count = len(part.inputs)
    forward = " " + tr("forward")
    words = forward, *map(tr, ("backward", *WORDS.values()))
    fixed = sum(map(cell_len, words)) + GAPS
    room = max((width - fixed) // (2 * _step(part)), 1)
    shown = _shown(count, room, here)
    upper: list[Part] = [(forward, palette.forward)]
    upper += _times(part, "forward", shown, here, palette)
    upper += [(" ┃ ", palette.dim), _word("loss", part, here, palette)]
    upper += [(" ┃ ", palette.dim), (tr("backward"), palette.backward)]
    middle = cells(upper)
    upper += _times(part, "backward", shown[::-1], here, palette)
    upper += [(" ┃ ", palette.dim), _word("clip", part, here, palette)]
    upper += [(" ┃ ", palette.dim), _word("update", part, here, palette)]
    lower: list[Part] = [(" " * cell_len(forward), palette.dim)]
    lower += _characters(part, symbols, shown, palette)
    lower.append((" " * (middle - cells(lower)), palette.dim))
    lower += _characters(part, symbols, shown[::-1], palette)
    return [line(upper, width), line(lower, width)]


def _shown(count: int, room: int, here: MicroStep | None) -> list[int]:
    """Return the time steps there is room for, with the present one among them."""
    if count <= room:
        return list(range(count))
    t = 0 if here is None else here.t
    if here is not None and here.t < 0:
        t = 0 if here.phase == "update" or here.phase == "clip" else count - 1
    first = min(max(t - room // 2, 0), count - room)
    return list(range(first, first + room))


def _times(
    part: Opened, phase: str, shown: list[int], here: MicroStep | None, palette: Palette
) -> list[Part]:
    done = {(step.phase, step.t) for step in part.steps[: part.done]}
    parts: list[Part] = []
    for t in shown:
        text = f"{t + 1:>{_step(part)}}"
        current = here is not None and (here.phase, here.t) == (phase, t)
        style = palette.text if (phase, t) in done else palette.unknown
        parts.append((text, HERE if current else style))
    return parts


def _word(phase: str, part: Opened, here: MicroStep | None, palette: Palette) -> Part:
    if here is not None and here.phase == phase:
        return f" {tr(WORDS[phase])} ", HERE
    done = any(step.phase == phase for step in part.steps[: part.done])
    return f" {tr(WORDS[phase])} ", palette.text if done else palette.unknown


def _characters(
    part: Opened, symbols: Sequence[str], shown: list[int], palette: Palette
) -> list[Part]:
    glyphs = (_right(steady(symbols[int(part.inputs[t])])) for t in shown)
    blank = _step(part) - SLOT
    return [(" " * blank + glyph, palette.dim) for glyph in glyphs]


def _right(glyph: str) -> str:
    """Write a glyph at the right edge of its cells."""
    return slot(glyph) if cell_len(glyph) >= SLOT else f" {glyph}"


def _step(part: Opened) -> int:
    """Cells of a time step."""
    return 3 if len(part.inputs) < 100 else 4
