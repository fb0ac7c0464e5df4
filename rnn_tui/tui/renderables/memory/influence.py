"""What moved a prediction: the text shaded, a bar for each character, and sentences."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.memory.influence import MOVED, worth_telling
from rnn_tui.inspection.memory.nearly import NEARLY, within
from rnn_tui.language import cells, counted, several, tr
from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.influence import InfluenceSeen
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import colored_text
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import slot
from rnn_tui.tui.renderables.lines import Part, fill, line, prose, right
from rnn_tui.tui.renderables.numbers import percent
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

LEAST = 0.1
"""Nats that have the strongest color, at least: less is next to nothing, and looks so."""
NUMBER = 7
"""Cells of a number."""


def shares(exchange: Floats) -> Floats:
    """Return each as a share of the largest, with its sign; 0 for what moved nothing."""
    told = worth_telling(exchange)
    found: Floats = told / max(float(np.abs(told).max(initial=0.0)), LEAST)
    found[np.isnan(exchange)] = np.nan
    return found


def draw_text(
    part: InfluenceSeen,
    symbols: Sequence[str],
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the text around the place; without colors, with signs below the characters."""
    glyphs = [symbols[id] for id in part.ids.tolist()]
    styles = [palette.text if at < part.place else palette.dim for at in range(len(glyphs))]
    signs = [" "] * len(glyphs)
    for at, share in enumerate(shares(part.exchange).tolist(), part.first):
        if not math.isnan(share):
            signs[at], styles[at] = scale.cell(share)
    styles[part.place] = palette.here
    signs[part.place] = "^"
    below = () if scale.colored else signs
    return colored_text.draw(glyphs, styles, width, height, signs=below, place=part.place)


def draw_bars(
    part: InfluenceSeen, symbols: Sequence[str], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a line for each character, the nearest first."""
    room = max(width - 4 - 3 - 2 * NUMBER - 2, 1)
    first = tr("back ")
    head = first + right(tr("exchanged"), 7 + NUMBER - cells(first)) + " " * (room + 1)
    head += right(tr("gradient"), NUMBER + 1)
    lines = [line([(head, palette.dim)], width)]
    before = part.ids[part.first : part.place]
    rows = zip(before, part.exchange, shares(part.exchange), part.slope, strict=True)
    for back, (id, moved, share, slope) in enumerate(reversed([*rows]), 1):
        style = palette.backward if moved < 0 else palette.forward
        told = number(moved) if part.done or not math.isnan(moved) else f"{'·':>{NUMBER}}"
        parts: list[Part] = [
            (f"{back:>4} {slot(symbols[int(id)])}", palette.text),
            (told, style if share and not math.isnan(share) else palette.dim),
            (f" {bar(abs(share), room)} ", style),
            (number(slope), palette.dim),
        ]
        lines.append(line(parts, width))
    return fill(lines, width, height)


def number(nats: float) -> str:
    """Write nats with their sign in so many cells; a dash where there are none."""
    text = "–" if math.isnan(nats) else f"{nats:+.2f}".replace("-", "−")
    text = "0.00" if text in ("+0.00", "−0.00") else text
    return f"{text:>{NUMBER}}"


def draw_words(
    part: InfluenceSeen, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Write what was expected, and what that came from."""
    return prose(sentences(part, info, palette), width, height)


def sentences(part: InfluenceSeen, info: RunInfo, palette: Palette) -> Iterator[tuple[str, Style]]:
    """Yield what was expected, and what it came from."""
    if not len(part.exchange):
        return
    yield _expected(part, info), palette.strong
    known = worth_telling(part.exchange[::-1])
    if not part.done:
        yield tr("The characters before it are being exchanged …"), palette.dim
    elif (near := within(np.abs(known))) is None:
        unit, least = tr(several(info.unit)), f"{MOVED:g}"
        said = tr(
            "None of the {units} before it moved that by {least} nats.", units=unit, least=least
        )
        yield said, palette.text
    else:
        yield from ((said, palette.text) for said in _came_from(part, info, known, near))


def _expected(part: InfluenceSeen, info: RunInfo) -> str:
    name, p = _name(info, part.ids[part.place]), _p(part.p)
    if part.place == part.typed:
        return tr("Next it would write {name}, with {p}.", name=name, p=p)
    if part.ids[part.place] == part.favorite:
        return tr("{name} had {p}, more than any other.", name=name, p=p)
    return tr(
        "{name} had {p}; the favorite was {favorite} with {most}.",
        name=name,
        p=p,
        favorite=_name(info, part.favorite),
        most=_p(part.favorite_p),
    )


def _came_from(part: InfluenceSeen, info: RunInfo, known: Floats, near: int) -> Iterator[str]:
    """Yield which character did most, and in how many nearly all is."""
    most = int(np.abs(known).argmax())
    yield tr(
        "Most comes from {name}, {back} back: with others of its kind there it would have had {p}.",
        name=_name(info, part.ids[part.place - 1 - most]),
        back=f"{most + 1:,}",
        p=_p(part.p * math.exp(-known[most])),
    )
    if near > 1:
        last = tr("the last {seen}", seen=counted(near, info.unit))
    else:
        last = tr("the {unit} before it", unit=tr(info.unit))
    yield tr(
        "Together {nats} nats; {share} of what moved it, up or down, is in {last}.",
        nats=number(float(np.nansum(part.exchange))).strip(),
        share=f"{100 * NEARLY:.0f} %",
        last=last,
    )


def _name(info: RunInfo, id: int) -> str:
    return steady(named(info.symbols[int(id)], info.letters[int(id)]))


def _p(probability: float) -> str:
    return f"{percent(probability).strip()} %"
