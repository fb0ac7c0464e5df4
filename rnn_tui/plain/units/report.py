"""A text read, and what was found of the units there."""

from dataclasses import dataclass

from rnn_tui.alarm import within
from rnn_tui.errors import InputError
from rnn_tui.inspection.memory.units.following import (
    LEAST_SYMBOLS,
    Units,
    finished,
    following,
    symbols_read,
)
from rnn_tui.inspection.memory.units.reading import kinds, layer_widths
from rnn_tui.inspection.memory.units.strongest import strongest
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.features.label import LEAST, Label
from rnn_tui.text.features.labels import labels_of
from rnn_tui.text.features.pattern import pattern_label, shown
from rnn_tui.text.vocab import IntArray, Vocab
from rnn_tui.training.checkpoint.file import Checkpoint

_SECONDS = 5.0
"""For a pattern of the user's."""
_PLACES = 3


@dataclass(frozen=True, eq=False, slots=True)
class Report:
    """What was looked at, and what was found."""

    vocab: Vocab
    ids: IntArray
    kind: str
    widths: tuple[int, ...]
    found: Units


def look(checkpoint: Checkpoint, corpus: Corpus, kind: str, pattern: str | None) -> Report:
    """Read the beginning of the text and find out what is followed there.

    Raises:
        InputError: The network has nothing of this name, the text is too short, or the pattern
            cannot be used.
    """
    model, vocab = checkpoint.model(), checkpoint.vocab
    if kind not in (has := kinds(model)):
        raise InputError(f"--of {kind}: the units of this network have {', '.join(has)}")
    if len(corpus.ids) < LEAST_SYMBOLS:
        raise InputError(
            f"{corpus.name} has {len(corpus.ids):,} {vocab.unit}s: too few to tell what a unit "
            f"follows, at least {LEAST_SYMBOLS:,} are needed"
        )
    widths = layer_widths(model)
    ids = vocab.translate(corpus.ids, corpus.vocab)[: symbols_read(len(corpus.ids), sum(widths))]
    labels = labels_of(vocab, ids) if pattern is None else [_of_pattern(vocab, ids, pattern)]
    if not labels:
        raise InputError(f"{corpus.name}: nothing in it varies enough to be followed")
    return Report(vocab, ids, kind, widths, finished(following(model, ids, kind, labels)))


def _of_pattern(vocab: Vocab, ids: IntArray, pattern: str) -> Label:
    asked = f"--regex {shown(pattern)}"
    with within(_SECONDS, f"{asked}: takes more than {_SECONDS:g} s on this text"):
        label = pattern_label(vocab, ids, pattern)
    if not label.varies(len(ids)):
        raise InputError(
            f"{asked}: matches {int(label.values.sum()):,} of {len(ids):,} {vocab.unit}s; in each "
            f"half of the text at least {LEAST} must match and {LEAST} must not"
        )
    return label


def places_of(report: Report, unit: int) -> list[int]:
    """Return where a unit is on most, or off most where it is off at its label."""
    off = report.found.followed.strength[unit] < 0
    return [*strongest(report.found.values[:, unit], _PLACES, low=bool(off)).tolist()]
