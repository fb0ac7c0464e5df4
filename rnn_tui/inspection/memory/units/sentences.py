"""What a unit follows, in a sentence."""

from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.inspection.memory.units.search import LEAST_STRENGTH
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


def nothing_claimed(who: str, label: Label, strength: float, chance: float) -> str:
    """Say why nothing is claimed of a unit: "unit 3 follows nothing surely; at e: AUC 0.55, …"."""
    if abs(strength) > max(chance, LEAST_STRENGTH):
        said = mark(
            "{who} follows nothing surely; {where}: {measure} {found}, and the other way round in "
            "the half of the text where that was chosen"
        )
    elif abs(strength) > chance:
        said = mark(
            "{who} follows nothing much; {where}: {measure} {found}, below {least} that says little"
        )
    else:
        said = mark(
            "{who} follows nothing surely; {where}: {measure} {found}, by chance up to {chance}"
        )
    shown = abs if label.number else auc
    found, by_chance = apart(shown(strength), shown(min(chance, 1)))
    return phrase(
        said,
        who=who,
        where=label.words,
        measure=phrase("correlation") if label.number else "AUC",
        found=found,
        chance=by_chance,
        least=f"{shown(LEAST_STRENGTH):.2f}",
    )


def apart(one: float, other: float) -> tuple[str, str]:
    """Write two numbers with as many digits as tell them apart; at least two, at most four."""
    for digits in (2, 3, 4):
        if (told := (f"{one:.{digits}f}", f"{other:.{digits}f}"))[0] != told[1]:
            break
    return told
