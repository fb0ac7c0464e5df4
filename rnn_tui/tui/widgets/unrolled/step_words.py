"""What is said of the marked time step, with all digits."""

import numpy as np

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.unrolled import compared

STEP = mark("step {step}:")


def told(part: Unrolled, info: RunInfo, step: int, unit: int, layer: int) -> str:
    """Return all digits of a time step, and those of before where they were others.

    Args:
        part: What is shown.
        info: The run.
        step: The time step, from 0; nothing is said of one that is not shown.
        unit: The hidden unit, from 0.
        layer: Its layer; negative: counted from the top.
    """
    at = step - part.first
    if not 0 <= at < len(part.inputs):
        return ""
    was = part.unchanged or part
    now, before = (_hidden(reading, at, unit, layer) for reading in (part, was))
    shown = min(unit, part.layers[0]["h"].shape[1] - 1) if part.unit is None else part.unit
    hidden = f"h{shown + 1} {compared.both(now, before)}"
    if part.targets[at] < 0 or np.isnan(part.losses[at]):
        return f"{tr(STEP, step=step + 1)} {hidden}  "
    target = steady(info.symbols[int(part.targets[at])])
    p = compared.both(f"{part.target_probs[at]:.5f}", f"{was.target_probs[at]:.5f}")
    loss = compared.both(f"{part.losses[at]:.5f}", f"{was.losses[at]:.5f}")
    cost = tr("loss {number}", number=loss)
    return f"{tr(STEP, step=step + 1)} {hidden}  p({target}) {p}  {cost}  "


def opened(part: Unrolled, step: int, unit: int, layer: int) -> str:
    """Return a unit's number, gates and memory, where the figure has no rows for them."""
    at, rows = step - part.first, part.layers[layer % len(part.layers)]
    if len(rows) < 2 or not 0 <= at < len(part.inputs):
        return ""
    unit = min(unit, rows["h"].shape[1] - 1)
    hidden, *others = (f"{values[at, unit]:.2f}".replace("-", "−") for values in rows.values())
    inside = zip(list(rows)[1:], others, strict=True)
    told = "  ".join(f"{name} {number}" for name, number in inside)
    return f"{tr(STEP, step=step + 1)} h{unit + 1} {hidden}  {told}"


def _hidden(part: Unrolled, at: int, unit: int, layer: int) -> str:
    """Write the unit's number."""
    top = part.layers[layer % len(part.layers)]["h"]
    return f"{top[at, min(unit, top.shape[1] - 1)]:.5f}".replace("-", "−")
