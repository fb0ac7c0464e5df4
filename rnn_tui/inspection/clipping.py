"""How an update's gradient was kept small."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, slots=True)
class Clipping:
    """How the gradient was kept small."""

    norm: float
    """Global norm before."""
    norm_after: float
    max_norm: float | None
    factor: float
    """By which all gradients were multiplied; 1: the norm was below the limit."""
    limit: float | None
    """For single elements."""
    cut: int
    """How many elements were beyond it."""
