"""What W_hh does to what is remembered, in sentences."""

import math

from rnn_tui.inspection.memory.recurrence import Recurrence, half_life
from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.cells import ACTIVATIONS, CELLS


def sentences(found: Recurrence, config: NetworkConfig) -> list[str]:
    """Say what it means for memory and for gradients, of this network's kind of cell."""
    cell = CELLS[config.cell]
    if cell.keeps:
        return _of_gates(found, config)
    (radius,) = found.radii
    if math.isnan(radius):
        return ["W_hh holds numbers that are not finite."]
    title = ACTIVATIONS[config.activation].title
    slopes = f"{title} passes {100 * found.passed:.0f} % of a change here, on average"
    bounded = ACTIVATIONS[config.activation].bounded
    if radius < 1:
        half = half_life(radius)
        return [
            f"Spectral radius {radius:.3g}: by W_hh alone, what is in h fades ×{radius:.3g} a step "
            f"in the long run, to half in {_steps(half)}; so do gradients on the way back.",
            f"{slopes}, so both fade faster." if found.passed < 1 else f"{slopes}.",
        ]
    end = "and its values stay within ±1" if bounded else "and nothing bounds h"
    return [
        f"Spectral radius {radius:.3g}: by W_hh alone, what is in h would grow ×{radius:.3g} a "
        "step in the long run, and gradients on the way back, too: memory can last, and they can "
        "explode.",
        f"{slopes}, {end}.",
    ]


def _of_gates(found: Recurrence, config: NetworkConfig) -> list[str]:
    cell = CELLS[config.cell]
    gate, where = cell.keeps, cell.state[-1]
    said = (
        f"{gate} keeps ×{found.passed:.2f} of {where} a step here, on average: half is left after "
        f"about {_steps(half_life(found.passed))} (unit that keeps most: ×{found.longest:.2f}, "
        f"{_steps(half_life(found.longest))}). Gradients straight along {where} fade alike."
    )
    radii = " ".join(f"{g} {r:.3g}" for g, r in zip(cell.letters, found.radii, strict=True))
    return [said, f"Spectral radii of W_hh, which works through the gates: {radii}."]


def _steps(count: float) -> str:
    if math.isinf(count):
        return "no end of steps"
    text = f"{count:,.1f}" if count < 100 else f"{count:,.0f}"
    return "1 step" if text == "1.0" else f"{text} steps"
