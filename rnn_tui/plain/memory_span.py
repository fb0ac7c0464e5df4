"""`rnn-tui inspect --memory-span`: how much of the past can be read out of the hidden state."""

from collections.abc import Iterator

from rnn_tui.errors import InputError
from rnn_tui.inspection.memory.span.looking_back import (
    LEAST,
    MOST_BACK,
    Back,
    Span,
    memory_span,
)
from rnn_tui.inspection.memory.span.sentences import sees_only, span_in_words, where
from rnn_tui.models.registry import spec_of
from rnn_tui.plain.output import emit
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.checkpoint.file import Checkpoint

_BAR = 24


def print_memory_span(checkpoint: Checkpoint, corpus: Corpus, back: int, *, as_json: bool) -> int:
    """Print it, the present symbol first.

    Raises:
        InputError: The text is too short, or one cannot look so far back.
    """
    vocab, config, count = checkpoint.vocab, checkpoint.config, len(corpus.ids)
    if (reach := spec_of(config).reach(config)) is not None:
        if as_json:
            emit({"sees": reach})
        else:
            print(sees_only(reach, vocab.unit))
        return 0
    if not 1 <= back <= MOST_BACK:
        raise InputError(f"--back is from 1 to {MOST_BACK:,} with --memory-span, not {back:,}")
    if count < LEAST:
        raise InputError(
            f"{visible(corpus.name)} has {count:,} {vocab.unit}s: too few to learn from and to "
            f"test on what a state tells, at least {LEAST:,} are needed"
        )
    found = memory_span(checkpoint.model(), vocab.translate(corpus.ids, corpus.vocab), back)
    if as_json:
        emit(record(vocab, found))
    else:
        for line in lines(vocab, found):
            print(line)
    return 0


def record(vocab: Vocab, found: Span) -> dict[str, object]:
    """Return all of it, for JSON."""
    return {
        "span": found.steps,
        "places": found.places,
        "state": found.numbers,
        "used": found.used,
        "back": [_row(vocab, back) for back in found.backs],
    }


def _row(vocab: Vocab, back: Back) -> dict[str, object]:
    told: dict[str, object] = {"back": back.steps, "read": back.read, "guess": back.guess}
    if (best := back.best) and back.steps:
        told["best"] = {
            "present": vocab.symbols[best.present],
            "following": [vocab.symbols[id] for id in best.following],
            "places": best.places,
            "read": best.read,
            "guess": best.guess,
        }
    return {**told, "reached": back.reached}


def lines(vocab: Vocab, found: Span) -> Iterator[str]:
    """Yield what was looked at, a line with a bar for each step back, and what that says."""
    used = "" if found.used == found.numbers else f", {found.used:,} of which are looked at"
    yield (
        f"the state, {found.numbers:,} numbers{used}, at {found.places:,} places; "
        "read-outs are learned on one half of them and tested on the other"
    )
    yield f"back   read  {'':{_BAR}}  guess  best where guessing misses enough"
    for back in found.backs:
        yield _line(vocab, back)
    yield span_in_words(found, vocab.unit, vocab.name)


def _line(vocab: Vocab, back: Back) -> str:
    told = ""
    if (best := back.best) and back.steps:
        guess = f"guessing {best.guess:.0%}"
        read = f"{best.read:.0%}, {guess}" if best.read > best.guess else f"no better than {guess}"
        told = f"{read}, {where(best, vocab.name)}"
    return (
        f"{back.steps:4}  {back.read:5.0%}  {bar(back.read, back.guess)}  {back.guess:5.0%}  {told}"
    ).rstrip()


def bar(read: float, guess: float) -> str:
    """Return a bar of what is read, with a line where guessing is."""
    cells = [*"█" * round(_BAR * read), *" " * (_BAR - round(_BAR * read))]
    cells[min(int(_BAR * guess), _BAR - 1)] = "│"
    return "".join(cells)
