"""Where a string stands in the corpus, looked for bit by bit."""

from collections.abc import Iterator
from dataclasses import replace

from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import part_ids
from rnn_tui.protocol.finding import FindView, Found
from rnn_tui.text.finding import find

LONGEST = 1_000
"""Characters, at most."""


def slices(run: Run, view: FindView) -> Iterator[Found]:
    """Yield that it is being looked for, and at last where it is."""
    vocab, text = run.trainer.corpus.vocab, view.text[:LONGEST]
    if not text or (unknown := vocab.unknown(text)):
        yield Found(view, unknown if text else ())
        return
    sought, ids = vocab.encode(text), part_ids(run.trainer, view.part)
    seen = Found(view, count=len(sought), done=False)
    for place in find(ids, sought, view.after, back=view.back):
        if place is not None:
            around = place >= view.after if view.back else place <= view.after
            seen = replace(seen, place=place, around=around)
        yield seen
    yield replace(seen, done=True)
