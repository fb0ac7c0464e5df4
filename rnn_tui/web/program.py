"""What one viewer looks at: a process of the screen, whose terminal is a socket."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

PATIENCE = 5.0
"""Seconds that a program has to end when its viewer is gone."""


class Program(AppService):
    """Starts without a shell, tells the viewer when it ends, and never outlives the viewer."""

    def __init__(
        self, words: Sequence[str], socket: web.WebSocketResponse, downloads: DownloadManager
    ) -> None:
        super().__init__(
            words[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close,
            download_manager=downloads,
        )
        self._words, self._socket = words, socket

    async def _close(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        environment.pop("NO_COLOR", None)  # about the server's terminal, not about the browser
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = process.stdin
        return process

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
        await self._process.communicate()  # to the end, else its pipes stay open
