"""How far back the past can be read out of the state, as the screen shows it."""

from collections.abc import Iterator
from dataclasses import replace

from rnn_tui.inspection.memory.span import moved
from rnn_tui.inspection.memory.span.looking_back import LEAST, MOST_BACK, in_slices
from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import standing, stretch
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.memory_span import MemorySpanSeen, MemorySpanView
from rnn_tui.text.kinds import others_of_its_kind

READ = 8_000
"""Symbols. On distance.txt they give the span of twice as many, or one less."""


def slices(run: Run, view: MemorySpanView) -> Iterator[MemorySpanSeen]:
    """Yield more and more of it: what can be read out, then what moves predictions."""
    trainer = run.trainer
    ids, unknown, _ = stretch(trainer, view.reading, READ)
    seen = MemorySpanSeen(
        trainer.update, unknown, len(ids), LEAST, spec_of(trainer.config).reach(trainer.config),
        span=None, moved=None, done=False,
    )  # fmt: skip
    if len(ids) >= LEAST:
        yield seen
        model, back = standing(trainer), min(max(view.back, 1), MOST_BACK)
        if seen.sees is None:
            for span in in_slices(model, ids, back):
                seen = replace(seen, span=span)
                yield seen
        others = others_of_its_kind(trainer.corpus.vocab)
        for found in moved.in_slices(model, ids, back + 1, others):
            seen = replace(seen, moved=found)
            yield seen
    yield replace(seen, done=True)
