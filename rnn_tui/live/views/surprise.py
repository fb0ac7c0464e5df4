"""How surprising each character of a text is, as the screen shows it."""

from collections.abc import Iterator

import numpy as np

from rnn_tui.inspection.memory.surprise import bits_of, dearest, division
from rnn_tui.live.run import Run
from rnn_tui.live.views.chance import least
from rnn_tui.live.views.reading import reader, standing, state_after, stretch
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.text.places import places
from rnn_tui.training.surprise import Surprise

MOST = 2_000
"""Characters of the text: read as one stream, so that there are numbers for its beginning first."""
DEAREST = 60
WINDOWS = 8
"""That are read at a time: 11 ms for an LSTM 2×128."""


def slices(run: Run, view: SurpriseView) -> Iterator[SurpriseSeen]:
    """Yield it for more and more of the text."""
    trainer = run.trainer
    ids, unknown, before = stretch(trainer, view.reading, MOST)
    who = reader(run)
    if len(ids) < 2:
        yield SurpriseSeen(unknown, who, ids, np.empty(0), (), (), done=True)
        return
    known = least(trainer, view.reading, before, ids)
    kinds = places(trainer.corpus.vocab, ids)
    model = standing(trainer)
    reading = Surprise(ids, model)
    reading.state = state_after(model, before)  # so short a text is one stream
    while not reading.done:
        for _ in range(WINDOWS):
            if not reading.done:
                reading.advance()
        bits = bits_of(reading)
        shares, dear = tuple(division(kinds, bits)), tuple(dearest(reading, DEAREST))
        yield SurpriseSeen((), who, ids, bits, shares, dear, reading.done, known)
