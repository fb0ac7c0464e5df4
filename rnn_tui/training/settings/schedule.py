"""How the learning rate goes: the factor at every update, where it ends, and that in words.

Of update u, counted from 0, with W updates of warm-up and N in all:

    warm-up    (u + 1) / W                                      u < W
    constant   1
    step       lr_decay^⌊(whole epochs − after) / every⌋
    cosine     (1 + cos(π (u − W) / (N − W))) / 2               u ≥ W

Sources: Loshchilov & Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts (the
cosine, here without restarts); Goyal et al. (2017), Accurate, Large Minibatch SGD (warm-up).
"""

import math
from dataclasses import replace

from rnn_tui.language import counted, mark, phrase
from rnn_tui.training.settings.config import Config

LEAST = 0.01
"""The part of the first rate that is left at the end where nobody chose the decay: with much less
the last epochs of a long run change nothing (2×10⁻³ halved every 5 of 50 epochs: 4×10⁻⁶)."""
OPTIONS = frozenset({"lr_schedule", "lr_decay", "lr_decay_every", "lr_decay_after"})


def factor(config: Config, update: int, windows_per_epoch: int) -> float:
    """Return the factor on the learning rate after so many updates."""
    if update < config.warmup:
        return (update + 1) / config.warmup
    if config.lr_schedule == "cosine":
        return _cosine(config, update, windows_per_epoch)
    if config.lr_decay == 1.0:
        return 1.0
    epochs = update // windows_per_epoch
    decays = max(0, epochs - config.lr_decay_after) // config.lr_decay_every
    return float(config.lr_decay**decays)


def _cosine(config: Config, update: int, windows_per_epoch: int) -> float:
    """Return the factor of half a cosine; beyond the end it stays that of the last update."""
    end = updates_in_all(config, windows_per_epoch)
    if end is None or end <= config.warmup:
        return 1.0
    done = (min(update, end - 1) - config.warmup) / (end - config.warmup)
    return (1 + math.cos(math.pi * done)) / 2


def updates_in_all(config: Config, windows_per_epoch: int) -> int | None:
    """Return the updates that were asked for; None: no end was given."""
    ends = [] if config.updates is None else [config.updates]
    ends += [] if config.epochs is None else [config.epochs * windows_per_epoch]
    return min(ends, default=None)


def last_rate(config: Config, windows_per_epoch: int) -> float | None:
    """Return the rate of the last update that was asked for; None: no end was given."""
    end = updates_in_all(config, windows_per_epoch)
    return end and config.learning_rate * factor(config, end - 1, windows_per_epoch)


def constant(config: Config) -> bool:
    """Return whether the rate stays as it is, once it is warm."""
    return config.lr_schedule != "cosine" and config.lr_decay == 1.0


def spread(config: Config, windows_per_epoch: int) -> Config:
    """Return the same settings with decays so far apart that the last rate is not below `LEAST`."""
    end = updates_in_all(config, windows_per_epoch)
    if config.lr_decay == 1.0 or end is None:
        return config
    epochs = (end - 1) // windows_per_epoch
    most = math.floor(math.log(LEAST) / math.log(config.lr_decay))
    every = max(0, epochs - config.lr_decay_after) // (most + 1) + 1
    return replace(config, lr_decay_every=max(config.lr_decay_every, every))


def in_words(config: Config) -> str:
    """Return what happens to the rate how often: `×0.97 every epoch after epoch 9`."""
    if config.lr_schedule == "cosine":
        return mark("along half a cosine")
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
    warm = (_warm(config),) if config.warmup else ()
    last = last_rate(config, windows_per_epoch)
    if constant(config) or last == config.learning_rate:
        return warm
    hint = hint and config.lr_schedule == "step"
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
    down = phrase(said[last is None, hint], decay=in_words(config), first=first, last=end)
    return (*warm, down)


def _warm(config: Config) -> str:
    return phrase(
        "The learning rate rises to {rate} in the first {updates}.",
        rate=f"{config.learning_rate:.2g}",
        updates=counted(config.warmup, "update"),
    )
