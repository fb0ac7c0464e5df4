"""A text read with something changed, beside what the network made of it without."""

from collections.abc import Sequence

import numpy as np
from rich.style import Style

from rnn_tui.inspection.experiment.changes import Change, Exchanged, Wiped
from rnn_tui.inspection.names import unit_on_paper
from rnn_tui.language import mark, tr
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.numbers import percent, trimmed
from rnn_tui.tui.theme.palette import Palette

MOVED = "≠"
"""Behind a number that is written otherwise than before."""
ROWS = 2
"""So many rows say what was expected before, and what now."""
UNDERLINED = Style(underline=True)
APART = 0.005
"""From how far apart on two numbers without digits are not the same."""
WIPED, TYPED = mark("wiped"), mark("typed")


def moved(now: str, was: str) -> str:
    """Return the mark of what is written otherwise than before, or a blank."""
    return " " if was == now else MOVED


def expected(part: Unrolled, column: int, symbols: Sequence[str]) -> str:
    """Write what a time step expects most, with its probability; ▸ where that comes, × where not.

    The mark is left out where nobody knows what comes.
    """
    best = int(np.argmax(part.logits[column]))
    id, target = int(part.top_ids[column][best]), int(part.targets[column])
    sign = " " if target < 0 else "▸" if id == target else "×"
    return f"{sign}{steady(symbols[id])} {percent(float(part.probs[column][best]))} %"


def look_of(part: Unrolled, column: int, palette: Palette) -> Style:
    """Return the color of that: of what is right, of what is wrong."""
    best, target = int(np.argmax(part.logits[column])), int(part.targets[column])
    if target < 0:
        return palette.text
    return palette.right if part.top_ids[column][best] == target else palette.wrong


def number_of(part: Unrolled, column: int, id: int, *, probabilities: bool) -> float:
    """Return a symbol's logit or probability; NaN: it was not among the likeliest."""
    (places,) = np.nonzero(part.top_ids[column] == id)
    if len(places):
        return float((part.probs if probabilities else part.logits)[column][places[0]])
    if id == part.targets[column]:
        return float((part.target_probs if probabilities else part.target_logits)[column])
    return np.nan


def underlined(
    cells: Sequence[tuple[str, Style]], now: Sequence[float], was: Sequence[float]
) -> list[tuple[str, Style]]:
    """Return cells without digits, those underlined whose number is another one than before."""
    return [
        (text, style + UNDERLINED) if abs(here - before) >= APART else (text, style)
        for (text, style), here, before in zip(cells, now, was, strict=False)
    ]


def both(now: str, was: str) -> str:
    """Write a number, and where it was another one, that first."""
    return now if was == now else f"{was}→{now}"


def said(change: Change, info: RunInfo, inputs: Sequence[int], first: int) -> str:
    """Say what is changed.

    Args:
        change: What is.
        info: Of the run.
        inputs: What is read at the time steps that are shown, as the text has it.
        first: The first of them.
    """
    step, config = change.step + 1, info.config
    if isinstance(change, Wiped):
        state = " = ".join(CELLS[config.cell].state)
        return tr("{state} = 0 at step {step}", state=state, step=step)
    if isinstance(change, Exchanged):
        symbol = name(change.id, info)
        if 0 <= change.step - first < len(inputs):
            instead = name(inputs[change.step - first], info)
            return tr(
                "step {step} reads {symbol}, not {instead}",
                step=step, symbol=symbol, instead=instead,
            )  # fmt: skip
        return tr("step {step} reads {symbol}", step=step, symbol=symbol)
    unit = unit_on_paper(config, change.layer, change.unit)
    number = change.letter + unit[1:]
    return tr(
        "{number} = {value} at step {step}", number=number, value=trimmed(change.value), step=step
    )


def name(id: int, info: RunInfo) -> str:
    """Name a symbol."""
    return steady(named(info.symbols[id], info.letters[id]))
