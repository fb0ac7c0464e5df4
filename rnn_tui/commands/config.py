"""`rnn-tui config`: what is set, and where."""

import argparse

from rnn_tui.commands import screen
from rnn_tui.commands.options.parser import Parser

NAME = "config"
DOES = "list the settings in force, each with where it comes from"
MORE = (
    "Stronger first: the command line, variables such as RNN_TUI_LEARNING_RATE, the file named "
    "by --config or RNN_TUI_CONFIG or else config.toml in the user's configuration folder "
    "(entries such as learning-rate = 0.01), the defaults. With CORPUS also what is chosen for "
    "this text."
)


def add_options(parser: Parser) -> None:
    """Add its options: what the screen does."""
    screen.add_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui config`: what is set, and where."""
    from rnn_tui.commands.options.settable import settable
    from rnn_tui.commands.options.sources import RUN
    from rnn_tui.plain.settings import Row, print_settings

    parser = Parser(NAME, DOES)
    screen.add_options(parser)
    chosen = chosen_for_text(options)
    rows = [Row("config", str(options.settings.file), place(options))]
    for name in settable([parser]):
        decided = "the text decides" if name in RUN - {"no_clip"} else "default"
        value, source = chosen.get(name, (getattr(options, name), decided))
        source = options.sources.get(name, source)
        rows.append(Row(name.replace("_", "-"), value, source))
    return print_settings(rows, options.json)


def chosen_for_text(options: argparse.Namespace) -> dict[str, tuple[object, str]]:
    """Return what the text or the run makes of the settings, and why; or what it cannot."""
    from dataclasses import asdict

    from rnn_tui.commands.options.order import prepare
    from rnn_tui.commands.options.sources import LEFT_OPEN
    from rnn_tui.models.registry import name_of
    from rnn_tui.training.settings.config import Config

    usual = {name: value for name, value in asdict(Config()).items() if name in LEFT_OPEN}
    if options.resume is not None:
        by, usual = "the checkpoint", {}
    else:
        by = f"preset {options.preset}" if options.preset else "the text"
    if options.corpus is None and options.resume is None:
        given = {name: getattr(options, name) for name in usual}
        chosen = {name: usual[name] if given[name] is None else given[name] for name in usual}
    else:
        config = prepare(options).config
        chosen = asdict(config) | {"network": name_of(config)}
    return {
        name: (value, "default" if name in usual and value == usual[name] else by)
        for name, value in chosen.items()
    }


def place(options: argparse.Namespace) -> str:
    """Return why this file is read, and whether it is there."""
    import os

    from rnn_tui.commands.options.sources import FILE

    named = "command line" if options.config else FILE if os.environ.get(FILE) else "default"
    return named if options.settings.file.exists() else f"{named}, not there"
