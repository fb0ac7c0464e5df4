"""What a row of the table of keys names is there, and takes what the row gives it."""

from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest
from textual.actions import parse
from textual.dom import DOMNode

from rnn_tui.keys.in_force import EVERYWHERE, LOOKS, PAGES
from rnn_tui.keys.key import Key
from rnn_tui.keys.table import KEYS
from rnn_tui.protocol import commands
from rnn_tui.protocol.commands import Command
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.control.controls import Controls
from rnn_tui.tui.lesson_app import LessonApp
from rnn_tui.tui.pages import make_page
from rnn_tui.tui.screens.compare import CompareScreen
from rnn_tui.tui.screens.glossary import GlossaryScreen
from rnn_tui.tui.screens.help import HelpScreen
from rnn_tui.tui.screens.memory import MemoryScreen
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.screens.window_screen import WindowScreen
from rnn_tui.tui.widgets.find_bar import FindBar
from rnn_tui.tui.widgets.lesson_panel import LessonPanel
from rnn_tui.tui.widgets.memory.number_bar import NumberBar
from rnn_tui.tui.widgets.prefix_panel import PrefixPanel
from rnn_tui.tui.widgets.text_bar import TextBar

BOUND: dict[str, type[DOMNode]] = {
    **dict.fromkeys(EVERYWHERE, RnnApp),
    **{page: type(make_page(page)) for page in PAGES},
    **dict.fromkeys(LOOKS, MemoryScreen),
    "prefix": PrefixPanel,
    "text": TextBar,
    "find": FindBar,
    "number": NumberBar,
    "help": HelpScreen,
    "glossary": GlossaryScreen,
    "compare": CompareScreen,
    "lesson": LessonApp,
    "answer": LessonPanel,
}

IN_LESSONS = ("lesson", "answer")


def bound_to(key: Key, namespace: str) -> type[DOMNode]:
    """Return whose action a key is."""
    if namespace == "screen":
        return WindowScreen
    if namespace == "app":
        return LessonApp if key.scope in IN_LESSONS else RnnApp
    return BOUND[key.scope]


def called(key: Key) -> tuple[Callable[..., Any], tuple[object, ...]]:
    """Return what a key calls in the end, and with what."""
    namespace, name, values = parse(key.action)
    bound = bound_to(key, namespace)
    match name, values:
        case "control", (str(method), *rest):
            return getattr(Controls, method), (None, *rest)
        case "send", (str(command), *rest):
            kind = getattr(commands, command)
            assert issubclass(kind, Command)
            return kind, tuple(rest)
        case "panel", (str(panel), str(method), *rest):
            assert issubclass(bound, RunScreen)
            return getattr(bound.PANELS[panel], method), (None, *rest)
        case _:
            return getattr(bound, f"action_{name}"), (None, *values)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_calls_what_is_there(key: Key) -> None:
    does, values = called(key)
    signature(does).bind(*values)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_textual_hands_on_every_value(key: Key) -> None:
    """It counts `*values` as one parameter, and leaves out what comes after."""
    namespace, name, values = parse(key.action)
    bound = bound_to(key, namespace)
    taken = signature(getattr(bound, f"action_{name}")).parameters
    assert len(values) < len(taken)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_keys_and_its_name(page: str) -> None:
    screen = make_page(page)
    assert isinstance(screen, RunScreen)
    assert page == screen.SCOPE
    ids = {binding.id for found in screen._bindings.key_to_bindings.values() for binding in found}
    assert ids >= {key.id for key in KEYS if key.scope == page}
