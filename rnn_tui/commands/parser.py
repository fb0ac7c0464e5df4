"""An argument parser that errs in one line."""

import argparse
from typing import NoReturn

from rnn_tui.text.visible import visible


class Parser(argparse.ArgumentParser):
    """Argparse with errors of one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more; leave with exit code 2."""
        self.exit(2, f"{self.prog}: {visible(message)} (see {self.prog} --help)\n")


def number(
    group: argparse._ActionsContainer,
    name: str,
    kind: type[int] | type[float],
    text: str,
    letter: str = "",
) -> None:
    """Add an option that takes a number."""
    group.add_argument(name, type=kind, help=text, metavar=letter or ("N" if kind is int else "X"))
