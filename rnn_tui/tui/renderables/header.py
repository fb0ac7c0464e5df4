"""The line above everything: which run this is, and how far it has come."""

from collections.abc import Sequence

from textual.strip import Strip

from rnn_tui.language import cells as cells_of
from rnn_tui.language import mark, padded, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import Part, cells, cut, line, spread
from rnn_tui.tui.renderables.numbers import loss, rate, thousands, trimmed
from rnn_tui.tui.theme.palette import Palette

TWO_LINES = 110
"""Below this width the header has two lines."""

NARROW = 56
"""Below this it has fewer words."""

STATES = {
    "running": ("▶", mark("running"), "strong"),
    "paused": ("⏸", mark("paused"), "strong"),
    "finished": ("■", mark("finished"), "strong"),
    "diverged": ("✗", mark("diverged"), "wrong"),
    "stopped": ("✗", mark("stopped"), "wrong"),
}


def draw(
    snapshot: Snapshot | None, info: RunInfo | None, width: int, palette: Palette
) -> list[Strip]:
    """Draw one line, or two where `width` is small."""
    numbers = _state(snapshot, palette, width - 1)
    if width < TWO_LINES:
        return [
            line(_identity(info, width, palette), width),
            line([(" ", palette.dim), *numbers], width),
        ]
    return [spread(_identity(info, width - cells(numbers) - 2, palette), numbers, width)]


def _identity(info: RunInfo | None, width: int, palette: Palette) -> list[Part]:
    """Return program, text and network, the least important left out where room is scarce."""
    program: Part = (" rnn-tui  ", palette.dim)
    if info is None:
        return [program]
    name = steady(info.corpus_name)
    for left, facts in _shorter(info):
        parts = [program] * left + [(" ", palette.dim)] * (not left)
        parts += [(name, palette.strong), *((f" · {fact}", palette.dim) for fact in facts)]
        if cells(parts) <= width:
            return parts
    return [(" ", palette.dim), (cut(name, width - 1), palette.strong)]


def _shorter(info: RunInfo) -> list[tuple[bool, Sequence[str]]]:
    """Return what to say, from everything to next to nothing."""
    config = info.config
    network = f"{tr(spec_of(config).title(config))} {spec_of(config).size(config)}"
    vocabulary = f"V {thousands(len(info.symbols))}"
    size = tr("{count} parameters", count=thousands(info.parameter_count))
    every = (network, vocabulary, size)
    return [(True, every), (False, every), (False, every[:2]), (False, every[:1]), (False, ())]


def _state(snapshot: Snapshot | None, palette: Palette, width: int) -> list[Part]:
    """Return state and as many numbers as fit, each wide enough for a long run."""
    if snapshot is None:
        return [(tr("… starting"), palette.dim), (" ", palette.dim)]
    glyph, name, role = STATES[snapshot.state]
    speed = rate(snapshot.updates_per_second) if snapshot.state == "running" else ""
    narrow = width < NARROW
    state = padded(tr(name), 8) if narrow else padded(tr(name), 15 - len(speed)) + speed
    # That of an update that was refused was measured after the last one made.
    before, after = tr("loss before it"), tr("loss after it")
    when = after if snapshot.state == "diverged" else before
    when = tr("loss") if narrow else padded(when, max(cells_of(before), cells_of(after)))
    numbers = {
        tr("update"): f"{thousands(snapshot.update):>7}",
        when: f"{loss(snapshot.loss) if snapshot.update else '–':>5}",
        tr("epoch"): f"{thousands(snapshot.epoch):>5}",
        "lr": f"{trimmed(snapshot.learning_rate):<6}",
    }
    parts: list[Part] = [(f"{glyph} {state}", getattr(palette, role))]
    for name, number in numbers.items():
        more: list[Part] = [(f"  {name} ", palette.dim), (number, palette.text)]
        if cells(parts + more) > width:
            break
        parts += more
    return [*parts, (" ", palette.dim)]
