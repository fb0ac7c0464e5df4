"""What a unit follows, in a sentence."""

from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.language import mark, phrase
from rnn_tui.text.features.label import Label


def name(unit: int, widths: tuple[int, ...], kind: str = "h") -> str:
    """Return what a unit is called, counted from 1: "unit 41 of layer 1", "c of unit 7".

    Args:
        unit: Counted through all layers, from 0.
        widths: Units of each layer.
        kind: What of it is meant.
    """
    layer, number = place(unit, widths)
    told = {"kind": kind, "number": number + 1, "layer": layer + 1}
    if kind == "h":
        only, of_several = mark("unit {number}"), mark("unit {number} of layer {layer}")
    else:
        only = mark("{kind} of unit {number}")
        of_several = mark("{kind} of unit {number} of layer {layer}")
    return phrase(only if len(widths) == 1 else of_several, **told)


def place(unit: int, widths: tuple[int, ...]) -> tuple[int, int]:
    """Return a unit's layer and its number there, both from 0."""
    layer = 0
    while unit >= widths[layer]:
        unit -= widths[layer]
        layer += 1
    return layer, unit


def follows(who: str, label: Label, strength: float) -> str:
    """Return what a unit does: "unit 3 is on inside brackets: AUC 0.97"."""
    up = strength > 0
    if label.number:
        grows = mark("{who} grows {along}: correlation {r}")
        falls = mark("{who} falls {along}: correlation {r}")
        r = f"{abs(strength):.2f}"
        return phrase(grows if up else falls, who=who, along=label.words, r=r)
    on, off = mark("{who} is on {where}: AUC {auc}"), mark("{who} is off {where}: AUC {auc}")
    return phrase(on if up else off, who=who, where=label.words, auc=f"{auc(strength):.2f}")


def no_more_than_chance(who: str, label: Label, strength: float, chance: float) -> str:
    """Say why nothing is claimed of a unit: "unit 3 follows nothing surely; at e: AUC 0.55, …"."""
    if label.number:
        said = mark(
            "{who} follows nothing surely; {where}: correlation {found}, by chance up to {chance}"
        )
        one, other = abs(strength), chance
    else:
        said = mark("{who} follows nothing surely; {where}: AUC {found}, by chance up to {chance}")
        one, other = auc(strength), auc(min(chance, 1))
    return phrase(said, who=who, where=label.words, found=f"{one:.2f}", chance=f"{other:.2f}")
