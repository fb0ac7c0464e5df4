"""What every answer says beside its contents, and how long it may take."""

import asyncio

from aiohttp import web, web_response
from aiohttp.typedefs import Handler

HEADERS = {
    # xterm.js writes its colors into the page as styles; all else comes from files of ours.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SOCKET = "/ws"
"""Where the viewers' sockets are."""

IDLE = 20
"""Seconds that a visitor may take to ask for something, from the first byte to the last."""

LONGEST = 120.0
"""Seconds that an answer may take to be fetched; the largest file has half a megabyte."""


def name_no_version() -> None:
    """Keep aiohttp from telling everybody its version and Python's.

    Answers to what is no HTTP pass neither signals nor middlewares, so its constant is replaced.
    """
    web_response.SERVER_SOFTWARE = "rnn-tui"  # type: ignore[attr-defined]


async def add_headers(_: web.Request, answer: web.StreamResponse) -> None:
    """Say what browsers may do with it."""
    answer.headers.update(HEADERS)


@web.middleware
async def in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """End the connection with its answer, and after a time without; a viewer's stays open."""
    answer = await handler(request)
    if request.path != SOCKET and request.transport:
        answer.force_close()
        asyncio.get_running_loop().call_later(LONGEST, request.transport.abort)
    return answer
