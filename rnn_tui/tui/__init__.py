"""The screen; the only place that imports Textual."""

import os

# What changed is painted at the next tick of a clock that Textual reads from here once. At its 60
# ticks a second the answer to a key waits up to 17 ms for one; a tick with nothing to do is none.
os.environ.setdefault("TEXTUAL_FPS", "240")
