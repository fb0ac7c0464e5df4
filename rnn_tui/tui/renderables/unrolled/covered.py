"""What a class is asked for, taken out of a picture: what comes next, and what that costs."""

from dataclasses import replace

import numpy as np

from rnn_tui.protocol.unrolled import Unrolled


def without_targets(part: Unrolled) -> Unrolled:
    """Return the same as if nobody knew what comes next."""
    nobody_knows = np.full(len(part.targets), np.nan)
    return replace(
        part,
        targets=np.full(len(part.targets), -1),
        target_logits=nobody_knows,
        target_probs=nobody_knows,
        losses=nobody_knows,
        least=np.empty(0),
        unchanged=part.unchanged and without_targets(part.unchanged),
    )
