"""Arrays for windows of one size, made once: fresh ones would double the time of an update.

What stands in them after a call, no later call may see.
"""

from collections.abc import Callable
from typing import TypeVar

Room = TypeVar("Room")
Sizes = tuple[int, int, bool]
"""Time steps, streams, and whether the window is learned from."""

MOST_ROOMS = 6
"""Window sizes to keep room for: training, an epoch's last, validation, samples, prefixes."""


def room_of(rooms: dict[Sizes, Room], sizes: Sizes, make: Callable[[], Room]) -> Room:
    """Return the room for windows of these sizes; the one that has waited longest makes way."""
    room = rooms.pop(sizes, None)
    if room is None:
        room = make()
        if len(rooms) == MOST_ROOMS:
            del rooms[next(iter(rooms))]
    rooms[sizes] = room
    return room
