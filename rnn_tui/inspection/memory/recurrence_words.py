"""What W_hh does to what is remembered, in sentences."""

import math

from rnn_tui.inspection.memory.recurrence import Recurrence, half_life
from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.cells import ACTIVATIONS, CELLS

LITTLE = 0.01
"""Of a step, less than this share counts as nothing left."""


def sentences(found: Recurrence, config: NetworkConfig) -> list[str]:
    """Say what it means for memory and for gradients, of this network's kind of cell."""
    cell = CELLS[config.cell]
    if cell.keeps:
        return _of_gates(found, config)
    (radius,) = found.radii
    if math.isnan(radius):
        return [phrase("W_hh holds numbers that are not finite.")]
    slopes = {
        "function": ACTIVATIONS[config.activation].title,
        "share": f"{100 * found.passed:.0f} %",
    }
    return [_of_radius(radius), phrase(_of_slopes(radius, found.passed, config), **slopes)]


def _of_radius(radius: float) -> str:
    if radius < LITTLE:
        return phrase(
            "Spectral radius {radius}: by W_hh alone, nothing of what is in h is left after one "
            "step; nor of gradients on the way back.",
            radius=f"{radius:.3g}",
        )
    if radius < 1:
        return phrase(
            "Spectral radius {radius}: by W_hh alone, what is in h fades ×{radius} a step in the "
            "long run, to half in {half}; so do gradients on the way back.",
            radius=f"{radius:.3g}",
            half=_steps(half_life(radius)),
        )
    return phrase(
        "Spectral radius {radius}: by W_hh alone, what is in h would grow ×{radius} a step in the "
        "long run, and gradients on the way back, too: memory can last, and they can explode.",
        radius=f"{radius:.3g}",
    )


def _of_slopes(radius: float, passed: float, config: NetworkConfig) -> str:
    if radius < 1 and passed < 1:
        return mark("{function} passes {share} of a change here, on average, so both fade faster.")
    if radius < 1:
        return mark("{function} passes {share} of a change here, on average.")
    if ACTIVATIONS[config.activation].bounded:
        return mark(
            "{function} passes {share} of a change here, on average, and its values stay within ±1."
        )
    return mark("{function} passes {share} of a change here, on average, and nothing bounds h.")


def _of_gates(found: Recurrence, config: NetworkConfig) -> list[str]:
    cell = CELLS[config.cell]
    gate, where = cell.keeps, cell.state[-1]
    said = phrase(
        "{gate} keeps ×{mean} of {state} a step here, on average: half is left after about {half} "
        "(unit that keeps most: ×{most}, {longest}). Gradients straight along {state} fade alike.",
        gate=gate,
        state=where,
        mean=f"{found.passed:.2f}",
        half=_steps(half_life(found.passed)),
        most=f"{found.longest:.2f}",
        longest=_steps(half_life(found.longest)),
    )
    radii = " ".join(f"{g} {r:.3g}" for g, r in zip(cell.letters, found.radii, strict=True))
    return [
        said,
        phrase("Spectral radii of W_hh, which works through the gates: {radii}.", radii=radii),
    ]


def _steps(count: float) -> str:
    if math.isinf(count):
        return phrase("no end of steps")
    text = f"{count:,.1f}" if count < 100 else f"{count:,.0f}"
    if text == "1.0":
        return phrase("{count} step", count=1)
    return phrase("{count} steps", count=text)
