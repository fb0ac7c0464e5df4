"""The page from which somebody leads the class; its address is known to nobody else."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from rnn_tui.keys.in_force import NO_LESSON, PAGES
from rnn_tui.web.standing import Standing, counted
from rnn_tui.web.words import LEAD, screens, script_words, words

if TYPE_CHECKING:
    from rnn_tui.web.program import Program

SCREENS = tuple(page for page in PAGES if page not in NO_LESSON)
COMMANDS = ("pause", "go", "restart")
LONGEST = 1 << 10
"""Bytes of what the page asks for."""


@dataclass(slots=True)
class Lead:
    """Leads the programs of all viewers; whoever presses a key of theirs is free until the next."""

    title: str
    programs: "Iterable[Program]"
    """Those that run now."""
    lesson: tuple[str, ...] = ()
    """The questions of the lesson that is played; empty: there is none."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """Whoever has it may lead."""
    step: int | None = None
    """Where the class was led last; who comes later is led there, too."""

    @property
    def path(self) -> str:
        """The page's path."""
        return f"/lead/{self.key}"

    def add_routes(self, app: web.Application) -> None:
        """Answer at the page's address."""
        for method, path, handler in (
            ("GET", "/lead/{key}", self._page),
            ("GET", "/lead/{key}/now", self._now),
            ("POST", "/lead/{key}/do", self._do),
        ):
            app.router.add_route(method, path, partial(self._let_in, handler))

    async def _let_in(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        given = request.match_info["key"].encode()
        if not hmac.compare_digest(given, self.key.encode()):
            raise web.HTTPNotFound
        return await handler(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        context = {
            "title": self.title,
            "screens": SCREENS,
            "named": screens(),
            "steps": self.lesson,
            "words": words(LEAD),
            "script_words": script_words(),
        }
        return aiohttp_jinja2.render_template("lead.html", request, context)

    async def _now(self, _: web.Request) -> web.StreamResponse:
        standings: Iterable[Standing] = [program.standing for program in self.programs]
        return web.json_response(counted(standings, self.lesson))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        if (request.content_length or LONGEST + 1) > LONGEST:
            raise web.HTTPBadRequest
        form = await request.post()
        what, value = str(form.get("what", "")), str(form.get("value", ""))
        if not self._is_lead(what, value):
            raise web.HTTPBadRequest
        if what == "step":
            self.step = int(value)
        for program in self.programs:
            if what == "step":
                program.standing.answers.pop(int(value), None)
            program.tell("lead", what=what, value=value)
        return web.Response(status=204)

    def _is_lead(self, what: str, value: str) -> bool:
        if what == "step":
            return value in map(str, range(len(self.lesson)))
        return value in SCREENS if what == "see" else what in COMMANDS and not value

    def welcome(self, program: "Program") -> None:
        """Lead somebody who has just come to where the class is."""
        if self.step is not None:
            program.tell("lead", what="step", value=str(self.step))
