"""The runs of a sweep, from the options: the product of the settings that vary."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from itertools import product
from typing import Any, cast

from rnn_tui.commands.options.order import overrides
from rnn_tui.commands.options.settable import Actions, from_words
from rnn_tui.commands.options.sources import CLIPPING, LEFT_OPEN, NETWORK, RUN, TEXT
from rnn_tui.errors import InputError
from rnn_tui.slips import near
from rnn_tui.sweep.record import LONGEST, MOST
from rnn_tui.sweep.run import SEED, VARIABLE, Run, Value, Values, name_of, word
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config

COMMAND_LINE = "command line"


def runs_of(
    options: argparse.Namespace, corpus: Corpus, actions: Callable[[], Actions]
) -> dict[str, Run]:
    """Return the runs, by their names; the first seed of all combinations comes first.

    Args:
        options: Those of the command; `varied` and `seeds` say what differs.
        corpus: The text.
        actions: Tell what can be set, and to what.

    Raises:
        InputError: A setting cannot vary, or a run not be what it would have to be.
    """
    varied = varied_in(options.varied, actions() if options.varied else {})
    require_apart(options, varied)
    seeds = seeds_of(options, varied)
    if not varied and len(seeds) == 1:
        raise InputError("nothing differs: --vary SETTING=VALUE,VALUE or --seeds N")
    count = len(seeds)
    for one in varied.values():
        count *= len(one)
    if count > MOST:
        raise InputError(f"that would be {count:,} runs; a sweep has {MOST:,} at most")
    found: dict[Config, Run] = {}
    for values in combinations(varied, seeds):
        run = run_of(options, corpus, values)
        if (other := found.setdefault(run.config, run)) is not run:
            raise InputError(
                f"{other.name} and {run.name} come to the same run on this text; leave one out"
            )
    return {run.name: run for run in found.values()}


def varied_in(words: Iterable[str], actions: Actions) -> dict[str, tuple[Value, ...]]:
    """Return what `--vary cell=rnn,lstm` names, each setting with its values."""
    found: dict[str, tuple[Value, ...]] = {}
    for text in words:
        written, equals, values = text.partition("=")
        setting = written.strip().lstrip("-").replace("-", "_")
        if not equals or not values:
            raise InputError(f"--vary is SETTING=VALUE,VALUE, not {visible(text)}")
        if setting in TEXT:
            raise InputError(f"--vary {visible(written)}: all runs of a sweep read the same text")
        if setting not in VARIABLE:
            there = sorted(map(word, VARIABLE))
            hint = near(written, there) or f"there are {', '.join(there)}"
            raise InputError(f"--vary {visible(written)}: there is no such setting; {hint}")
        if setting in found:
            raise InputError(f"--vary {visible(written)} is there twice; name all values in one")
        try:
            made = [from_words(actions[setting], value.strip()) for value in values.split(",")]
        except ValueError as error:
            raise InputError(f"--vary {visible(text)}: each value has to be {error}") from None
        found[setting] = tuple(dict.fromkeys(cast(list[Value], made)))
    return found


def rivals_of(setting: str) -> frozenset[str]:
    """Return the settings that make the same choice as this one, itself among them."""
    return next(
        (choice for choice in (CLIPPING, NETWORK) if setting in choice), frozenset({setting})
    )


def require_apart(options: argparse.Namespace, varied: Iterable[str]) -> None:
    """Refuse a setting that varies and is set besides."""
    taken: dict[str, str] = {}
    for setting in varied:
        for rival in rivals_of(setting):
            if options.sources.get(rival) == COMMAND_LINE and rival != SEED:
                raise InputError(f"--vary {word(setting)} and --{word(rival)} exclude each other")
            if rival in taken:
                raise InputError(f"--vary {taken[rival]} and {word(setting)} exclude each other")
            taken[rival] = word(setting)


def seeds_of(
    options: argparse.Namespace, varied: dict[str, tuple[Value, ...]]
) -> tuple[Value, ...]:
    """Take the seeds out of what varies, or count them from --seed."""
    if SEED in varied:
        if options.seeds is not None or options.sources.get(SEED) == COMMAND_LINE:
            other = "seeds" if options.seeds is not None else SEED
            raise InputError(f"--vary seed and --{other} exclude each other")
        return varied.pop(SEED)
    count = 1 if options.seeds is None else int(options.seeds)
    if count < 1:
        raise InputError(f"--seeds is at least 1, not {count}")
    first = int(options.seed or 0)
    return tuple(range(first, first + count))


def combinations(
    varied: Mapping[str, tuple[Value, ...]], seeds: Iterable[Value]
) -> Iterator[dict[str, Value]]:
    """Yield the values of each run."""
    for seed in seeds:
        for values in product(*varied.values()):
            yield {**dict(zip(varied, values, strict=True)), SEED: seed}


def run_of(options: argparse.Namespace, corpus: Corpus, values: Values) -> Run:
    """Return the run with these values; InputError where one cannot be used."""
    name = name_of(values)
    if len(name.encode()) > LONGEST:
        raise InputError(f"--vary: {len(values) - 1} settings are too many for the names of files")
    own = with_values(options, values)
    try:
        config, notes = choose_config(corpus, own.preset, overrides(own))
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    if (config.updates, config.epochs, config.until_loss, config.patience) == (None,) * 4:
        raise InputError(
            "sweep needs to know when a run stops: --updates, --epochs, --until-loss or --patience"
        )
    return Run(name, values, config, tuple(map(str, notes)))


def with_values(options: argparse.Namespace, values: Mapping[str, Any]) -> argparse.Namespace:
    """Return the options of one run; what it varies replaces what settings file and such say."""
    own = copy(options)
    silent = {rival for setting in values for rival in rivals_of(setting)}
    if "preset" in values:
        named = {name for name, source in options.sources.items() if source == COMMAND_LINE}
        silent |= RUN - LEFT_OPEN - named
    for name in silent:
        setattr(own, name, None)
    for name, value in values.items():
        setattr(own, name, value)
    return own
