"""Where in the corpus a window stands, in words."""

from rnn_tui.language import mark, tr
from rnn_tui.protocol.finding import Found
from rnn_tui.protocol.reading import OTHER, Part, Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.text.streams import WARM_UP
from rnn_tui.tui.renderables.numbers import thousands

TEXTS: dict[Part, str] = {
    "training": mark("training text"),
    "validation": mark("validation text"),
}
MOST_NAMED = 20


def total(part: Part, info: RunInfo) -> int:
    """Return how many symbols a part has."""
    return info.val_size if part == "validation" else info.train_size


def places(reading: Reading, count: int, info: RunInfo) -> tuple[str, ...]:
    """Say where a window of so many symbols stands, in fewer and fewer words."""
    size = total(reading.part, info)
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
    )


def beginnings(reading: Reading, info: RunInfo | None) -> tuple[str, ...]:
    """Say from where on a text is read, in fewer and fewer words."""
    if reading.typed is not None:
        return (tr("reads your text"), tr("your text"))
    text = tr(TEXTS[reading.part])
    if not reading.start or info is None:
        return (tr("reads the {text}", text=text), tr("the {text}", text=text))
    first, size = thousands(reading.start + 1), thousands(total(reading.part, info))
    return (
        tr("reads the {text} from {first} of {total} on", text=text, first=first, total=size),
        tr("{text} from {first} on", text=text, first=first),
    )


def sentence(reading: Reading, count: int, info: RunInfo) -> str:
    """Say where a window stands, and what the network has read before it."""
    place = places(reading, count, info)[0]
    place = place[0].upper() + place[1:]
    if not reading.start:
        return tr("{place}, from an empty memory.", place=place)
    before = thousands(min(reading.start, WARM_UP))
    return tr("{place}; the {before} before are read first.", place=place, before=before)


def end(part: Part, *, beginning: bool) -> str:
    """Say that there is nothing beyond."""
    text = tr(TEXTS[part])
    if beginning:
        return tr("This is the beginning of the {text}.", text=text)
    return tr("This is the end of the {text}.", text=text)


def of_found(found: Found, info: RunInfo) -> str:
    """Say where a string stands, or that it does not."""
    view = found.view
    sought, text = f"“{steady(view.text)}”", tr(TEXTS[view.part])
    if found.unknown:
        symbols = " ".join(steady(symbol) for symbol in found.unknown[:MOST_NAMED])
        said = mark("{sought} stands nowhere: the whole text has no {symbols}.")
        return tr(said, sought=sought, symbols=symbols)
    if found.place is None:
        nowhere = tr("{sought} stands nowhere in the {text}.", sought=sought, text=text)
        other = tr(TEXTS[OTHER[view.part]])
        elsewhere = mark("{nowhere} {window.part} goes to the {other}.")
        return tr(elsewhere, nowhere=nowhere, other=other) if info.val_size else nowhere
    said = tr(
        "{sought} stands at {unit} {place} of {total} of the {text}.",
        sought=sought,
        unit=tr(info.unit),
        place=thousands(found.place + 1),
        total=thousands(total(view.part, info)),
        text=text,
    )
    if not found.around:
        return said
    if view.back:
        return tr("From the end again: {found}", found=said)
    return tr("From the beginning again: {found}", found=said)
