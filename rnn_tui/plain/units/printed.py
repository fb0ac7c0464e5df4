"""What was found of the units, in words."""

from collections.abc import Iterator

from rnn_tui.inspection.memory.units.sentences import follows, name, nothing_claimed
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import last_symbols
from rnn_tui.plain.output import emit
from rnn_tui.plain.units.record import record
from rnn_tui.plain.units.report import Report, look, places_of
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.features.label import Label
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import Checkpoint

_LISTED, _AROUND = 12, 12


def print_units(
    checkpoint: Checkpoint, corpus: Corpus, kind: str, pattern: str | None, *, as_json: bool
) -> int:
    """Print for each label the unit that follows it best, then the units and where they are on.

    Raises:
        InputError: The network has nothing of this name, the text is too short, or the pattern
            cannot be used.
    """
    report = look(checkpoint, corpus, kind, pattern)
    if as_json:
        emit(record(report))
        return 0
    config = checkpoint.config
    if (sees := spec_of(config).reach(config)) is not None:
        of = last_symbols(sees, report.vocab.unit)
        print(f"This network has no hidden state: what its layers give follows from {of} alone.")
    for line in told(report):
        print(line)
    return 0


def told(report: Report) -> Iterator[str]:
    """Yield what was found, in lines."""
    followed = report.found.followed
    count, units = len(report.ids), len(followed.label)
    yield (
        f"{report.kind} of {units:,} units over {count:,} {report.vocab.unit}s: chosen on the "
        "first half, measured on the second"
    )
    yield ""
    yield "best at each label"
    for number, label in enumerate(followed.labels):
        who = name(int(followed.unit[number]), report.widths, report.kind)
        said = _said(
            who,
            label,
            followed.by_unit[number],
            followed.by_unit_claimed[number],
            followed.chance[number],
        )
        yield f"  {said}"
    yield ""
    yield "best of all units, with the strongest places"
    for unit in followed.order[:_LISTED].tolist():
        label = followed.labels[at := followed.label[unit]]
        who, chance = name(unit, report.widths, report.kind), followed.chance[at]
        said = _said(who, label, followed.strength[unit], followed.claimed[unit], chance)
        yield f"  {said}"
        if followed.claimed[unit]:
            yield "      " + "   ".join(_surroundings(report, at) for at in places_of(report, unit))
    claimed = int(followed.claimed.sum())
    yield f"{claimed:,} of {units:,} units follow something; of the rest nothing is claimed."


def _said(who: str, label: Label, strength: float, claimed: bool, chance: float) -> str:
    if claimed:
        return follows(who, label, strength)
    return nothing_claimed(who, label, strength, chance)


def _surroundings(report: Report, at: int) -> str:
    """Return what stands around a place, which is marked."""
    ids = report.ids
    parts = ids[max(0, at - _AROUND) : at], ids[at : at + 1], ids[at + 1 : at + 1 + _AROUND // 2]
    before, here, after = (visible(report.vocab.decode(part)) for part in parts)
    return f"{before}▸{here}◂{after}"
