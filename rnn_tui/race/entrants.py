"""Who races: networks with their settings, all of them on the same windows in the same order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from rnn_tui.errors import InputError
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.registry import name_of, named, spec_of
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import networks
from rnn_tui.race.entrant import Entrant
from rnn_tui.slips import near
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config

MOST = 6
"""Curves that can be told apart, and columns that fit side by side."""
ALL = tuple(sorted(networks(), key=lambda name: name in CELLS))
"""The recurrent ones last: those are what the others lead up to."""
SHARED = ("seq_length", "batch_size", "val_fraction")
"""What decides which windows are read, and in which order."""


@dataclass(frozen=True, slots=True)
class Variation:
    """A setting and the values it takes, one for each network."""

    setting: str
    """A field of `Config`."""
    values: tuple[object, ...]


def entrants(
    corpus: Corpus,
    names: Sequence[str],
    variation: Variation | None,
    preset: str | None,
    overrides: Mapping[str, object],
) -> tuple[Entrant, ...]:
    """Return who races.

    Args:
        corpus: The text.
        names: Networks, of `nn.names.networks`; none: all, or with a variation the one that the
            text, or `overrides`, would choose.
        variation: What differs besides; None: nothing.
        preset: A name from `PRESETS`; None: chosen by the text.
        overrides: Fields of `Config` that a person set, for all.

    Raises:
        InputError: There is no such network, there are too many, or a setting cannot be used.
    """
    found: list[Entrant] = []
    for name, given in _settings(names, variation, overrides):
        shared = {field: getattr(found[0].config, field) for field in SHARED} if found else {}
        config, notes = choose_config(corpus, preset, {**shared, **given})
        require_setting(variation, config)
        found.append(Entrant(name or name_of(config), config, notes))
    if len(found) > MOST:
        raise InputError(f"that would be {len(found)} networks; a race has room for {MOST}")
    return tuple(found)


def require_setting(variation: Variation | None, config: Config) -> None:
    """Refuse to vary what a network does not have: all would be the same."""
    every = {field.name for field in fields(NetworkConfig)}
    if variation and variation.setting in every - spec_of(config).settings(config):
        word, name = variation.setting.replace("_", "-"), name_of(config)
        raise InputError(f"--vary {word}: a network of the kind {name} has no such setting")


def rivals(corpus: Corpus, config: Config, overrides: Mapping[str, object]) -> tuple[Entrant, ...]:
    """Return the other networks, to race one that is being trained.

    Args:
        corpus: The text.
        config: Of the one that is being trained.
        overrides: Fields of `Config` that a person set for it.
    """
    shared = {name: getattr(config, name) for name in (*SHARED, "seed")}
    given = {name: value for name, value in overrides.items() if name not in ("network", "cell")}
    names = [name for name in ALL if name != name_of(config)]
    return entrants(corpus, names[: MOST - 1], None, None, {**given, **shared})


def _settings(
    names: Sequence[str], variation: Variation | None, overrides: Mapping[str, object]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what each is called, empty where its settings have to say, and what was set."""
    chosen = known(names) if names or variation else ALL
    for name in chosen or ("",):
        given = {**fitting(overrides, name, chosen), **(named(name) if name else {})}
        if variation is None:
            yield name, given
            continue
        word = variation.setting.replace("_", "-")
        for value in variation.values:
            label = f"{name} {word} {value}".strip()
            yield label, {**given, variation.setting: value}


def fitting(overrides: Mapping[str, object], name: str, others: Sequence[str]) -> dict[str, object]:
    """Return the settings without those that are meant for others, which have them."""
    if not name:
        return dict(overrides)
    mine, theirs = (settings_of(one) for one in ((name,), others))
    return {field: value for field, value in overrides.items() if field not in theirs - mine}


def settings_of(names: Sequence[str]) -> frozenset[str]:
    """Return the settings that any of these networks has."""
    configs = [replace(Config(), **cast(dict[str, Any], named(name))) for name in names]
    return frozenset().union(*(spec_of(config).settings(config) for config in configs))


def known(names: Sequence[str]) -> tuple[str, ...]:
    """Return the same names, each once; InputError for one that is none."""
    there = networks()
    for name in names:
        if name not in there:
            hint = near(name, there) or f"there are {', '.join(there)}"
            raise InputError(f"there is no network {visible(name)}; {hint}")
    return tuple(dict.fromkeys(names))
