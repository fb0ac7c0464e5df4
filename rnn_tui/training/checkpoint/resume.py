"""Going on from a checkpoint, with the settings that may change on the way."""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any, cast

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.choose import check, require_validation, settings_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.schedule import told as going_down
from rnn_tui.training.trainer import Trainer

CHANGEABLE = frozenset(
    {
        "learning_rate",
        "clip_norm",
        "clip_value",
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
"""Settings that do not decide what the stored numbers mean."""


def changes(
    stored: Config, overrides: Mapping[str, object], changeable: Set[str] = CHANGEABLE
) -> dict[str, object]:
    """Return the settings that differ from the stored ones; InputError for one that may not."""
    given = settings_of(overrides)
    changed = {name: value for name, value in given.items() if value != getattr(stored, name)}
    for name in changed:
        if name not in changeable:
            raise InputError(
                f"{option(name)} cannot be changed on the way: the checkpoint was trained with "
                f"{getattr(stored, name)}; leave it out, or start anew without --resume"
            )
    return changed


def resumed_config(stored: Config, overrides: Mapping[str, object], corpus: Corpus) -> Config:
    """Return the settings to go on with.

    Raises:
        InputError: A setting cannot be changed on the way, or not to this value.
    """
    config = check(replace(stored, **cast(dict[str, Any], changes(stored, overrides))))
    if config.patience is not None:
        require_validation(config, corpus, "--patience")
    return config


def resume(
    checkpoint: Checkpoint, corpus: Corpus, overrides: Mapping[str, object]
) -> tuple[Trainer, tuple[str, ...]]:
    """Return a trainer that goes on where the checkpoint was written.

    Args:
        checkpoint: From `load`.
        corpus: The text the network learned from.
        overrides: Fields of `Config` that a person set anew.

    Returns:
        The trainer, and in whole sentences what was changed.

    Raises:
        InputError: The corpus is another, or a setting cannot be changed on the way.
    """
    stored = checkpoint.config
    changed = changes(stored, overrides)
    config = resumed_config(stored, overrides, corpus)
    trainer = replace(checkpoint, config=config).trainer(corpus)
    if "learning_rate" in changed:
        trainer.set_learning_rate(config.learning_rate)
    resumed = phrase("Resumed at update {update}.", update=f"{checkpoint.update:,}")
    notes = (checkpoint.notes or (resumed,)) + said(stored, changed)
    if changed.keys() & {"updates", "epochs"}:
        running = replace(config, learning_rate=trainer.base_rate)
        notes += going_down(running, trainer.windows_per_epoch)
    return trainer, notes


def said(stored: Config, changed: Mapping[str, object]) -> tuple[str, ...]:
    """Return a sentence for each setting that has changed."""
    return tuple(
        phrase(
            "{option} is {value} from here on, before {before}.",
            option=option(name),
            value=value,
            before=getattr(stored, name),
        )
        for name, value in changed.items()
        if name != "speed"
    )


def option(name: str) -> str:
    """Return a setting as it is spelled on the command line."""
    return "--" + name.replace("_", "-")
