"""What can be done to a network's weights by hand, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetWeight:
    """Give one weight another value."""

    name: str
    """Of the parameter."""
    index: tuple[int, ...]
    value: float


@dataclass(frozen=True, slots=True)
class ZeroUnit:
    """Set to 0 all that goes into a hidden unit and all that comes out of it, its biases too."""

    layer: int
    """From 0."""
    unit: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class ScaleRecurrent:
    """Multiply W_hh of a layer by a factor."""

    layer: int
    factor: float


@dataclass(frozen=True, slots=True)
class SetForgetBias:
    """Give all units of a layer the same bias of the gate that decides how much is kept."""

    layer: int
    value: float


Turn = SetWeight | ZeroUnit | ScaleRecurrent | SetForgetBias
