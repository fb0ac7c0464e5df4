"""Which commands there are; the module of each is imported when it is meant.

A dozen imports would be a third of the time that `--help` takes.
"""

import argparse
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from rnn_tui.commands.options.parser import Parser


class Command(Protocol):
    """What a module of `rnn_tui.commands` offers."""

    NAME: str
    DOES: str
    """What it does, as in the list of commands."""
    MORE: str
    """What its own help says besides."""

    def add_options(self, parser: Parser) -> None:
        """Add its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; return the exit code."""


LISTED = {
    "train": ("train", "train without a screen"),
    "race": ("race", "let several networks learn one text, on one chart"),
    "sweep": ("sweep", "train with all combinations of some settings, side by side"),
    "sample": ("sample", "let a trained network write"),
    "predict": ("predict", "what a trained network expects after a prefix"),
    "eval": ("evaluate", "how well a trained network knows a text"),
    "inspect": ("inspect", "what a network does with a text, looked at closely"),
    "export": ("export", "hand a trained network or its history to other tools"),
    "import": ("import_weights", "make a checkpoint of weights that were trained in PyTorch"),
    "replay": ("replay", "play a run back on the screen, from its log or its record"),
    "runs": ("records", "list the runs that there were, name them, remove them"),
    "compare": ("compare", "see the curves of several runs on one chart"),
    "gradcheck": ("gradcheck", "compare the gradients with numerical ones"),
    "learn": ("learn", "lessons that ask first and compute the answer from the run"),
    "corpora": ("corpora", "the built-in texts, for CORPUS, and what each shows"),
    "keys": ("keys", "list the keys of the screen and their names"),
    "presets": ("presets", "the settings that have a name, for --preset"),
    "config": ("config", "list the settings in force, each with where it comes from"),
    "serve": ("serve", "show the screen in a browser, to each viewer a run of their own"),
    "help": ("show_help", "what there is, or what a command takes: help train"),
}
"""By its name on the command line: each command's module, and its `DOES`."""


class Commands(Mapping[str, Command]):
    """The commands by their names."""

    def __getitem__(self, name: str) -> Command:
        module, _ = LISTED[name]
        return cast(Command, import_module(f"rnn_tui.commands.{module}"))

    def __iter__(self) -> Iterator[str]:
        return iter(LISTED)

    def __len__(self) -> int:
        return len(LISTED)
