"""An update that was not made, as the screen shows it."""

from dataclasses import dataclass

from rnn_tui.inspection.diagnosis.report import Finding


@dataclass(frozen=True, slots=True)
class Remedies:
    """Ways to go on."""

    back_to: int
    """The update to go back to."""
    rate: float
    """The learning rate to go on with there, half of"""
    rate_before: float
    """the present one or, where that was lower, the one used there."""
    clip: float
    """The gradient norm to clip to."""
    clip_at: int
    """The update to do so at: what is not finite cannot be clipped, one has to go back before."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """An update that was not made, and the ways to go on."""

    finding: Finding
    remedies: Remedies
