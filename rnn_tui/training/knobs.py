"""What can be turned while training runs and decides the next update."""

from dataclasses import dataclass

from rnn_tui.training.divergence import Watch


@dataclass(frozen=True, slots=True)
class Knobs:
    """All of them, at one moment."""

    base_rate: float
    """Learning rate before decay."""
    clip_norm: float | None
    """Largest gradient norm; None: not clipped by norm."""
    watch: Watch = "all"
    """What stops the run."""


def told(name: str, before: float | None, after: float | None) -> str:
    """Say how one was turned: `lr 0.03→0.1`, `clip none→1`."""
    one, two = ("none" if value is None else f"{value:.3g}" for value in (before, after))
    return f"{name} {one}→{two}"
