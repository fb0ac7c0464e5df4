"""The settings for a text: what a person chose, and for the rest what suits the text."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast, get_args, get_type_hints

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.registry import MODELS, spec_of
from rnn_tui.nn.names import (
    Activation,
    CellName,
    DTypeName,
    NetworkName,
    OptimizerName,
    ScheduleName,
)
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.slips import near
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.remarks import remark
from rnn_tui.text.streams import fit, split, windows_per_epoch
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.from_json import is_a
from rnn_tui.training.settings.memory import require_room
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.settings.schedule import OPTIONS, spread, told, updates_in_all
from rnn_tui.training.settings.vocabulary_cost import slow, with_vocabulary

WORD = 16
"""Up to so many characters a text gets the textbook's network."""
TINY = 5_000
"""Below this many characters nothing is kept for validation: it would tell little and cost the
network a part of what little there is to learn from."""
MOST_VALIDATION = 200_000
"""Characters kept for validation unless asked for otherwise; the loss is then good to about
0.005 nats, and reading them takes seconds, not minutes."""

SMALL_RNN = Config(preset="auto", hidden_size=32, seq_length=25, learning_rate=0.01)
SMALL_LSTM = Config(
    preset="auto", cell="lstm", hidden_size=128, seq_length=50, batch_size=8, learning_rate=3e-3
)
LSTM = replace(SMALL_LSTM, batch_size=32)
DEEP_LSTM = replace(
    PRESETS["torch-rnn"], preset="auto", clip_norm=5.0, clip_value=None, forget_bias=None
)
BY_LENGTH = ((1_000, SMALL_RNN), (20_000, SMALL_LSTM), (300_000, LSTM), (math.inf, DEEP_LSTM))
"""What suits a text of up to so many characters."""


def choose_config(
    corpus: Corpus, preset: str | None = None, overrides: Mapping[str, object] | None = None
) -> tuple[Config, tuple[str, ...]]:
    """Return settings that fit the corpus.

    Args:
        corpus: The text.
        preset: A name from `PRESETS`; None: chosen by the text's length and vocabulary.
        overrides: Fields of `Config` that a person set.

    Returns:
        The settings, and in whole sentences what was chosen or changed unasked.

    Raises:
        InputError: A preset, field or value that cannot be used.
    """
    overrides = settings_of(overrides or {})
    length = len(corpus.ids)
    by_length = suited_to(length) if preset is None else named(preset)
    start = by_length if preset else with_vocabulary(by_length, len(corpus.vocab))
    spec = MODELS.get(cast(NetworkName, overrides.get("network", start.network)))
    if spec and preset is None:
        start = replace(start, **cast(dict[str, Any], spec.suited(length)))
    if overrides.get("cell", start.cell) != start.cell:
        start = replace(start, forget_bias=None)  # a preset's is of its own cell
    if overrides.get("clip_value") is not None:
        overrides.setdefault("clip_norm", None)
    if overrides.get("lr_schedule") in ("cosine", "constant"):
        overrides.setdefault("lr_decay", 1.0)
    config = check(replace(start, **cast(dict[str, Any], overrides)))
    notes: tuple[str, ...] = () if preset else (said(config, length),)
    notes += without_effect(config, overrides)
    if "val_fraction" not in overrides:
        config, more = with_validation(config, corpus, asked=preset is not None)
        notes += more
    require_part(config, corpus)
    if config.patience is not None:
        require_validation(config, corpus, "--patience")
    config, notes = fitted(config, corpus, notes)
    windows = require_warmth(config, corpus)
    if preset is None and not OPTIONS & overrides.keys():
        config = spread(config, windows)
    notes += told(config, windows, hint=True)
    fewer = start.batch_size != by_length.batch_size and "batch_size" not in overrides
    notes = slow(config, corpus, fewer=fewer) + notes
    # What a text is comes first: the screen has room for one sentence or two
    notes = remark(corpus) + notes + idle_threads(config)
    return config, notes + require_room(config, len(corpus.vocab))


