"""What is said of the weights in the frame of their picture."""

import math

from rnn_tui.inspection.names import on_paper, unit_on_paper
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.language import mark, tr
from rnn_tui.protocol.branches import Past
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.weights import WeightsSeen
from rnn_tui.tui.renderables.memory import weight_labels as labels
from rnn_tui.tui.renderables.memory import weights as drawn
from rnn_tui.tui.renderables.memory import weights_beside as beside

NO_UPDATE = mark("No update was made yet: {train.step} makes one.")
UNKNOWN = mark(
    "What the last update changed is not known any more at this moment: {train.step} makes the "
    "next one, {time.back} goes to the one before."
)
UNKNOWN_AT_FIRST = mark(
    "What the last update changed is not known any more at this moment: {train.step} makes the "
    "next one."
)
ALL = mark("What it began with, what it added and what came out stand beside each other here.")
BESIDE = mark("Weights before update {update}, its change, and after it")
TITLES: dict[drawn.What, str] = {
    "now": mark("Weights"),
    "change": mark("Change by update {update}"),
    "before": mark("Weights before update {update}"),
}


def unknown(part: WeightsSeen, past: Past | None) -> str:
    """Say why there is no change to be seen."""
    if not part.update:
        return tr(NO_UPDATE)
    return tr(UNKNOWN if past and past.start < part.update else UNKNOWN_AT_FIRST)


def titles(
    part: WeightsSeen, info: RunInfo, what: drawn.What, width: int, height: int
) -> tuple[str, ...]:
    """Name what is seen of which parameter, its size, and the scale."""
    if beside.fits(part, width, height):
        known = tr(BESIDE, update=f"{part.update:,}")
        return (tr("Weights"),) if math.isnan(part.most) else (known, tr("Weights"))
    name = on_paper(part.names[part.number], info.config.num_layers)
    size = "×".join(f"{n:,}" for n in part.shape)
    seen, limit = tr(TITLES[what], update=f"{part.update:,}"), drawn.limit_of(part, what)
    short = f"{seen} · {name} {size}"
    if math.isnan(limit):
        return short, seen
    whole = tr("{parameter} · largest {limit}", parameter=short, limit=f"±{limit:.3g}")
    tenths = drawn.cell_width(part.shape[1], width) == drawn.SIGN
    digits = (tr("{title} · a digit is tenths of it", title=whole),) if tenths else ()
    return (*digits, whole, short, seen)


def about(part: WeightsSeen, info: RunInfo, keys: KeyTable) -> tuple[str, ...]:
    """Say everything about the marked weight, then less and less."""
    weight = labels.marked(part, info, part.number, part.place)
    row, column = (at - first for at, first in zip(part.place, part.first, strict=True))
    _, turned, before, change = (float(array[row, column]) for array in part.page)
    same = math.isnan(turned) or turned == part.value
    was = "" if same else tr(", was {value}", value=f"{turned:.4g}")
    said = [f"{weight.name} = {part.value:.6g}{was}"]
    if not math.isnan(change):
        update = tr(
            "before update {update} {before}, change {change}",
            update=f"{part.update:,}",
            before=f"{before:.6g}",
            change=f"{change:+.3g}",
        )
        said.append(update)
    said = [*(text.replace("-", "−") for text in said), weight.ends]
    said.append(tr("{key} types it", key=keys["weights.type"].face))
    if weight.unit:
        zeroed = unit_on_paper(info.config, *weight.unit)
        said.append(tr("{key} zeroes {unit}", key=keys["weights.zero"].face, unit=zeroed))
    return (*("  ".join(said[:count]) for count in range(len(said), 0, -1)), weight.name)
