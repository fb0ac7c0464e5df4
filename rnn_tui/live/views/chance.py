"""What of a window's losses is chance, taken from the rule of its text."""

import numpy as np

from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.reading import Reading
from rnn_tui.text.chance import losses, rule_of
from rnn_tui.text.streams import WARM_UP
from rnn_tui.training.trainer import Trainer


def least(trainer: Trainer, reading: Reading, before: Ints, ids: Ints) -> Floats:
    """Return what one who knows the rule loses at each of `ids` but the first (N-1,).

    None where the text has no rule that is known; what was read is what the network has read.

    Args:
        trainer: The run.
        reading: Where the text is from.
        before: What is read first.
        ids: The text (N,).
    """
    name = "" if reading.typed is not None else rule_of(trainer.corpus)
    if not name or not len(ids):
        return np.empty(0)
    symbols = trainer.corpus.vocab.symbols
    text = "".join(symbols[id] for id in (*before.tolist(), *ids.tolist()))
    # The validation text may begin inside a line, and nothing of it was read before
    begun = reading.part == "training" and len(before) < WARM_UP
    return np.array(losses(name, text, begun=begun)[len(before) + 1 :])
