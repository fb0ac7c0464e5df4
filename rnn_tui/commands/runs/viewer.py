"""A viewer's program in a process that was forked for it."""

import os
import runpy
import socket
import sys
from collections.abc import Mapping, Sequence

from rnn_tui.process import spawn

PROGRAM = (sys.executable, "-m", "rnn_tui")
"""How its command line begins, where it is started as any other."""


def main(
    words: Sequence[str],
    terminal: socket.socket,
    stderr: socket.socket,
    variables: Mapping[str, str],
) -> None:
    """Run it; the process knows nothing yet of its terminal.

    Args:
        words: Its command line.
        terminal: Its standard input and output.
        stderr: Its standard error.
        variables: Of its environment, those that are its own.
    """
    for end, numbers in ((terminal, (0, 1)), (stderr, (2,))):
        for number in numbers:
            os.dup2(end.fileno(), number)
        end.close()
    sys.stdin = sys.__stdin__ = os.fdopen(0)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w")  # type: ignore[misc]
    os.environ.update(variables)
    spawn.preloaded = True
    sys.argv = list(words[len(PROGRAM) - 1 :])
    runpy.run_module("rnn_tui", run_name="__main__")
