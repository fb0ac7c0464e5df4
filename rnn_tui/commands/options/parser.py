"""An argument parser that errs in one line."""

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from pathlib import Path


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal; argparse would ask `shutil`, slower to import than argparse."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=width() - 2)


class HelpWithList(Help, argparse.RawDescriptionHelpFormatter):
    """Help that keeps the lines of its description and epilog."""


class Parser(argparse.ArgumentParser):
    """Argparse with errors of one line."""

    def __init__(
        self,
        prog: str,
        description: str = "",
        epilog: str | None = None,
        formatter_class: type[argparse.HelpFormatter] = Help,
    ) -> None:
        super().__init__(
            prog, description=description, epilog=epilog, formatter_class=formatter_class
        )

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse; an option that does not exist is named before what was to be its value."""
        for word in args or ():
            if word == "--":
                break
            if word.startswith("--") and " " not in word:
                self._require_option(word.partition("=")[0])
        return super().parse_known_args(args, namespace)

    def _require_option(self, word: str) -> None:
        known = [name for action in self._actions for name in action.option_strings]
        if not any(name.startswith(word) for name in known):
            from rnn_tui.slips import near

            hint = near(word, known, cutoff=0.7)
            self.error(f"there is no option {word}" + (f"; {hint}" if hint else ""))

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError:
            if action.type not in (int, float):
                raise
        from rnn_tui.text.visible import visible

        kind = "whole number, such as 3" if action.type is int else "number, such as 0.5"
        raise argparse.ArgumentError(action, f"'{visible(arg_string)}' is no {kind}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if not action.choices or value in action.choices:
            return
        from rnn_tui.slips import near
        from rnn_tui.text.visible import visible

        names = [str(choice) for choice in action.choices]
        hint = near(str(value), names)
        message = f"'{visible(str(value))}' is none of {', '.join(names)}" + (
            f"; {hint}" if hint else ""
        )
        raise argparse.ArgumentError(action, message)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more; leave with exit code 2."""
        from rnn_tui.text.visible import visible

        self.exit(2, f"{self.prog}: {visible(message)} (see {self.prog} --help)\n")


def width() -> int:
    """Columns of the terminal; those in COLUMNS first, 80 where nobody knows."""
    if (columns := os.environ.get("COLUMNS", "")).isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80


def path(text: str) -> "Path":
    """Return a file's name as a path; `pathlib` is imported once there is one."""
    from pathlib import Path

    return Path(name(text))


def name(text: str) -> str:
    """Return a file's name; an empty one would be that of the folder one is in.

    Raises:
        argparse.ArgumentTypeError: It is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError("the file's name is empty (a shell variable not set?)")
    return text


def text(word: str) -> str:
    """Return a word of the call as text: where the locale could not read it, its bytes as UTF-8.

    `os.fsencode` gives back the bytes that the word was (PEP 383).
    """
    if word.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in word):
        return word
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        from rnn_tui.text.visible import visible

        raise argparse.ArgumentTypeError(
            f"the locale cannot read '{visible(word)}', and it is not UTF-8 either"
        ) from None


def number(
    group: argparse._ActionsContainer,
    name: str,
    kind: type[int] | type[float],
    text: str,
    letter: str = "",
) -> None:
    """Add an option that takes a number."""
    group.add_argument(name, type=kind, help=text, metavar=letter or ("N" if kind is int else "X"))
