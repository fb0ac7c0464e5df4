import asyncio
import re
from math import inf
from pathlib import Path
from typing import Any, Protocol

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual._compositor import Compositor
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tests.tui.stage import painted


class Compare(Protocol):
    """Compares what an app has painted with what is kept, of several under the name of each."""

    def __call__(self, app: App[None], name: str | None = None) -> None: ...


_SOON = 0.06
"""Seconds: Textual paints 60 times a second, after a change of screens when 50 ms have passed."""


class TextExtension(SingleFileSnapshotExtension):
    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class PictureExtension(SingleFileSnapshotExtension):
    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the person's own log, colors and working folder out of it."""
    monkeypatch.setattr("rnn_tui.process.output_log.user_log_path", lambda *_, **__: Path("log"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


async def _idle(*_: float) -> None:
    """Wait until the event loop has nothing to do, neither now nor soon."""
    loop: Any = asyncio.get_running_loop()  # what it has to do is in no public place
    soon = loop.time() + _SOON
    while True:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        timers = (timer.when() for timer in loop._scheduled if not timer.cancelled())
        if (next_timer := min(timers, default=inf)) > soon:
            return
        await asyncio.sleep(next_timer - loop.time())


@pytest.fixture(autouse=True)
def _no_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot naps, 20 ms at a time, until the process is idle: half the time of a test."""
    for user in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{user}.wait_for_idle", _idle)


@pytest.fixture
def every_picture() -> None:
    """Asked for by tests of painting itself: what changes is painted as in a terminal."""


_render_update = Compositor.render_update


def _only_asked_for(compositor: Compositor, full: bool = False, **options: Any) -> Any:
    """Return a whole picture, and nothing of what changed."""
    if full:
        return _render_update(compositor, full, **options)
    return compositor._dirty_regions.clear()


class _Nothing:
    """What a line of the screen keeps of its parts, though it is painted once."""

    def get(self, *_: object) -> None:
        return None

    def __setitem__(self, *_: object) -> None: ...


_nothing = _Nothing()


@pytest.fixture(autouse=True)
def _unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal what changes is painted and thrown away, several times for each key.

    What a test looks at (`painted`) is painted then, and the last picture of each. The seven caches
    of each line, and of each part of one, are an eighth of that.
    """
    if "every_picture" not in request.fixturenames:
        monkeypatch.setattr(Compositor, "render_update", _only_asked_for)
        monkeypatch.setattr("textual.strip.FIFOCache", lambda _: _nothing)


_parse, _parsed = Stylesheet._parse_rules, dict[Any, Any]()


def _parsed_once(sheet: Stylesheet, *args: Any, **kwargs: Any) -> Any:
    """Return the rules of a piece of CSS, which every app has, as they were read for the first."""
    key = (args, *kwargs.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *args, **kwargs)
    return _parsed[key]


class _Found:
    """The rules of a node, in the place of Textual's own cache, which forgets after each update.

    They are known by all that a selector can ask of the node and of those it is in, in any app;
    what depends on the nodes beside it (`:first-child`) Textual asks no cache for.
    """

    def __init__(self, found: dict[Any, Any], node: DOMNode) -> None:
        self.found = found
        app = node.app
        asked = app.current_theme.dark, app.native_ansi_color, app.no_color, app.is_inline
        self.key = (app.app_focus, *asked, *map(self._asked, node.css_path_nodes))

    def _asked(self, node: DOMNode) -> Any:
        focus = getattr(node, "can_focus", False), node._pseudo_classes_cache_key
        return type(node), node._id, node.classes, *focus

    def get(self, _: object) -> Any:
        return self.found.get(self.key)

    def __setitem__(self, _: object, rules: object) -> None:
        self.found[self.key] = rules


_apply, _sheets = Stylesheet.apply, dict[Any, dict[Any, Any]]()


def _found_once(sheet: Any, node: DOMNode, *, animate: bool = False, **_: Any) -> None:
    """Apply the rules that were found for a node like this, in whichever app."""
    rules = sheet.rules
    if getattr(sheet, "found_in", None) is not rules:
        sheet.found_in, sheet.found = rules, _sheets.setdefault(tuple(map(id, rules)), {})
    _apply(sheet, node, animate=animate, cache=_Found(sheet.found, node))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_css_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the same rules for each app anew is a seventh of a test, finding a node's a tenth."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parsed_once)
    monkeypatch.setattr(Stylesheet, "apply", _found_once)
    monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)  # the same, but in C


@pytest.fixture
def same_text(snapshot: SnapshotAssertion) -> Compare:
    """Compares what is painted with the text kept under __snapshots__."""

    def compare(app: App[None], name: str | None = None) -> None:
        assert painted(app) == snapshot(extension_class=TextExtension, name=name)

    return compare


@pytest.fixture
def same_picture(snapshot: SnapshotAssertion) -> Compare:
    """Compares what is painted, colors included, with the picture kept under __snapshots__."""

    def compare(app: App[None], name: str | None = None) -> None:
        svg = app.export_screenshot(simplify=True)
        assert re.sub(r"terminal-\d+-", "terminal-", svg) == snapshot(
            extension_class=PictureExtension, name=name
        )

    return compare
