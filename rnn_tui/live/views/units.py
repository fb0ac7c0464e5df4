"""What each unit of the network follows, and one of them over a text, as the screen shows it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnn_tui.alarm import within
from rnn_tui.errors import InputError, reason
from rnn_tui.inspection.memory.units.following import (
    LEAST_SYMBOLS,
    Units,
    following,
    stream_count,
    symbols_read,
)
from rnn_tui.inspection.memory.units.reading import kinds, layer_widths, read
from rnn_tui.inspection.memory.units.strongest import strongest
from rnn_tui.language import counted, phrase, sentence
from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import part_ids, standing, state_after, stretch
from rnn_tui.models.protocol import Model
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.units import AFTER, BEFORE, UnitsSeen, UnitsView, UnitText, UnitTextView
from rnn_tui.text.features.label import LEAST, Label
from rnn_tui.text.features.labels import labels_of
from rnn_tui.text.features.pattern import pattern_label
from rnn_tui.text.vocab import Vocab

MOST_UNITS, PLACES = 256, 6
"""Told of, and where each is strongest."""
SECONDS = 0.05
"""For a pattern: meanwhile no key is answered."""
MOST_VALUES, FEW_SYMBOLS = 1 << 19, 512
"""Symbols shown, times units: 50 ms in all for an LSTM 2×128."""
MEASURED = 1 << 18
"""Symbols measured, times units: 0.1 s in all for an LSTM 2×128."""


def slices(run: Run, view: UnitsView | UnitTextView) -> Iterator[UnitsSeen | UnitText]:
    """Yield what is known by and by, of the network as it is at first."""
    return _over_text(run, view) if isinstance(view, UnitTextView) else _followed(run, view)


def _over_text(run: Run, view: UnitTextView) -> Iterator[UnitText]:
    """Yield one unit's values over the text, more and more of them."""
    model = standing(run.trainer)
    widths, kind = layer_widths(model), _kind(model, view.kind)
    unit = min(max(view.unit, 0), sum(widths) - 1)
    most = max(MOST_VALUES // sum(widths), FEW_SYMBOLS)
    ids, unknown, before = stretch(run.trainer, view.reading, min(max(view.symbols, 1), most))
    streams = stream_count(len(ids), shortest=128)
    ids = ids[: len(ids) // streams * streams]
    values = np.full((len(ids), sum(widths)), np.nan)
    seen = UnitText(unknown, kind, unit, ids, values[:, unit].copy(), done=False)
    if len(ids):
        for _ in read(model, ids, kind, streams, values, state_after(model, before)):
            yield replace(seen, values=values[:, unit].copy())
    yield replace(seen, values=np.nan_to_num(values[:, unit]), done=True)


def _followed(run: Run, view: UnitsView) -> Iterator[UnitsSeen]:
    """Yield that it is being found out what is followed, and at last what was found."""
    trainer, model = run.trainer, standing(run.trainer)
    widths, vocab = layer_widths(model), trainer.corpus.vocab
    kind = _kind(model, view.kind)
    whole = part_ids(trainer, view.part)
    ids = whole[: symbols_read(len(whole), sum(widths), MEASURED)].astype(np.int64)
    seen = _nothing(kinds(model), widths, len(ids))
    try:
        labels = _labels(vocab, ids, view.pattern)
    except InputError as refusal:
        yield replace(seen, refused=sentence(reason(refusal)))
        return
    seen = _not_yet(seen, labels)
    steps = following(model, ids, kind, labels)
    while True:
        yield seen
        try:
            next(steps)
        except StopIteration as end:
            yield _told(seen, ids, end.value)
            return


def _kind(model: Model, asked: str) -> str:
    return asked if asked in kinds(model) else "h"


def _labels(vocab: Vocab, ids: Ints, pattern: str | None) -> list[Label]:
    """Return what can be followed.

    Raises:
        InputError: There is nothing, or the pattern cannot be used.
    """
    if len(ids) < LEAST_SYMBOLS:
        raise InputError(
            phrase(
                "the text has {count}: too few to tell what a unit follows, {least} are needed",
                count=counted(len(ids), vocab.unit),
                least=f"{LEAST_SYMBOLS:,}",
            )
        )
    if pattern is None:
        if labels := labels_of(vocab, ids):
            return labels
        raise InputError(phrase("nothing in this text varies enough to be followed"))
    with within(SECONDS, phrase("your pattern takes too long on this text")):
        label = pattern_label(vocab, ids, pattern)
    if not label.varies(len(ids)):
        raise InputError(
            phrase(
                "your pattern covers {covered} of {count}: in each half of the text at least "
                "{least} must be covered and {least} must not",
                covered=f"{int(label.values.sum()):,}",
                count=counted(len(ids), vocab.unit),
                least=LEAST,
            )
        )
    return [label]


def _told(seen: UnitsSeen, ids: Ints, found: Units) -> UnitsSeen:
    followed = found.followed
    others = followed.order[~np.isin(followed.order, followed.unit)][:MOST_UNITS]
    units = np.concatenate([followed.unit, others])
    strength = np.concatenate([followed.by_unit, followed.strength[others]])
    claimed = np.concatenate([followed.by_unit_claimed, followed.claimed[others]])
    places = np.full((len(units), PLACES), -1)
    for row, unit in enumerate(units.tolist()):
        there = strongest(found.values[:, unit], PLACES, low=bool(strength[row] < 0))
        places[row, : len(there)] = there
    # Ids are below `MAX_SYMBOLS`: two bytes each, since all of this is sent with every picture.
    padded = np.concatenate([[-1] * BEFORE, ids, [-1] * (AFTER + 1)]).astype(np.int16)
    return replace(
        seen,
        chance=followed.chance,
        units=units,
        label=np.concatenate([np.arange(len(followed.labels)), followed.label[others]]),
        strength=strength,
        claimed=tuple(claimed.tolist()),
        places=places,
        values=found.values[places, units[:, None]].astype(np.float64),
        around=padded[places[:, :, None] + np.arange(BEFORE + 1 + AFTER)],
        done=True,
    )


def _not_yet(seen: UnitsSeen, labels: list[Label]) -> UnitsSeen:
    """Return what there will be a row of, whichever unit it will be."""
    count = len(labels)
    return replace(
        seen,
        labels=tuple(label.words for label in labels),
        numbers=tuple(label.number for label in labels),
        chance=np.zeros(count),
        units=np.full(count, -1),
        label=np.arange(count),
        strength=np.zeros(count),
        claimed=(False,) * count,
        places=seen.places[:0],
        values=seen.values[:0],
        around=seen.around[:0],
        done=False,
    )


def _nothing(kinds: tuple[str, ...], widths: tuple[int, ...], symbols: int) -> UnitsSeen:
    units = np.arange(min(sum(widths), MOST_UNITS))
    count = len(units)
    return UnitsSeen(
        kinds=kinds,
        widths=widths,
        symbols=symbols,
        labels=(),
        numbers=(),
        chance=np.empty(0),
        units=units,
        label=np.zeros(count, np.int64),
        strength=np.zeros(count),
        claimed=(False,) * count,
        places=np.empty((count, 0), np.int64),
        values=np.empty((count, 0)),
        around=np.empty((count, 0, BEFORE + 1 + AFTER), np.int64),
    )
