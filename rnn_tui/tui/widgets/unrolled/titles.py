"""How the picture of an unrolled network is titled, at length and in short."""

from rnn_tui.language import tr
from rnn_tui.tui.renderables.unrolled.pyramid import Taps


def of_recurrent(what: str, text: str, *, anywhere: bool) -> tuple[str, ...]:
    """Name a network that hands a state on.

    Args:
        what: Its numbers.
        text: What it reads.
        anywhere: Whether that does not begin where the text begins.
    """
    unrolled = tr("Unrolled")
    return (
        tr("Unrolled in time · {what} · {text}", what=what, text=text),
        f"{unrolled} · {text if anywhere else what}",
        unrolled,
    )


def of_window(what: str, text: str, reach: int) -> tuple[str, ...]:
    """Name a network that reads so many symbols at each time step."""
    seen = tr("The last {count} symbols", count=reach)
    return (f"{seen} · {what} · {text}", f"{seen} · {what}", seen)


def of_pyramid(what: str, text: str, taps: Taps, reach: int, unit: int) -> tuple[str, ...]:
    """Name dilated convolutions, and the unit of them that is drawn."""
    values = {
        "kernel": len(taps[0]),
        "apart": " ".join(str(layer[-2]) for layer in taps if len(layer) > 1),
        "reach": reach,
    }
    long = tr("Convolutions · kernel {kernel}, dilation d {apart} · reach {reach}", **values)
    short = tr("Convolutions · kernel {kernel}, d {apart} · reach {reach}", **values)
    shown = tr("unit {number}", number=unit + 1)
    return (
        f"{long} · {shown} · {what} · {text}",
        f"{long} · {shown} · {what}",
        f"{short} · {shown} · {what}",
        short,
    )
