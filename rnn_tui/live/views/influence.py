"""What the characters before a place did for the prediction there, as the screen shows it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnn_tui.inspection.memory.influence import in_slices
from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import standing, stretch
from rnn_tui.models.prediction import predict
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.influence import InfluenceSeen, InfluenceView
from rnn_tui.text.kinds import others_of_its_kind
from rnn_tui.training.trainer import Trainer

MOST, MOST_BACK, READ = 2_000, 200, 500
"""Characters of the text, before the place that are looked at, and before those that are read."""


def slices(run: Run, view: InfluenceView) -> Iterator[InfluenceSeen]:
    """Yield more and more of it, the nearest characters first."""
    trainer = run.trainer
    ids, unknown, before = stretch(trainer, view.reading, MOST)
    model, typed = standing(trainer), -1
    if view.reading.typed is not None and len(ids):
        typed = len(ids)
        ids = np.append(ids, predict(model, ids[-READ:]).probs.argmax())
    if len(ids) < 2:
        yield _nothing(unknown, ids)
        return
    place = _place(trainer, view, len(ids))
    back = min(max(view.back, 1), MOST_BACK, place)
    text, at = np.concatenate([before, ids]), len(before) + place
    start = max(0, at - back - READ)
    others = others_of_its_kind(trainer.corpus.vocab)
    seen = replace(_nothing((), ids), place=place, typed=typed, done=False)
    for found in in_slices(model, text[start : at + 1], at - start, others, back):
        seen = replace(
            seen,
            first=start + found.first - len(before),
            exchange=found.exchange,
            slope=found.slope,
            p=float(found.probs[ids[place]]),
            favorite=int(found.probs.argmax()),
            favorite_p=float(found.probs.max()),
        )
        yield seen
    yield replace(seen, done=True)


def _place(trainer: Trainer, view: InfluenceView, count: int) -> int:
    """Return the place looked at, among those that have something before them."""
    if view.place is None:
        usual = count if view.reading.typed is not None else trainer.config.seq_length
    else:
        usual = view.place
    return min(max(usual, 1), count - 1)


def _nothing(unknown: tuple[str, ...], ids: Ints) -> InfluenceSeen:
    none = np.empty(0)
    return InfluenceSeen(
        unknown, ids, place=0, typed=-1, first=0, exchange=none, slope=none, p=np.nan, favorite=0,
        favorite_p=np.nan, done=True,
    )  # fmt: skip
