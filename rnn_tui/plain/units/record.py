"""What was found of the units, for JSON."""

from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.inspection.memory.units.sentences import place
from rnn_tui.plain.units.report import Report, places_of


def record(report: Report) -> dict[str, object]:
    """Return all of it; units and layers are counted from 1, as in the words."""
    followed = report.found.followed
    by_label = zip(followed.unit, followed.by_unit, followed.by_unit_claimed, strict=True)
    return {
        "of": report.kind,
        "characters": len(report.ids),
        "labels": [
            _row(report, int(unit), label, float(strength), claimed=bool(claimed))
            for label, (unit, strength, claimed) in enumerate(by_label)
        ],
        "units": [_unit(report, unit) for unit in followed.order.tolist()],
    }


def _unit(report: Report, unit: int) -> dict[str, object]:
    followed = report.found.followed
    strength, claimed = float(followed.strength[unit]), bool(followed.claimed[unit])
    values = report.found.values[:, unit]
    return {
        **_row(report, unit, int(followed.label[unit]), strength, claimed=claimed),
        "places": [{"position": at, "value": float(values[at])} for at in places_of(report, unit)],
    }


def _row(
    report: Report, unit: int, number: int, strength: float, *, claimed: bool
) -> dict[str, object]:
    label, chance = report.found.followed.labels[number], report.found.followed.chance[number]
    layer, within = place(unit, report.widths)
    told: dict[str, object] = {"label": label.words, "unit": within + 1, "layer": layer + 1}
    if label.number:
        told |= {"correlation": strength, "chance": min(float(chance), 1)}
    else:
        told |= {"auc": auc(strength), "on": strength > 0, "chance": auc(min(float(chance), 1))}
    return {**told, "claimed": claimed}
