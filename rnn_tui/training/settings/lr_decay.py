"""How the learning rate goes down: the factor at every epoch, where it ends, and that in words."""

import math
from dataclasses import replace

from rnn_tui.language import mark, phrase
from rnn_tui.training.settings.config import Config

LEAST = 0.01
"""The part of the first rate that is left at the end where nobody chose the decay: with much less
the last epochs of a long run change nothing (2×10⁻³ halved every 5 of 50 epochs: 4×10⁻⁶)."""
OPTIONS = frozenset({"lr_decay", "lr_decay_every", "lr_decay_after"})


def factor(config: Config, epochs: int) -> float:
    """Return the factor on the learning rate after so many whole epochs."""
    if config.lr_decay == 1.0:
        return 1.0
    decays = max(0, epochs - config.lr_decay_after) // config.lr_decay_every
    return float(config.lr_decay**decays)


def epochs_before_last(config: Config, windows_per_epoch: int) -> int | None:
    """Whole epochs before the last update that was asked for; None: no end was given."""
    ends = [] if config.updates is None else [config.updates]
    ends += [] if config.epochs is None else [config.epochs * windows_per_epoch]
    return (min(ends) - 1) // windows_per_epoch if ends else None


def last_rate(config: Config, windows_per_epoch: int) -> float | None:
    """Return the rate of the last update that was asked for; None: no end was given."""
    epochs = epochs_before_last(config, windows_per_epoch)
    return None if epochs is None else config.learning_rate * factor(config, epochs)


def spread(config: Config, windows_per_epoch: int) -> Config:
    """Return the same settings with decays so far apart that the last rate is not below `LEAST`."""
    epochs = epochs_before_last(config, windows_per_epoch)
    if config.lr_decay == 1.0 or epochs is None:
        return config
    most = math.floor(math.log(LEAST) / math.log(config.lr_decay))
    every = max(0, epochs - config.lr_decay_after) // (most + 1) + 1
    return replace(config, lr_decay_every=max(config.lr_decay_every, every))


def in_words(config: Config) -> str:
    """Return what happens to the rate how often: `×0.97 every epoch after epoch 9`."""
    once, late = config.lr_decay_every == 1, config.lr_decay_after > 0
    said = {
        (True, False): mark("×{factor} every epoch"),
        (False, False): mark("×{factor} every {epochs} epochs"),
        (True, True): mark("×{factor} every epoch after epoch {after}"),
        (False, True): mark("×{factor} every {epochs} epochs after epoch {after}"),
    }
    return phrase(
        said[once, late],
        factor=f"{config.lr_decay:.3g}",
        epochs=f"{config.lr_decay_every:,}",
        after=f"{config.lr_decay_after:,}",
    )


def told(config: Config, windows_per_epoch: int, *, hint: bool = False) -> tuple[str, ...]:
    """Return a sentence on a rate that goes down, and where it ends if an end was given.

    Args:
        config: The settings; the rate is the one before decay.
        windows_per_epoch: Updates in an epoch.
        hint: Whether to say what a person can do about it.
    """
    last = last_rate(config, windows_per_epoch)
    if config.lr_decay == 1.0 or last == config.learning_rate:
        return ()
    said = {
        (True, False): mark("The learning rate goes down, {decay}."),
        (False, False): mark(
            "The learning rate goes down, {decay}, from {first} to {last} at the end."
        ),
        (True, True): mark("The learning rate goes down, {decay}; --lr-decay 1 keeps it."),
        (False, True): mark(
            "The learning rate goes down, {decay}, from {first} to {last} at the end; "
            "--lr-decay 1 keeps it."
        ),
    }
    first, end = f"{config.learning_rate:.2g}", "" if last is None else f"{last:.2g}"
    return (phrase(said[last is None, hint], decay=in_words(config), first=first, last=end),)
