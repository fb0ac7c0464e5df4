"""How far back in time an error reaches, for the line that says what is going on."""

from rnn_tui.inspection.decay import decay
from rnn_tui.inspection.flow import flow
from rnn_tui.live.views.reading import standing
from rnn_tui.models.recurrent import CharModel
from rnn_tui.protocol.snapshot import ErrorReach
from rnn_tui.training.trainer import Trainer

STEPS = 12
"""Time steps looked at: 25 ms for an LSTM 2×128."""


def error_reach(trainer: Trainer) -> ErrorReach:
    """Look at the beginning of the text."""
    whole = min(trainer.config.seq_length, trainer.train_size - 1)
    ids = trainer.corpus.ids[: min(whole, STEPS) + 1]
    model = standing(trainer)
    if not isinstance(model, CharModel) or len(ids) < 3:
        return ErrorReach(0)
    fade = decay(flow(model, ids[:-1], ids[1:]).whole)
    steps = fade.end - (fade.reach is not None)
    return ErrorReach(steps, more=fade.reach is None and whole > STEPS)
