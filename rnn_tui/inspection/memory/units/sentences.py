"""What a unit follows, in a sentence."""

from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.text.features.label import Label


def name(unit: int, widths: tuple[int, ...], kind: str = "h") -> str:
    """Return what a unit is called, counted from 1: "unit 41 of layer 1", "c of unit 7".

    Args:
        unit: Counted through all layers, from 0.
        widths: Units of each layer.
        kind: What of it is meant.
    """
    layer, number = place(unit, widths)
    of = "" if len(widths) == 1 else f" of layer {layer + 1}"
    return f"{'' if kind == 'h' else f'{kind} of '}unit {number + 1}{of}"


def place(unit: int, widths: tuple[int, ...]) -> tuple[int, int]:
    """Return a unit's layer and its number there, both from 0."""
    layer = 0
    while unit >= widths[layer]:
        unit -= widths[layer]
        layer += 1
    return layer, unit


def follows(label: Label, strength: float) -> str:
    """Return what a unit does: "is on inside brackets: AUC 0.97", "falls along the line: …"."""
    if label.number:
        does = "grows" if strength > 0 else "falls"
        return f"{does} {label.words}: correlation {abs(strength):.2f}"
    return f"is {'on' if strength > 0 else 'off'} {label.words}: AUC {auc(strength):.2f}"


def no_more_than_chance(label: Label, strength: float, chance: float) -> str:
    """Say why nothing is claimed of a unit: "nothing surely; at most at e: AUC 0.55"."""
    measure = "correlation" if label.number else "AUC"
    one, other = (abs(strength), chance) if label.number else (auc(strength), auc(min(chance, 1)))
    return (
        f"follows nothing surely; {label.words}: {measure} {one:.2f}, by chance up to {other:.2f}"
    )
