"""Programs forked from one process that has imported all they need (Linux).

What a program imports is most of its memory and of the time to its first picture; forked, all
share it.
"""

import asyncio
import errno
import os
import socket
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerProcess
from typing import cast

from rnn_tui.process.spawn import environment

Run = Callable[[Sequence[str], socket.socket, socket.socket, Mapping[str, str]], None]
"""Runs a program: its words, its standard input and output, its standard error, its variables."""
OWN = ("COLUMNS", "ROWS")
"""Variables of one program; all others were read when it was imported."""


class Forked:
    """A program and the way to it, for whoever expects one of `asyncio.subprocess`."""

    def __init__(
        self,
        process: ForkServerProcess,
        terminal: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        stderr: asyncio.StreamReader,
    ) -> None:
        self._process = process
        self.pid = process.pid
        self.stdout, self.stdin = terminal
        self.stderr = stderr

    @property
    def returncode(self) -> int | None:
        """The exit code; None: it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    async def communicate(self) -> None:
        """Wait for its end."""
        await self.stdout.read()
        self.stdin.close()
        await asyncio.to_thread(self._process.join)


class Nursery:
    """Starts programs."""

    def __init__(self, run: Run, preloaded: str, variables: Mapping[str, str]) -> None:
        """Begin to import.

        Args:
            run: What a program does, in a process of its own.
            preloaded: The module that imports what it needs.
            variables: The environment of all programs, and from now on of this process: the one
                that they are forked from may have to be started again.

        Raises:
            OSError: The system does not allow another process.
        """
        self._run, self._context = run, get_context("forkserver")
        os.environ.clear()
        os.environ.update(variables)
        forkserver.set_forkserver_preload([preloaded])
        with environment():
            forkserver.ensure_running()

    async def begin(self, words: Sequence[str], variables: Mapping[str, str]) -> Process:
        """Start a program.

        Raises:
            OSError: The system does not allow another process.
        """
        (ours, theirs), (heard, stderr) = socket.socketpair(), socket.socketpair()
        own = {name: variables[name] for name in OWN}
        with theirs, stderr:
            process = self._context.Process(target=self._run, args=(words, theirs, stderr, own))
            try:
                with environment():
                    process.start()
            except (EOFError, OSError) as error:  # a fork that fails ends who was to do it
                ours.close()
                heard.close()
                raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        terminal = await asyncio.open_connection(sock=ours)
        said, _ = await asyncio.open_connection(sock=heard)
        return cast(Process, Forked(process, terminal, said))
