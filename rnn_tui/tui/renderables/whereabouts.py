"""Where in the corpus a window stands, in words."""

from typing import TYPE_CHECKING

from rnn_tui.language import mark, tr
from rnn_tui.protocol.reading import OTHER, Part, Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.text.streams import WARM_UP
from rnn_tui.tui.renderables.lines import cut
from rnn_tui.tui.renderables.numbers import thousands

if TYPE_CHECKING:
    from rnn_tui.protocol.finding import Found

TEXTS: dict[Part, str] = {
    "training": mark("training text"),
    "validation": mark("validation text"),
}
MOST_NAMED = 20
MOST_CELLS = 20
"""Of a string that was looked for."""


def places(reading: Reading, count: int, info: RunInfo) -> tuple[str, ...]:
    """Say where a window of so many symbols stands, in fewer and fewer words."""
    size = info.size_of(reading.part)
    values = {
        "unit": tr(info.unit),
        "first": thousands(reading.start + 1),
        "last": thousands(min(reading.start + max(count, 1), size)),
        "total": thousands(size),
        "text": tr(TEXTS[reading.part]),
    }
    return (
        tr("{unit}s {first}–{last} of {total}, {text}", **values),
        tr("{first}–{last} of {total}, {text}", **values),
        tr("{first}–{last}, {text}", **values),
        "{first}–{last}".format(**values),
    )


def beginnings(reading: Reading, info: RunInfo | None) -> tuple[str, ...]:
    """Say from where on a text is read, in fewer and fewer words."""
    if reading.typed is not None:
        return (tr("reads your text"), tr("your text"))
    text = tr(TEXTS[reading.part])
    if not reading.start or info is None:
        return (tr("reads the {text}", text=text), tr("the {text}", text=text))
    first, size = thousands(reading.start + 1), thousands(info.size_of(reading.part))
    return (
        tr("reads the {text} from {first} of {total} on", text=text, first=first, total=size),
        tr("{text} from {first} on", text=text, first=first),
    )


def sentences(reading: Reading, count: int, info: RunInfo) -> tuple[str, ...]:
    """Say where a window stands, and what is read before it, in fewer and fewer words."""
    found = [place[0].upper() + place[1:] for place in places(reading, count, info)]
    if not reading.start:
        return tuple(tr("{place}, from an empty memory.", place=place) for place in found)
    said = mark("{place}; the {before} before are read first.")
    before = thousands(min(reading.start, WARM_UP))
    return tuple(tr(said, place=place, before=before) for place in found)


def end(part: Part, *, beginning: bool) -> str:
    """Say that there is nothing beyond."""
    text = tr(TEXTS[part])
    if beginning:
        return tr("This is the beginning of the {text}.", text=text)
    return tr("This is the end of the {text}.", text=text)


def of_found(found: "Found", info: RunInfo) -> tuple[str, ...]:
    """Say where a string stands, or that it does not, in fewer and fewer words."""
    view = found.view
    sought, text = f"“{cut(steady(view.text), MOST_CELLS)}”", tr(TEXTS[view.part])
    if found.unknown:
        symbols = " ".join(steady(symbol) for symbol in found.unknown[:MOST_NAMED])
        said = mark("{sought} stands nowhere: the whole text has no {symbols}.")
        return (tr(said, sought=sought, symbols=symbols),)
    if found.place is None:
        nowhere = tr("{sought} stands nowhere in the {text}.", sought=sought, text=text)
        other = tr(TEXTS[OTHER[view.part]])
        elsewhere = mark("{nowhere} {window.part} goes to the {other}.")
        long = tr(elsewhere, nowhere=nowhere, other=other)
        return (long, nowhere) if info.val_size else (nowhere,)
    values = {
        "sought": sought,
        "unit": tr(info.unit),
        "place": thousands(found.place + 1),
        "total": thousands(info.size_of(view.part)),
        "text": text,
    }
    ways = (
        tr("{sought} stands at {unit} {place} of {total} of the {text}.", **values),
        tr("{sought}: {unit} {place} of {total}, {text}", **values),
    )
    again = mark("From the beginning again: {found}")
    if view.back:
        again = mark("From the end again: {found}")
    return tuple(tr(again, found=said) for said in ways) if found.around else ways
