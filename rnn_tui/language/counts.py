"""So many of a thing: English has two forms of most words, other languages have other ways."""

from rnn_tui.language.sentences import mark, phrase

_COUNTED = {
    "character": (mark("{count} character"), mark("{count} characters")),
    "byte": (mark("{count} byte"), mark("{count} bytes")),
    "letter": (mark("{count} letter"), mark("{count} letters")),
    "symbol": (mark("{count} symbol"), mark("{count} symbols")),
    "update": (mark("{count} update"), mark("{count} updates")),
    "step": (mark("{count} step"), mark("{count} steps")),
    "moment": (mark("{count} moment"), mark("{count} moments")),
    "unit": (mark("{count} unit"), mark("{count} units")),
}
_SEVERAL = {
    "character": mark("characters"),
    "byte": mark("bytes"),
    "letter": mark("letters"),
    "symbol": mark("symbols"),
}
UNITS = (mark("character"), mark("byte"), mark("letter"), mark("symbol"))
"""What one symbol of a text is called."""


def counted(count: int, thing: str) -> str:
    """Return a count of things with its thousands separated: 1 update, 1,204 updates."""
    return phrase(_COUNTED[thing][count != 1], count=f"{count:,}")


def duration(seconds: float) -> str:
    """Return a time as a person reads it: `12.3 s`, `4 min 5 s`, `2 h 3 min`."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60:,} h {minutes % 60} min"


def several(thing: str) -> str:
    """Return what more than one of the symbols of a text are called."""
    return _SEVERAL[thing]
