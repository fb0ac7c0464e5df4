"""Who may come in: pages of this server, called by a name of this machine.

A browser lets any page open a socket to any machine, and whoever owns a name can point it at the
address of somebody else's (DNS rebinding): such a page then has an Origin that agrees with its
Host. What its owner cannot do is to choose a name that this machine has.
"""

import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from rnn_tui.text.visible import visible

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Visitors:
    """Lets in those who call this machine by a name it has, and nobody else's pages."""

    def __init__(self, host: str, allowed: Iterable[str] = ()) -> None:
        """Get ready.

        Args:
            host: Where the server listens.
            allowed: Names that others have for this machine, such as that of a proxy before it.
        """
        self._allowed = frozenset(map(plain, allowed))
        self._names = LOOPBACK | own_names() | {plain(host)} | self._allowed

    def require_known(self, request: web.Request) -> None:
        """Refuse other names and pages of other sites.

        Raises:
            HTTPForbidden: It calls this machine by a name it does not have, or is from elsewhere.
        """
        host = request.headers.get("Host", "")
        name = host_in(f"//{host}")
        if not name or name not in self._names | addresses(request):
            raise web.HTTPForbidden(
                text=f"this is not {visible(name or host)}; whoever started rnn-tui serve can "
                "let that name in with --allow-host NAME\n"
            )
        origin = request.headers.get("Origin")
        if origin is None or urlsplit_or_none(origin) == host:
            return
        # A proxy may call this server by another name than its visitors call the proxy.
        if host_in(origin) not in self._allowed:
            raise web.HTTPForbidden(text="this page belongs to somebody else\n")

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer those who may come in."""
        self.require_known(request)
        return await handler(request)


def own_names() -> frozenset[str]:
    """Return the names that this machine has for itself, without asking the network."""
    name = plain(socket.gethostname())
    short = name.partition(".")[0]
    return frozenset({name, short, f"{short}.local"}) - {"", ".local"}


def addresses(request: web.Request) -> frozenset[str]:
    """Return the address of this machine that the visitor has reached."""
    end = request.transport.get_extra_info("sockname") if request.transport else None
    return frozenset({plain(str(end[0]))}) if end else frozenset()


def host_in(url: str) -> str:
    """Return the host that a URL names, without its port; empty where it names none."""
    with suppress(ValueError):
        return plain(urlsplit(url).hostname or "")
    return ""


def urlsplit_or_none(url: str) -> str | None:
    """Host and port as a URL has them; None where it is none."""
    with suppress(ValueError):
        return urlsplit(url).netloc
    return None


def plain(name: str) -> str:
    """Return a name or an address, spelled as others are that mean the same."""
    name = name.strip("[]").rstrip(".").lower()
    with suppress(ValueError):
        return str(ipaddress.ip_address(name.partition("%")[0]))
    with suppress(UnicodeError):
        return name.encode("idna").decode()  # as browsers send 학교.kr
    return name
