"""Standard streams that the caller has closed, or that cannot be written to any more."""

import os
import sys


def open_what_is_closed() -> None:
    """Let a stream that the shell closed (`>&-`) lead nowhere.

    Else Python has None in its place, and the next file to be opened gets its number: a log or a
    checkpoint that any stray line to standard error would end up in.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def complain(message: str) -> None:
    """One line on standard error; where that is full, the exit code alone has to tell."""
    try:
        print(f"rnn-tui: {message}", file=sys.stderr)
    except OSError:
        lead_nowhere(2)


def lead_nowhere(number: int) -> None:
    """Throw away what goes to this stream, also what the interpreter writes out at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