def settings_of(overrides: Mapping[str, object]) -> dict[str, object]:
    """Fields of `Config` as a program gives them; InputError for any other name or type."""
    hints = get_type_hints(Config)
    found: dict[str, object] = {}
    for name, given in overrides.items():
        if name not in hints:
            hint = near(str(name), hints) or f"there are {', '.join(hints)}"
            raise InputError(f"there is no setting {visible(str(name))}; {hint}")
        value = given.item() if isinstance(given, np.generic) else given
        # What is one of some words is checked, and told, with the limits of numbers.
        if name not in (*CHOICES, "preset") and not is_a(value, hints[name]):
            kind = "a whole number" if is_a(1, hints[name]) and not is_a(0.5, hints[name]) else ""
            raise InputError(f"{name} must be {kind or 'a number'}, not {visible(repr(given))}")
        found[name] = value
    return found


def suited_to(length: int) -> Config:
    """Return settings for a text of so many characters."""
    if length <= WORD:
        return replace(PRESETS["hello"], seq_length=length - 1)
    return next(config for most, config in BY_LENGTH if length < most)


def said(config: Config, length: int) -> str:
    """Return the sentence that says what is trained because the text decided."""
    textbook = PRESETS["hello"]
    if length <= WORD and (config.network, config.cell, config.hidden_size) == (
        textbook.network,
        textbook.cell,
        textbook.hidden_size,
    ):
        return phrase("The text is a word: the textbook's network of three hidden units.")
    spec = spec_of(config)
    return phrase(
        "For a text of {length} characters: {network}, {size}.",
        length=f"{length:,}",
        network=spec.title(config),
        size=spec.in_words(config),
    )


def without_effect(config: Config, overrides: Mapping[str, object]) -> tuple[str, ...]:
    """Return a sentence for each setting that a person chose and this network has not."""
    spec, default = spec_of(config), Config()
    every = {field.name for field in dataclasses.fields(NetworkConfig)}
    told = {"dropout": mark("{option} has no effect: no recurrent layer gives to another.")}
    other = mark("{option} has no effect on a network of this kind: {network}.")
    unused = sorted(every - spec.settings(config))
    if not OPTIMIZERS[config.optimizer].alpha:
        told["rmsprop_alpha"] = mark("{option} has no effect: the optimizer is not RMSprop.")
        unused.append("rmsprop_alpha")
    return tuple(
        phrase(
            told.get(name, other),
            option=f"--{name.replace('_', '-')} {overrides[name]}",
            network=spec.title(config),
        )
        for name in unused
        if overrides.get(name, getattr(default, name)) != getattr(default, name)
    )


def named(preset: str) -> Config:
    """Return the preset of this name."""
    try:
        return PRESETS[preset]
    except KeyError:
        raise InputError(f"unknown preset {preset!r}; there are {', '.join(PRESETS)}") from None


def with_validation(
    config: Config, corpus: Corpus, *, asked: bool
) -> tuple[Config, tuple[str, ...]]:
    """Keep a part for validation where the text is long enough, and no more than needed."""
    length = len(corpus.ids)
    if length < TINY:
        note = phrase(
            "No validation: {length} characters are too few to keep some of them back.",
            length=f"{length:,}",
        )
        return replace(config, val_fraction=0.0), (note,)
    fraction = config.val_fraction if asked else 0.1
    if length * fraction <= MOST_VALIDATION:
        return replace(config, val_fraction=fraction), ()
    note = phrase(
        "Validation on the last {length} characters; more: --val-fraction.",
        length=f"{MOST_VALIDATION:,}",
    )
    return replace(config, val_fraction=MOST_VALIDATION / length), (note,)


def require_validation(config: Config, corpus: Corpus, option: str) -> None:
    """Refuse an option that waits for a validation where none ever comes."""
    if len(split(corpus.ids, config.val_fraction)[1]) < 2:
        raise InputError(
            f"{option} waits for validation, for which no part of this text is kept; leave it "
            "out, or begin a new run with --val-fraction"
        )


def require_part(config: Config, corpus: Corpus) -> None:
    """Refuse to keep so much for validation that nothing is left."""
    if len(split(corpus.ids, config.val_fraction)[0]) < 2:
        raise InputError(f"--val-fraction {config.val_fraction:g} leaves nothing to learn from")


def require_warmth(config: Config, corpus: Corpus) -> int:
    """Refuse a run that ends before it is warm; return how many windows an epoch has."""
    learned = len(split(corpus.ids, config.val_fraction)[0])
    windows = windows_per_epoch(learned, config.seq_length, config.batch_size)
    if (end := updates_in_all(config, windows)) is not None and end <= config.warmup:
        raise InputError(f"--warmup {config.warmup:,} is no part of {end:,} updates in all")
    return windows


