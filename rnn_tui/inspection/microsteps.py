"""The micro-steps of an update, in order, and the ways to go from one to another.

An update of T time steps and L layers has 2·T·(L + 1) + 3 of them: forward, for each time step,
every layer and the output; the loss; backward the same the other way round; clipping; the
update. `hello` with one layer: 2·4·2 + 3 = 19.
"""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["forward", "loss", "backward", "clip", "update"]


@dataclass(frozen=True, slots=True)
class MicroStep:
    """A part of an update."""

    phase: Phase
    t: int = -1
    """Time step, from 0; -1 outside of forward and backward."""
    layer: int | None = None
    """From 0; None: the output layer."""

    @property
    def group(self) -> tuple[Phase, int]:
        """What belongs to the same time step of the same direction."""
        return self.phase, self.t


def micro_steps(T: int, layers: int) -> tuple[MicroStep, ...]:
    """All micro-steps of an update."""
    parts = (*range(layers), None)
    forward = [MicroStep("forward", t, part) for t in range(T) for part in parts]
    backward = [
        MicroStep("backward", t, part) for t in reversed(range(T)) for part in reversed(parts)
    ]
    return (
        *forward,
        MicroStep("loss"),
        *backward,
        MicroStep("clip"),
        MicroStep("update"),
    )


def next_time_step(steps: tuple[MicroStep, ...], done: int) -> int:
    """Return how many micro-steps are done after the next time step, where `done` are now."""
    ends = [end for end in _ends(steps) if end > done]
    return ends[0] if ends else len(steps)


def previous_time_step(steps: tuple[MicroStep, ...], done: int) -> int:
    """Return how many micro-steps were done at the end of the time step before."""
    ends = [end for end in _ends(steps) if end < done]
    return ends[-1] if ends else 0


def _ends(steps: tuple[MicroStep, ...]) -> list[int]:
    following = (*steps[1:], None)
    return [
        place + 1
        for place, (step, after) in enumerate(zip(steps, following, strict=True))
        if after is None or after.group != step.group
    ]
