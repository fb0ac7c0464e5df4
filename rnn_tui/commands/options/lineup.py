"""Who races, from the options: a new race, or the networks that were saved in a folder."""

import argparse
import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.order import overrides
from rnn_tui.commands.options.settable import Actions, from_words
from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.commands.options.text_source import read, source_of
from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.entrants import MOST, SHARED, Variation, entrants
from rnn_tui.saving.autosave_files import SUFFIX
from rnn_tui.saving.races import newest_race, saved_in
from rnn_tui.slips import near
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.text.corpus import Corpus

VARIABLE = tuple(
    field.name
    for field in dataclasses.fields(Config)
    if field.name
    not in {
        *SHARED, "network", "cell", "preset", "threads", "updates", "epochs", "until_loss",
        "patience", "floor", "speed", "temperature", "sample_every",
    }
)  # fmt: skip
"""Settings that decide what a network learns."""
FIXED = frozenset({*VARIABLE, *SHARED, "network", "cell", "preset"})
"""What a race that goes on has from its checkpoints."""
ELSEWHERE = {"network": "--networks", "cell": "--networks", "preset": "--preset"}
"""Settings that have an option of their own here."""


@dataclass(frozen=True, eq=False, slots=True)
class Lineup:
    """What is to be raced."""

    corpus: "Corpus"
    entrants: tuple[Entrant, ...]
    files: tuple[str, ...]
    """The file of each in the folder of the race."""


def lineup(options: argparse.Namespace, actions: Callable[[], Actions]) -> Lineup:
    """Read the text and settle who races; `actions` tell what --vary can set, and to what.

    Raises:
        InputError: There is nothing to race on, or somebody cannot.
    """
    if options.resume is not None:
        return resumed(options)
    if options.corpus is None:
        raise InputError(
            phrase("CORPUS is missing: a text file to learn, or a built-in text such as hello")
        )
    corpus = read(source_of(options, None))
    given = {name: value for name, value in overrides(options).items() if name != "updates"}
    names = [name.strip() for name in (options.networks or "").split(",") if name.strip()]
    if one := options.network or options.cell:
        if names:
            raise InputError(phrase("--networks and --network (or --cell) exclude each other"))
        names = [one]
    varied = variation(options.vary, actions()) if options.vary else None
    found = entrants(corpus, names, varied, options.preset, given)
    if len(found) < 2:
        raise InputError(
            phrase("a race takes two networks: --networks NAME,NAME or --vary SETTING=X,Y")
        )
    return Lineup(corpus, found, tuple(file_name(n, e.name) for n, e in enumerate(found, 1)))


def variation(text: str, actions: Actions) -> Variation:
    """Return what --vary names: `learning-rate=0.003,0.01`."""
    word, equals, values = text.partition("=")
    setting = word.strip().lstrip("-").replace("-", "_")
    if not equals or not values:
        raise InputError(phrase("--vary is SETTING=VALUE,VALUE, not {given}", given=visible(text)))
    if setting in ELSEWHERE:
        raise InputError(
            phrase(
                "--vary {setting}: say it with {option}",
                setting=visible(word),
                option=ELSEWHERE[setting],
            )
        )
    if setting in SHARED:
        raise InputError(
            phrase(
                "--vary {setting}: all networks of a race read the same windows",
                setting=visible(word),
            )
        )
    if setting not in VARIABLE:
        there = [name.replace("_", "-") for name in VARIABLE]
        hint = near(word, there) or f"there are {', '.join(there)}"
        raise InputError(f"--vary {visible(word)}: there is no such setting; {hint}")
    try:
        found = [from_words(actions[setting], value.strip()) for value in values.split(",")]
    except ValueError as error:
        raise InputError(f"--vary {visible(text)}: each value has to be {error}") from None
    return Variation(setting, tuple(dict.fromkeys(found)))


def resumed(options: argparse.Namespace) -> Lineup:
    """Return the networks of a folder, each as it was saved."""
    from rnn_tui.training.checkpoint.file import load

    fixed = [name for name in ("networks", "vary") if getattr(options, name)]
    fixed += sorted(FIXED.intersection(overrides(options)))
    if fixed:
        raise InputError(
            phrase(
                "{option} cannot be changed on the way; leave it out, or start a new race without "
                "--resume",
                option=f"--{fixed[0].replace('_', '-')}",
            )
        )
    folder = options.resume
    if folder == Path(NEWEST):
        sha256 = read(source_of(options, None)).sha256 if options.corpus else None
        folder = newest_race(sha256)
    files = saved_in(folder)
    if len(files) < 2:
        few = "one network alone" if files else "no race"
        raise InputError(
            f"{visible(str(folder))}: {few} is saved there (1-NAME{SUFFIX}, 2-NAME{SUFFIX} …)"
        )
    if len(files) > MOST:
        raise InputError(
            phrase(
                "{folder}: more than {most} networks are saved there",
                folder=visible(str(folder)),
                most=MOST,
            )
        )
    checkpoints = {name: load(file) for name, file in files.items()}
    for checkpoint in checkpoints.values():
        checkpoint.require_text()
    first = next(iter(checkpoints.values()))
    corpus = read(source_of(options, first))
    for name, checkpoint in checkpoints.items():
        try:
            corpus = checkpoint.own_text(corpus)
        except InputError as error:
            raise InputError(
                phrase("{file}: {why}", file=visible(str(files[name])), why=reason(error))
            ) from None
        if any(getattr(checkpoint.config, one) != getattr(first.config, one) for one in SHARED):
            raise InputError(
                phrase("{name} was trained on other windows than the first", name=visible(name))
            )
    made = (Entrant(name_in(name), c.config, (), c) for name, c in checkpoints.items())
    return Lineup(corpus, tuple(made), tuple(checkpoints))


def file_name(number: int, name: str) -> str:
    """Return the file of a network in the folder of its race."""
    safe = re.sub(r"[^\w.+-]", "_", name)
    return f"{number}-{safe}{SUFFIX}"


def name_in(file: str) -> str:
    """Return the name that `file_name` was given."""
    return visible(file[2 : -len(SUFFIX)].replace("_", " "))
