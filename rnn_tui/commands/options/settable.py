"""The options that a user may set once and for all, and what they can be set to."""

import argparse
from collections.abc import Iterable
from typing import Any

from rnn_tui.commands.options.parser import Parser

ONCE = frozenset({"json", "checkpoint_every", "keep", "prefix", "count", "print_completion"})
"""What belongs to one call and not to a user; names of files do so too."""

_KINDS: dict[Any, str] = {int: "a whole number", float: "a number", None: "a text", str: "a text"}
_WORDS = {"1": True, "true": True, "yes": True, "on": True}
_WORDS |= {"0": False, "false": False, "no": False, "off": False}

Actions = dict[str, argparse.Action]


def settable(parsers: Iterable[Parser]) -> Actions:
    """Return the options of these commands that may be set in a file or the environment, by name.

    A command without --config reads neither, so that its options cannot be set there.
    """
    return {
        action.dest: action
        for parser in parsers
        if any(action.dest == "config" for action in parser._actions)
        for action in parser._actions
        if action.option_strings and action.dest not in ONCE and kind(action)
    }


def is_flag(action: argparse.Action) -> bool:
    """Return whether the option takes no value but is there or not."""
    return action.nargs == 0 and action.const is True


def kind(action: argparse.Action) -> str:
    """Return what a value has to be, in words; empty for an option that has none of its own."""
    if is_flag(action):
        return "true or false"
    if action.nargs is not None or action.type not in _KINDS:
        return ""
    if action.choices:
        return f"one of {', '.join(map(str, action.choices))}"
    return _KINDS[action.type]


def from_toml(action: argparse.Action, value: object) -> object:
    """Return the value of an option as TOML gives it.

    Raises:
        ValueError: It is not of the kind that the option takes.
    """
    if is_flag(action):
        right = isinstance(value, bool)
    elif action.type is float:
        right = isinstance(value, int | float) and not isinstance(value, bool)
    elif action.type is int:
        right = isinstance(value, int) and not isinstance(value, bool)
    else:
        right = isinstance(value, str) and value in (action.choices or [value])
    if not right:
        raise ValueError(kind(action))
    return float(value) if action.type is float else value  # type: ignore[arg-type]


def from_words(action: argparse.Action, text: str) -> object:
    """Return the value of an option as a variable of the environment spells it.

    Raises:
        ValueError: It is not of the kind that the option takes.
    """
    try:
        if is_flag(action):
            return _WORDS[text.lower()]
        number = action.type(text) if action.type in (int, float) else text
    except (KeyError, ValueError):
        raise ValueError(kind(action)) from None
    return from_toml(action, number)
