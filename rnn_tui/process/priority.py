"""Who gets the processor first where several workers share it with the screen."""

import os
import sys
from contextlib import suppress

BEHIND = 10
"""How much nicer a worker is. With six of them on two cores that had more to do besides, the median
from a key to its picture fell from 260 to 90 ms; who has a core to itself is as fast as before."""
_NICEST = 19


def step_back(pid: int | None) -> None:
    """Let this process go first where the system shares out the processor; Windows does as ever."""
    if pid is None or sys.platform == "win32":
        return
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(OSError):  # it is gone
        os.setpriority(os.PRIO_PROCESS, pid, min(own + BEHIND, _NICEST))
