"""Names and tags of runs: events of their records, the last of which hold."""

import json
from typing import Any

NAME, TAG = b'{"event":"name",', b'{"event":"tag",'
"""How such a line begins: so a file is looked through in no time."""


def name_in(data: bytes) -> str:
    """Return the name that a record gives its run; empty: none."""
    for event in reversed(events(data, NAME)):
        if isinstance(name := event.get("name"), str):
            return name
    return ""


def tags_in(data: bytes) -> frozenset[str]:
    """Return the tags that were given to a run and not taken away."""
    tags: set[str] = set()
    for event in events(data, TAG):
        if isinstance(tag := event.get("tag"), str):
            (tags.add if event.get("on") is True else tags.discard)(tag)
    return frozenset(tags)


def events(data: bytes, beginning: bytes) -> list[dict[str, Any]]:
    """Return the events of the lines that begin so; what is none is left out."""
    found, place = [], data.find(b"\n" + beginning)
    while place >= 0:
        end = data.find(b"\n", place + 1)
        line = data[place:end] if end >= 0 else data[place:]
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            event = None
        if isinstance(event, dict):
            found.append(event)
        place = data.find(b"\n" + beginning, place + 1)
    return found
