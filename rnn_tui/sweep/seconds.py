"""How long a run was at work before it was gone on with: its log knows."""

from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.runlog.reader import Event, read_log


def seconds_before(log: Path, update: int) -> float:
    """Return the seconds that brought a run to an update; what was lost by a kill is not counted.

    Args:
        log: Of the run, a part after the other; 0 where there is none, or none that can be read.
        update: Where the run goes on.
    """
    try:
        events = read_log(log).events if update and log.exists() else ()
    except InputError:
        return 0.0
    total = 0.0
    part: list[Event] = []
    for event in (*events, {"event": "start", "update": update}):
        if event["event"] == "start":
            total += max((one["seconds"] for one in part if is_before(one, event)), default=0.0)
            part = []
        else:
            part.append(event)
    return total


def is_before(event: Event, start: Event) -> bool:
    """Return whether an event of a part is kept where another part starts."""
    update, limit = event.get("update"), start.get("update")
    return isinstance(update, int) and isinstance(limit, int) and update <= limit
