"""textual-serve, held to what a class needs: who may come in, how many, and no way out for text."""

import asyncio
import logging
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp_jinja2
import jinja2
import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.download_manager import DownloadManager

from rnn_tui.limits import reached
from rnn_tui.web.answers import IDLE, SOCKET, add_headers, in_time, name_no_version
from rnn_tui.web.lead import Lead
from rnn_tui.web.program import PATIENCE, Begin, Program, begin
from rnn_tui.web.visitors import Visitors
from rnn_tui.web.words import VIEWER, words

log = logging.getLogger(__name__)

FONT_SIZES = range(6, 65)
OURS = Path(__file__).parent
THEIRS = Path(textual_serve.__file__).parent / "static"
FILES = ("page.css", "page.js", "favicon.svg", "lead.css", "lead.js")
LONGEST_MESSAGE = 1 << 18
"""Bytes that a viewer may paste at once."""
FOR_PICTURES = 0.4
"""Of the processors, what the pictures of all viewers together may take while training runs; the
rest is for keys, and for training itself."""
NONSENSE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What messages raise that no browser would send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What is served, and to whom."""

    words: list[str]
    """The program and its arguments; no shell reads them."""
    title: str
    """Of the page."""
    host: str
    """Where to listen."""
    port: int
    most: int
    """Viewers at the same time."""
    memory: int
    """Bytes that each process of a viewer may take."""
    allowed: tuple[str, ...] = ()
    """Names that others have for this machine."""
    lesson: tuple[str, ...] = ()
    """The questions of the lesson that all play; empty: there is none."""


class ClassServer:
    """Serves the same program to a number of viewers, to each in a process of its own."""

    def __init__(self, options: ServeOptions, begin: Begin = begin) -> None:
        self.options, self._begin = options, begin
        self.viewers: set[asyncio.Task[object]] = set()
        self.programs: set[Program] = set()
        self.lead = Lead(options.title, self.programs, options.lesson)
        self._ending: set[asyncio.Task[None]] = set()
        self._downloads = DownloadManager()

    def run(self, said: str) -> None:
        """Serve until a signal ends it.

        Args:
            said: What to say on standard error as soon as somebody can come in.

        Raises:
            OSError: It cannot listen there.
        """
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        web.run_app(
            self.app(),
            host=self.options.host,
            port=self.options.port,
            print=lambda *_: print(said, file=sys.stderr),
            access_log=None,
            shutdown_timeout=PATIENCE,
        )

    def app(self) -> web.Application:
        """Return what answers: the page, its files, and a socket for each viewer."""
        name_no_version()
        visitors = Visitors(self.options.host, self.options.allowed)
        app = web.Application(
            middlewares=[visitors.middleware, in_time], handler_args={"keepalive_timeout": IDLE}
        )
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(OURS), autoescape=True)
        app.router.add_get("/", self.index)
        app.router.add_get(SOCKET, self.serve)
        for name in FILES:
            app.router.add_get(f"/{name}", partial(send_file, OURS / name))
        self.lead.add_routes(app)
        app.router.add_static("/static", THEIRS)
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self._send_home)
        return app

    async def _send_home(self, app: web.Application) -> None:
        # The programs of the viewers end with their connections.
        for viewer in self.viewers:
            viewer.cancel()
        await asyncio.gather(*self.viewers, return_exceptions=True)
        await asyncio.gather(*self._ending)

    async def index(self, request: web.Request) -> web.StreamResponse:
        """Return the page, which finds the way back by itself and asks nobody else for anything."""
        size = request.query.get("fontsize", "")
        font_size = int(size) if size.isdecimal() and int(size) in FONT_SIZES else 16
        context = {"title": self.options.title, "font_size": font_size, "words": words(VIEWER)}
        return aiohttp_jinja2.render_template("page.html", request, context)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Give a viewer a program, if there is room."""
        if len(self.viewers) >= self.options.most:
            raise web.HTTPServiceUnavailable(text="no room for another viewer")
        viewer = asyncio.current_task()
        assert viewer
        self.viewers.add(viewer)
        try:
            socket = web.WebSocketResponse(heartbeat=15, timeout=2, max_msg_size=LONGEST_MESSAGE)
            await socket.prepare(request)
            await self._show(request, socket)
        finally:
            self.viewers.discard(viewer)
        return socket

    async def _show(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        program = Program(
            self.options.words, socket, self._downloads, self.options.memory, self._begin
        )
        try:
            await program.start(number(request, "width", 80), number(request, "height", 24))
            self.programs.add(program)
            self._share_out()
            self.lead.welcome(program)
            await converse(socket, program)
        except NONSENSE:
            pass  # this is not what a browser would send
        except (OSError, RuntimeError) as error:
            if not (limit := reached(error)):
                raise
            log.warning("rnn-tui: a viewer got no run: %s", limit)
        finally:
            self.programs.discard(program)
            self._share_out()
            await self._end(program)
            await socket.close()

    def _share_out(self) -> None:
        """Tell each program how much of the processors its pictures may take."""
        share = 1000 * FOR_PICTURES * (os.cpu_count() or 1) / max(1, len(self.programs))
        for program in self.programs:
            program.tell("share", thousandths=max(1, int(share)))

    async def _end(self, program: Program) -> None:
        # As a task of its own: who waits for it may be cancelled, the program still has to end.
        ending = asyncio.create_task(program.stop())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)


async def send_file(file: Path, request: web.Request) -> web.FileResponse:
    """Return a file of the page."""
    return web.FileResponse(file)


def number(request: web.Request, name: str, default: int) -> int:
    """Return a size that the page names; the program knows which ones it can paint."""
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


async def converse(socket: web.WebSocketResponse, program: Program) -> None:
    """Pass on what the viewer does, until they leave.

    Raises:
        Exception: One of `NONSENSE`.
    """
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        envelope = message.json()
        if not isinstance(envelope, list):
            raise TypeError("not a list")
        kind, *said = envelope
        if kind == "stdin":
            await program.send_bytes(said[0].encode())
        elif kind == "resize":
            await program.set_terminal_size(int(said[0]["width"]), int(said[0]["height"]))
        elif kind == "ping":
            await socket.send_json(["pong", said[0]])
        elif kind == "blur":
            await program.blur()
        elif kind == "focus":
            await program.focus()
