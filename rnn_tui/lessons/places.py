"""On which line of a lesson's file something stands; the TOML parser does not tell."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_NAME = r"""[\w-]+|"[^"]*"|'[^']*'"""
_ENTRY = re.compile(rf"\s*((?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*=")
_LONG = re.compile(r"\"\"\"|'''")


def line_of(text: str, step: int | None, key: str = "") -> int:
    """Return the line of an entry, or of the header it would stand under; 1 where there is none.

    Args:
        text: The file.
        step: Of which `[[step]]`, from 0; None: above the first one.
        key: Its name, `choices.the text` for one of a table below; empty: the header itself.
    """
    here, inner, quote, best = -1, "", "", 1
    for number, row in enumerate(text.splitlines(), 1):
        if quote:
            quote = _still_open(row, quote)
            continue
        if header := _HEADER.match(row):
            if step is None and header[2] == key:
                return number
            here += header[1] == "[[" and header[2] == "step"
            found = inner = header[2].removeprefix("step").removeprefix(".")
        elif entry := _ENTRY.match(row):
            quote = _still_open(row[entry.end() :], "")
            names = (name.strip("\"'") for name in re.findall(_NAME, entry[1]))
            found = ".".join(filter(None, (inner, *names)))
        else:
            continue
        if here == (-1 if step is None else step):
            if found == key:
                return number
            if (header and not inner) or (found and key.startswith(f"{found}.")):
                best = number
    return best


def _still_open(row: str, quote: str) -> str:
    """Return which quotes of a text over several lines are open at the end of a line."""
    for mark in _LONG.findall(row):
        quote = "" if quote == mark else quote or mark
    return quote
