"""What a screen can ask to see of the network's inside, and what it gets; both of bounded size.

Each view stands in a module of its own, with its answer; the module of the same name in
`live/views/` makes that answer.
"""

from typing import ClassVar

from rnn_tui.models.spec import Feature


class InsideView:
    """What to look at; part of a `View`."""

    __slots__ = ()
    FEATURE: ClassVar[Feature | None] = None
    """What a network must have to be looked at so; None: every one has it."""
    IN_SLICES: ClassVar[bool] = False
    """Whether `live/views/` has `slices` for it in the place of `answer`: it takes long."""
    PART: ClassVar[float] = 1.0
    """How much of the time for looking while training runs: of views of one picture together 1."""


class Inside:
    """What is seen of it; part of a `Snapshot`."""

    __slots__ = ()
