"""What one viewer looks at: a process of the screen, whose terminal is a socket."""

import asyncio
import json
import logging
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from rnn_tui.text.visible import visible
from rnn_tui.web.memory import limit
from rnn_tui.web.standing import Standing

PATIENCE = 5.0
"""Seconds that a program has to end when its viewer is gone."""

DRIVER = "rnn_tui.tui.terminal.web_driver:BoundedWebDriver"
LAST_WORDS = 4096
"""Bytes of what a program says on standard error; the last line of it tells why it ended."""

log = logging.getLogger(__name__)


Begin = Callable[[Sequence[str], Mapping[str, str]], Awaitable[Process]]
"""Starts a program, given its words, which no shell reads, and its environment."""


async def begin(words: Sequence[str], environment: Mapping[str, str]) -> Process:
    """Start a program as any other."""
    return await asyncio.create_subprocess_exec(
        *words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
    )


def surroundings(width: int, height: int) -> dict[str, str]:
    """Return the environment of a program whose terminal is a browser of this size."""
    environment = dict(os.environ) | {
        "TEXTUAL_DRIVER": DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }
    environment.pop("NO_COLOR", None)  # about the server's terminal, not about the browser
    return environment


class Program(AppService):
    """Starts without a shell, tells the viewer when it ends, and never outlives the viewer."""

    def __init__(
        self,
        words: Sequence[str],
        socket: web.WebSocketResponse,
        downloads: DownloadManager,
        memory: int,
        begin: Begin = begin,
    ) -> None:
        """Get ready.

        Args:
            words: The program and its arguments.
            socket: To the viewer.
            downloads: textual-serve wants to know; the screen offers none.
            memory: Bytes that each process of the program may take.
            begin: Starts it.
        """
        super().__init__(
            words[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close,
            download_manager=downloads,
        )
        self._words, self._socket, self._memory = words, socket, memory
        self._begin = begin
        self.standing = Standing()
        self._said = b""
        self._listening: asyncio.Task[None] | None = None

    async def _close(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await self._begin(self._words, surroundings(width, height))
        limit(process.pid, self._memory)
        self._stdin = process.stdin
        assert process.stderr
        self._listening = asyncio.create_task(self._listen(process.stderr))
        process.stderr = asyncio.StreamReader()  # textual-serve would keep and print all of it
        process.stderr.feed_eof()
        return process

    def tell(self, kind: str, **what: int | str) -> None:
        """Tell the program something without waiting until it hears it."""
        if self._stdin is not None:
            said = json.dumps({"type": kind, **what}).encode()
            with suppress(RuntimeError):  # it is gone
                self._stdin.write(self.encode_packet(b"M", said))

    async def on_meta(self, data: bytes) -> None:
        """Take what the program says beside its pictures."""
        said = json.loads(data)
        if said["type"] == "standing":
            self.standing.take(said)
        else:
            await super().on_meta(data)

    async def _listen(self, stderr: asyncio.StreamReader) -> None:
        while said := await stderr.read(LAST_WORDS):
            self._said = (self._said + said)[-LAST_WORDS:]

    async def run(self) -> None:
        """Pass on what the program says until it ends."""
        try:
            await super().run()
        finally:
            await self._close()

    async def stop(self) -> None:
        """Ask the program to end; end it if it does not."""
        if self._process is None:
            return
        asking = asyncio.create_task(super().stop())
        await asyncio.wait({asking}, timeout=PATIENCE)
        with suppress(ProcessLookupError):
            self._process.kill()
        with suppress(asyncio.CancelledError):  # it cancels itself where there was little to read
            await asking
        if self._listening:
            await asyncio.wait({self._listening}, timeout=PATIENCE)
            self._listening.cancel()
        await self._process.communicate()  # to the end, else its pipes stay open
        self._tell()

    def _tell(self) -> None:
        """Say in one line why the program ended, if it was not because its viewer left."""
        lines = self._said.decode("utf-8", "replace").strip().splitlines()
        if lines and self._process and self._process.returncode:
            why = visible(lines[-1].removeprefix("rnn-tui: "))
            log.warning("rnn-tui: a viewer's run ended: %s", why)
