"""Where an option's value comes from: command line over environment over file over default."""

import argparse
import dataclasses
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.settable import Actions, from_toml, from_words, settable
from rnn_tui.errors import InputError
from rnn_tui.settings import Settings, read_settings
from rnn_tui.slips import near
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config

PREFIX = "RNN_TUI_"
FILE = f"{PREFIX}CONFIG"
TABLES = frozenset({"keys"})
"""Tables of the file that are read elsewhere."""

CLIPPING = frozenset({"clip_norm", "clip_value", "no_clip"})
NETWORK = frozenset({"network", "cell"})
"""Two words for one choice, as are the ways of clipping: a place sets one of them."""
RUN = frozenset(field.name for field in dataclasses.fields(Config)) | CLIPPING
TEXT = frozenset({"units", "encoding", "normalize", "errors"})
IN_BUNDLES = (
    RUN
    | TEXT
    | {"corpus", "resume", "checkpoint", "checkpoint_every", "keep", "log", "tensorboard", "paused"}
)
"""What a bundle has in it, or has no use for."""
LEFT_OPEN = frozenset(
    {
        "seed",
        "threads",
        "updates",
        "epochs",
        "until_loss",
        "patience",
        "floor",
        "speed",
        "temperature",
        "sample_every",
    }
)
"""What a preset leaves to the person who names it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody set, and where."""

    value: object
    source: str


Layer = Mapping[str, Given]


def settle(
    options: argparse.Namespace,
    parser: Parser,
    words: Sequence[str],
    all_parsers: Callable[[], Iterable[Parser]],
) -> None:
    """Complete the options of a call with what environment and file say where it is silent.

    Args:
        options: As parsed; they get `settings` (the file) and `sources` (of what is set).
        parser: Of the command.
        words: Of the command line.
        all_parsers: Those of all commands: what is set for one is no mistake in another.

    Raises:
        InputError: File or environment set what does not exist, or to what it cannot be.
    """
    options.settings = settings_of(options.config)
    options.sources = {}
    variables = {name: text for name, text in os.environ.items() if is_setting(name) and text}
    layers = [from_call(parser, words)]
    if options.settings.tables or variables:  # parsers take a millisecond each to make
        known = settable(all_parsers())
        layers[:0] = [from_file(options.settings, known), from_environment(variables, known)]
    for name, given in combined(layers).items():
        if hasattr(options, name):
            setattr(options, name, given.value)
            options.sources[name] = given.source


def is_setting(variable: str) -> bool:
    """Return whether a variable of the environment means an option."""
    return variable.startswith(PREFIX) and variable != FILE


def settings_of(file: Path | None) -> Settings:
    """Return the file that is named, by option or variable, or the user's own if there is one."""
    named = file or (Path(os.environ[FILE]) if os.environ.get(FILE) else None)
    if named is not None and not named.exists():
        by = "" if file else f" ({FILE})"
        raise InputError(f"cannot read {visible(str(named))}{by}: no such file")
    return read_settings(named)


def from_file(settings: Settings, known: Actions) -> Layer:
    """Return what the file sets; `-` and `_` in names are the same."""
    layer: dict[str, Given] = {}
    for written, value in settings.tables.items():
        name = written.replace("-", "_")
        if written in TABLES:
            continue
        if isinstance(value, dict):
            raise settings.error(written, f"there is no table [{written}]; there is [keys]")
        if name not in known:
            hint = near(name, known).replace("_", "-")
            raise settings.error(written, unknown(written, hint))
        try:
            layer[name] = Given(from_toml(known[name], value), settings.place(written))
        except ValueError as error:
            raise settings.error(
                written, f"{written} is {error}, not {spelled(value)}{meant(known[name], value)}"
            ) from None
    require_one_of_each(layer)
    return layer


def meant(action: argparse.Action, value: object) -> str:
    """Return what a misspelled choice was probably meant to be, after a semicolon."""
    hint = near(str(value), map(str, action.choices or ()))
    return f"; {hint}" if hint else ""


def spelled(value: object) -> str:
    """Return a value about as TOML spells it."""
    return str(value).lower() if isinstance(value, bool) else repr(value)


def from_environment(variables: Mapping[str, str], known: Actions) -> Layer:
    """Return what variables such as RNN_TUI_LEARNING_RATE set."""
    layer: dict[str, Given] = {}
    for variable, text in variables.items():
        name = variable.removeprefix(PREFIX).lower()
        if name not in known:
            hint = near(name, (*known, "config"), PREFIX)
            raise InputError(f"{visible(variable)}: {unknown(name, hint)}")
        try:
            layer[name] = Given(from_words(known[name], text), variable)
        except ValueError as error:
            hint = meant(known[name], text)
            raise InputError(f"{variable} is {error}, not {visible(text)!r}{hint}") from None
    require_one_of_each(layer)
    return layer


def require_one_of_each(layer: Layer) -> None:
    """Refuse two words for one choice in one place, as the command line does."""
    for choice in (CLIPPING, NETWORK):
        words = sorted(made(choice, layer))
        if len(words) > 1:
            names = " and ".join(name.replace("_", "-") for name in words)
            raise InputError(f"{visible(layer[words[-1]].source)}: {names} exclude each other")


def made(choice: frozenset[str], layer: Layer) -> set[str]:
    """Return by which of its words a layer makes a choice."""
    return {name for name in choice & set(layer) if layer[name].value is not False}


def unknown(name: str, hint: str) -> str:
    """Return what to say of a name that is no option."""
    return f"there is no setting {visible(name)}; {hint or 'see rnn-tui config'}"


def from_call(parser: Parser, words: Sequence[str]) -> Layer:
    """Return what the command line sets, be it to the default."""
    silent = object()
    names = {action.dest for action in parser._actions}
    found = vars(parser.parse_args(words, argparse.Namespace(**dict.fromkeys(names, silent))))
    return {
        name: Given(value, "command line")
        for name, value in found.items()
        if value is not silent and value is not None
    }


def combined(layers: Sequence[Layer]) -> Layer:
    """Return what is in force, the last layer being the strongest.

    A way of clipping or a network replaces another one, a preset what weaker layers say of the
    network and how it learns, and a run that goes on has its settings from its checkpoint
    or bundle.
    """
    in_force: dict[str, Given] = {}
    for layer in layers:
        weaker: frozenset[str] = frozenset()
        for choice in (CLIPPING, NETWORK):
            if made(choice, layer):
                weaker |= choice
        if "preset" in layer:
            weaker |= RUN - LEFT_OPEN
        if "resume" in layer:
            weaker |= RUN | TEXT
        if "bundle" in layer:
            weaker |= IN_BUNDLES
        in_force = {name: given for name, given in in_force.items() if name not in weaker}
        in_force |= layer
    return in_force


def explained(message: str, sources: Mapping[str, str]) -> str:
    """Return the message of an error, with the place where the option it speaks of was set."""
    for name, source in sources.items():
        option = f"--{name.replace('_', '-')}"
        if source != "command line" and option in message.replace(",", " ").split():
            return f"{visible(source)}: {message}"
    return message
