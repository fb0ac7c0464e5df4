"""What a run is doing, in a word."""

from typing import Literal

RunState = Literal["running", "paused", "finished", "diverged", "stopped"]
"""`stopped` is the screen's own word for a run whose worker is gone."""
