"""The vocabulary that goes with weights from PyTorch: which symbol is which id."""

import json
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible


def read_vocabulary(path: Path, size: int) -> tuple[str, ...]:
    """The symbols in the order of ids: from JSON (.json), or from a text that holds each once.

    Args:
        path: The file.
        size: How many the network has; tells whether a newline at the end is one of them.

    Raises:
        InputError: It cannot be read, or is no vocabulary.
    """
    where = visible(str(path))
    try:
        text = path.read_bytes().decode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"{where}: cannot be read ({visible(str(reason))})") from None
    if path.suffix.lower() == ".json":
        return listed(text, where)
    if len(text) == size + 1:
        text = text.removesuffix("\n")
    if len(set(text)) < len(text):
        twice = visible(next(symbol for symbol in text if text.count(symbol) > 1))
        raise InputError(
            f"{where}: {twice} is there twice; each symbol once, in the order of ids, or a .json "
            "file: a list, or symbols with their ids"
        )
    return tuple(text)


def listed(text: str, where: str) -> tuple[str, ...]:
    """The symbols of a JSON list, or of an object with an id for each."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: is not JSON ({visible(str(error))})") from None
    symbols = in_order(found) if isinstance(found, dict) else found
    if not isinstance(symbols, list) or not all(
        isinstance(s, str) and len(s) == 1 for s in symbols
    ):
        raise InputError(
            f'{where}: a vocabulary is a list of single characters, ["h", "e"], or gives each its '
            'id, {"h": 0, "e": 1}'
        )
    if len(set(symbols)) < len(symbols):
        raise InputError(f"{where}: a symbol is there twice")
    return tuple(symbols)


def in_order(ids: dict[str, Any]) -> list[str] | None:
    """The symbols by their ids; None where these do not count up from 0."""
    counted = {value: symbol for symbol, value in ids.items() if isinstance(value, int)}
    if sorted(counted) != list(range(len(ids))):
        return None
    return [counted[id] for id in range(len(ids))]
