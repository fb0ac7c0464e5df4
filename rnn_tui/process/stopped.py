"""What the system says of a process that does not answer."""

from contextlib import suppress
from pathlib import Path


def is_stopped(pid: int | None, table: Path = Path("/proc")) -> bool:
    """Say whether a process is held by SIGSTOP or a debugger; where nobody knows, it is not."""
    with suppress(OSError, IndexError):
        # The name before the state is in parentheses and may hold anything, blanks included.
        return (table / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] in ("T", "t")
    return False
