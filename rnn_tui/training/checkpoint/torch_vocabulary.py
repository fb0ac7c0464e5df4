"""The vocabulary that goes with weights from PyTorch: which symbol is which id."""

import json
import re
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible

SPECIAL = re.compile(r"<[^<>\s]+>|\[[A-Z]+\]")
ID = re.compile(r"[0-9]{1,9}")


def read_vocabulary(path: Path, size: int) -> tuple[str, ...]:
    """Read the symbols in the order of ids: from JSON (.json), or a text that has each once.

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
    """Return the symbols of a JSON vocabulary, special entries such as `<pad>` among them.

    It is a list, gives each symbol its id or each id its symbol, or holds such parts under names
    of their own, as `{"itos": ..., "stoi": ...}` does.

    Raises:
        InputError: It is something else, or its parts contradict each other.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: is not JSON ({visible(str(error))})") from None
    readings = [in_order(part) for part in parts_of(found)]
    symbols = readings[0]
    if symbols is None or not all(map(is_symbol, symbols)):
        raise InputError(
            f'{where}: a vocabulary is a list of single characters, ["h", "e"], or gives each its '
            'id, {"h": 0, "e": 1}'
        )
    if any(reading != symbols for reading in readings):
        raise InputError(f"{where}: its parts give different ids")
    if len(set(symbols)) < len(symbols):
        raise InputError(f"{where}: a symbol is there twice")
    return tuple(symbols)


def parts_of(found: Any) -> list[Any]:
    """Return the lists and objects in an object, each a vocabulary; or what was found itself."""
    values = found.values() if isinstance(found, dict) else ()
    return [part for part in values if isinstance(part, list | dict)] or [found]


def in_order(found: Any) -> list[Any] | None:
    """Return the symbols by their ids; None where these do not count up from 0."""
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        return None
    if all(isinstance(value, str) and ID.fullmatch(id) for id, value in found.items()):
        return counted([(int(id), symbol) for id, symbol in found.items()])
    if all(type(id) is int for id in found.values()):
        return counted([(id, symbol) for symbol, id in found.items()])
    return None


def counted(pairs: list[tuple[int, str]]) -> list[str] | None:
    """Return the symbols of (id, symbol) by id; None where the ids do not count up from 0."""
    by_id = dict(pairs)
    if sorted(id for id, _ in pairs) != list(range(len(pairs))):
        return None
    return [by_id[id] for id in range(len(pairs))]


def is_symbol(entry: Any) -> bool:
    """Return whether an entry is a character, or a special one."""
    return isinstance(entry, str) and (len(entry) == 1 or is_special(entry))


def is_special(entry: str) -> bool:
    """Return whether an entry stands for no character: `<pad>`, `<|endoftext|>`, `[UNK]`."""
    return bool(SPECIAL.fullmatch(entry))
