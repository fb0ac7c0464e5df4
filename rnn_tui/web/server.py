"""textual-serve, held to what a class needs: who may come in, how many, and no way out for text."""

import asyncio
import logging
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server, to_int

from rnn_tui.web.program import PATIENCE, Program

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})
FONT_SIZES = range(6, 65)


class ClassServer(Server):
    """Serves the same program to a number of viewers, to each in a process of its own."""

    def __init__(self, words: Sequence[str], title: str, host: str, port: int, most: int) -> None:
        """Get ready.

        Args:
            words: The program and its arguments; no shell reads them.
            title: Of the page.
            host: Where to listen.
            port: At which port.
            most: Viewers at the same time.
        """
        folder = Path(__file__).parent
        super().__init__(
            shlex.join(words), host=host, port=port, title=title, templates_path=folder
        )
        self.words, self.most = words, most
        self.viewers: set[asyncio.Task[object]] = set()
        self._ending: set[asyncio.Task[None]] = set()

    def run(self, said: str) -> None:
        """Serve until a signal ends it.

        Args:
            said: What to say on standard error as soon as somebody can come in.

        Raises:
            OSError: It cannot listen there.
        """
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            print=lambda *_: print(said, file=sys.stderr),
            access_log=None,
            shutdown_timeout=PATIENCE,
        )

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing; the command has."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Send the viewers home: their programs end with their connections."""
        for viewer in self.viewers:
            viewer.cancel()
        await asyncio.gather(*self.viewers, return_exceptions=True)
        await asyncio.gather(*self._ending)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Return the page, which finds the way back by itself and asks nobody else for anything."""
        self.require_known(request)
        size = request.query.get("fontsize", "")
        font_size = int(size) if size.isdecimal() and int(size) in FONT_SIZES else 16
        context = {"title": self.title, "font_size": font_size}
        return aiohttp_jinja2.render_template("page.html", request, context)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Give a viewer a program, if there is room."""
        self.require_known(request)
        if len(self.viewers) >= self.most:
            raise web.HTTPServiceUnavailable(text="no room for another viewer")
        socket = web.WebSocketResponse(heartbeat=15, timeout=2)
        await socket.prepare(request)
        width, height = (to_int(request.query.get(name, ""), 0) for name in ("width", "height"))
        viewer = asyncio.current_task()
        assert viewer
        self.viewers.add(viewer)
        program = Program(self.words, socket, self.download_manager)
        try:
            await program.start(width or 80, height or 24)
            await self._process_messages(socket, program)
        except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
            pass  # this is not what a browser would send
        finally:
            self.viewers.discard(viewer)
            await self._end(program)
            await socket.close()
        return socket

    async def _end(self, program: Program) -> None:
        # As a task of its own: who waits for it may be cancelled, the program still has to end.
        ending = asyncio.create_task(program.stop())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)

    def require_known(self, request: web.Request) -> None:
        """Refuse pages of other sites: a browser lets any of them open a socket to this machine.

        Raises:
            HTTPForbidden: The page is not ours, or calls this machine by a name it does not have.
        """
        host = request.url.host or ""
        if self.host not in EVERYWHERE and host not in LOOPBACK | {self.host}:
            raise web.HTTPForbidden(text=f"this is not {host}")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="this page belongs to somebody else")