def fitted(
    config: Config, corpus: Corpus, notes: tuple[str, ...]
) -> tuple[Config, tuple[str, ...]]:
    """Shrink window and batch to what the text has room for."""
    length = len(split(corpus.ids, config.val_fraction)[0])
    seq_length, batch_size, more = fit(length, config.seq_length, config.batch_size)
    return replace(config, seq_length=seq_length, batch_size=batch_size), notes + more


def idle_threads(config: Config) -> tuple[str, ...]:
    """Return a sentence where there are more threads than parts of a batch."""
    if config.threads <= config.batch_size:
        return ()
    return (
        phrase(
            "--threads {threads}: a batch of {batch} has no more parts.",
            threads=config.threads,
            batch=config.batch_size,
        ),
    )


CHOICES: dict[str, tuple[str, ...]] = {
    "network": get_args(NetworkName),
    "cell": get_args(CellName),
    "activation": get_args(Activation),
    "optimizer": get_args(OptimizerName),
    "lr_schedule": get_args(ScheduleName),
    "dtype": get_args(DTypeName),
}
"""The words a setting can be."""

MOST_THREADS = 64
"""More parts than that would be of a stream or two, and their threads in each other's way."""

Test = Callable[[float], bool]
AT_LEAST_ONE: tuple[Test, str] = (lambda value: value >= 1, "must be at least 1")
ABOVE_ZERO: tuple[Test, str] = (lambda value: value > 0, "must be above 0")
NOT_NEGATIVE: tuple[Test, str] = (lambda value: value >= 0, "must not be negative")
LIMITS: dict[str, tuple[Test, str]] = {
    "hidden_size": AT_LEAST_ONE,
    "num_layers": AT_LEAST_ONE,
    "dropout": (lambda value: 0 <= value < 1, "must be at least 0 and below 1"),
    "context": AT_LEAST_ONE,
    "kernel_size": AT_LEAST_ONE,
    "seq_length": AT_LEAST_ONE,
    "batch_size": AT_LEAST_ONE,
    "threads": (lambda value: 1 <= value <= MOST_THREADS, f"must be from 1 to {MOST_THREADS}"),
    "learning_rate": ABOVE_ZERO,
    "warmup": NOT_NEGATIVE,
    "rmsprop_alpha": (lambda value: 0 <= value < 1, "must be at least 0 and below 1"),
    "lr_decay": (lambda value: 0 < value <= 1, "must be above 0 and at most 1"),
    "lr_decay_every": AT_LEAST_ONE,
    "lr_decay_after": NOT_NEGATIVE,
    "weight_decay": NOT_NEGATIVE,
    "clip_norm": ABOVE_ZERO,
    "clip_value": ABOVE_ZERO,
    "val_fraction": (lambda value: 0 <= value < 1, "must be at least 0 and below 1"),
    "seed": NOT_NEGATIVE,
    "updates": AT_LEAST_ONE,
    "epochs": AT_LEAST_ONE,
    "until_loss": NOT_NEGATIVE,
    "patience": AT_LEAST_ONE,
    "floor": NOT_NEGATIVE,
    "speed": NOT_NEGATIVE,
    "temperature": NOT_NEGATIVE,
    "sample_every": AT_LEAST_ONE,
}
"""What a number must be, and how to say so."""


def check(config: Config) -> Config:
    """Return the same settings, if each value can be used; InputError for the first that cannot."""
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        option = "--" + field.name.replace("_", "-")
        if field.name in CHOICES and value not in CHOICES[field.name]:
            raise InputError(f"{option} is one of {', '.join(CHOICES[field.name])}, not {value!r}")
        if field.name in LIMITS and value is not None:
            holds, rule = LIMITS[field.name]
            if not math.isfinite(value):
                raise InputError(f"{option} must be a finite number, not {value}")
            if not holds(value):
                raise InputError(f"{option} {rule}, not {value}")
    _check_schedule(config)
    return config


def _check_schedule(config: Config) -> None:
    """Refuse a cosine without an end, and steps beside another schedule."""
    cosine = config.lr_schedule == "cosine"
    if cosine and config.updates is None and config.epochs is None:
        raise InputError("--lr-schedule cosine goes down to an end: give --updates or --epochs")
    if config.lr_schedule != "step" and config.lr_decay != 1:
        why = "a cosine goes down by itself" if cosine else "a constant rate does not go down"
        raise InputError(f"--lr-decay goes with --lr-schedule step: {why}")
