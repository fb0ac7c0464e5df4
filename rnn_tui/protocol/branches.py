"""Where in training time one is, and what other courses the training took: for the screen."""

from dataclasses import dataclass, field

import numpy as np

from rnn_tui.protocol.curves import Floats, Ints


@dataclass(frozen=True, slots=True)
class BranchView:
    """One course of the training."""

    number: int
    """From 1, in the order they began."""
    parent: int
    """The branch it left; 0 for the first."""
    fork: int
    """After which update."""
    head: int
    """The farthest update."""
    change: str
    """What was changed there; empty: nothing."""
    loss: float
    """Running mean at the head."""


@dataclass(frozen=True, eq=False, slots=True)
class Ghost:
    """The loss on another branch, from where its ways parted from the present one."""

    number: int
    update: Floats
    smoothed: Floats
    broke: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """Updates after which one was not made, since training diverged."""


@dataclass(frozen=True, eq=False, slots=True)
class Past:
    """The past that can be gone back to."""

    start: int
    """The earliest update."""
    head: int
    """The farthest update of this branch."""
    goal: int | None
    """Where a journey under way leads; None: there is none."""
    kept: Ints
    """Updates whose states are held; the others are reached by replaying."""
    size: int
    """Bytes of all states held."""
    budget: int
    """Bytes, at most."""
    branch: int
    """The present branch's number."""
    branches: tuple[BranchView, ...]
    ghosts: tuple[Ghost, ...] = ()
    taken_back: bool = False
    """Whether weights were turned by hand at this very update, but later than this moment."""
