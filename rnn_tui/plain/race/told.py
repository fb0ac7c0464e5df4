"""What a race without a screen tells: JSON lines, or a table."""

from collections.abc import Sequence
from dataclasses import asdict
from math import inf, isfinite, log

from rnn_tui.models.registry import spec_of
from rnn_tui.plain.output import emit
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.member import Member
from rnn_tui.text.visible import visible

BITS = 1 / log(2)
"""In a nat."""
HUGE = 10_000


def figure(loss: float, sign: str = "") -> str:
    """Return a loss with four digits after the point; one that is huge with a power of ten."""
    return f"{loss:{sign}.4f}" if abs(loss) < HUGE else f"{loss:{sign}.3g}"


def smoothed(now: Snapshot | None) -> float:
    """Return the loss to sort by, that of one who has none behind all others."""
    return now.smoothed if now and isfinite(now.smoothed) else inf


def nothing(_: Member) -> None:
    """Tell nothing on the way: the table at the end has all."""


def tell_entrant(entrant: Entrant) -> None:
    """Tell who races: one line."""
    spec, config = spec_of(entrant.config), entrant.config
    emit(
        {
            "event": "entrant",
            "network": entrant.name,
            "description": f"{spec.title(config)}, {spec.in_words(config)}",
            "reach": spec.reach(config),
            "config": asdict(config),
            "notes": entrant.notes,
        }
    )


def tell_point(member: Member) -> None:
    """Tell what a network has come to: one line."""
    now, info = member.snapshot, member.info
    if now is None or info is None:
        return
    emit(
        {
            "event": "point",
            "network": member.entrant.name,
            "update": now.update,
            "characters": now.update * info.config.batch_size * info.config.seq_length,
            "seconds": now.seconds,
            "loss": now.loss,
            "smoothed": now.smoothed,
            "validation": now.validation,
            "bigram": info.bigram,
            "parameters": info.parameter_count,
        }
    )


def print_table(members: Sequence[Member]) -> None:
    """Print one line a network, the best first; losses in nats per character."""
    shown = [(m, m.snapshot, m.info) for m in members]
    head = ("network", "parameters", "sees back", "update", "loss", "validation", "bits − bigram")
    rows = [head]
    for member, now, info in sorted(shown, key=lambda one: smoothed(one[1])):
        if now is None or info is None:
            rows.append((member.entrant.name, *("–",) * 6))
            continue
        reach = spec_of(info.config).reach(info.config)
        rows.append(
            (
                visible(member.entrant.name),
                f"{info.parameter_count:,}",
                "all" if reach is None else f"{reach:,}",
                f"{now.update:,}",
                figure(now.smoothed),
                "–" if now.validation is None else figure(now.validation),
                figure((now.smoothed - info.bigram) * BITS, sign="+"),
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        print("  ".join((first.ljust(widths[0]), *cells)))
