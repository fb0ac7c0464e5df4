"""What stays the same in a run, read back from the start of its log."""

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.corpus import MAX_SYMBOLS
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.from_json import fields_from

NUMBERS = frozenset(
    {
        "parameter_count",
        "train_size",
        "val_size",
        "windows_per_epoch",
        "uniform",
        "unigram",
        "bigram",
        "held_out",
        "floor",
        "begins",
    }
)
OPTIONAL = frozenset({"held_out", "floor"})
LISTS = frozenset({"symbols", "letters", "notes"})


def info_of(event: dict[str, Any], path: Path) -> RunInfo:
    """Return what the screen is told of a run.

    Raises:
        InputError: Something is missing, or of another kind.
    """
    try:
        if "symbols" not in event:
            event = event | unnamed(event["vocabulary"])
        names = [f.name for f in fields(RunInfo) if f.name in event or f.default is MISSING]
        given = {name: value_of(name, event) for name in names}
        info = RunInfo(**given)
        if len(info.symbols) != len(info.letters) or info.windows_per_epoch < 1:
            raise ValueError("its numbers do not fit together")
        if info.begins not in range(len(info.symbols)):
            raise ValueError("its numbers do not fit together")
        return info
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{visible(str(path))}: the start of a run is damaged ({visible(str(error))[:200]})"
        ) from None


def unnamed(vocabulary: Any) -> dict[str, Any]:
    """Return a vocabulary of so many symbols, of which a record says no more."""
    if not 0 < vocabulary <= MAX_SYMBOLS:
        raise ValueError(f"a vocabulary of {vocabulary!r}")
    return dict.fromkeys(("symbols", "letters"), [""] * int(vocabulary))


def value_of(name: str, event: dict[str, Any]) -> Any:
    """Return a field of `RunInfo`; texts are made safe to paint, but for the vocabulary itself."""
    value = event[name]
    if name == "config":
        return fields_from(Config, value)
    if name in OPTIONAL and value is None:
        return None
    if name in NUMBERS:
        return value + 0
    if name in LISTS:
        texts = tuple(text(one) for one in value)
        return texts if name == "letters" else tuple(map(visible, texts))
    return visible(text(value))


def text(value: Any) -> str:
    """Return a text as it is; anything else is an error."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
