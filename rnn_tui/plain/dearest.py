"""`rnn-tui inspect --surprise`: the dearest characters of a text, and where its bits are."""

from collections.abc import Iterator
from dataclasses import asdict

from rich.cells import cell_len

from rnn_tui.errors import InputError
from rnn_tui.inspection.memory.surprise import (
    Dear,
    Share,
    bits_of,
    dearest,
    division,
    said_of_change,
    together,
)
from rnn_tui.plain.output import emit
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.places import places
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import IntArray, Vocab
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.surprise import Surprise, surprise

_LISTED, _NAME, _AROUND, _BAR = 12, 10, 16, 20


def print_dearest(
    checkpoint: Checkpoint, corpus: Corpus, earlier: Checkpoint | None, *, as_json: bool
) -> int:
    """Read the text and say where its bits are; beside those of another network, if there is one.

    Raises:
        InputError: The other network reads other symbols.
    """
    vocab, reading = checkpoint.vocab, _read(checkpoint, corpus)
    before = bits_of(_read_earlier(earlier, checkpoint, corpus)) if earlier else None
    shares = division(places(vocab, reading.ids), bits_of(reading), before)
    dear = dearest(reading, _LISTED)
    if as_json:
        emit(record(vocab, reading, shares, dear))
    else:
        for line in (*told(shares, vocab.unit), "", *listed(vocab, reading.ids, dear)):
            print(line)
    return 0


def _read(checkpoint: Checkpoint, corpus: Corpus) -> Surprise:
    return surprise(checkpoint.model(), checkpoint.vocab.translate(corpus.ids, corpus.vocab))


def _read_earlier(earlier: Checkpoint, checkpoint: Checkpoint, corpus: Corpus) -> Surprise:
    if earlier.vocab.units != checkpoint.vocab.units:
        raise InputError(
            f"--before is a network of {earlier.vocab.unit}s, the other one of "
            f"{checkpoint.vocab.unit}s: both must read the same symbols"
        )
    return _read(earlier, corpus)


def record(
    vocab: Vocab, reading: Surprise, shares: list[Share], dear: list[Dear]
) -> dict[str, object]:
    """Return all of it, for JSON."""
    return {
        "characters": reading.characters,
        "bits": float(bits_of(reading).sum()),
        "kinds": [asdict(share) for share in shares],
        "dearest": [
            {
                "position": one.place,
                "symbol": vocab.symbols[one.id],
                "bits": one.bits,
                "expected": vocab.symbols[one.expected],
                "probability": one.probability,
            }
            for one in dear
        ],
    }


def told(shares: list[Share], unit: str) -> Iterator[str]:
    """Yield a row for each kind of place, the dearest first, and what they come to."""
    total = together(shares)
    compared = total.before is not None
    yield f"{'':12}  {f'{unit}s':>10}  {'bits':>11}  {'share':>6}  {'bits each':>9}" + (
        "  earlier  change" if compared else ""
    )
    for share in [*sorted(shares, key=lambda share: -share.bits), total]:
        part = share.bits / total.bits if total.bits else 0.0
        bar = "" if share is total else "█" * round(_BAR * part)
        numbers = f"{share.count:10,}  {share.bits:11,.1f}  {part:6.1%}  {share.mean:9.2f}"
        yield f"{share.kind:12}  {numbers}{_compared(share)}  {bar}".rstrip()
    if compared:
        yield said_of_change(shares, unit)


def _compared(share: Share) -> str:
    if share.mean_before is None:
        return ""
    return f"  {share.mean_before:7.2f}  {share.mean - share.mean_before:+6.2f}"


def listed(vocab: Vocab, ids: IntArray, dear: list[Dear]) -> Iterator[str]:
    """Yield a row for each of the dearest, with what was expected instead and what came before."""
    yield f"{'at':>9}  {'bits':>5}  {vocab.unit:<{_NAME}}  {'expected':<{_NAME}}       p  after"
    for one in dear:
        read = ids[max(0, one.place - _AROUND) : one.place]
        name, expected = (_padded(vocab.name(id)) for id in (one.id, one.expected))
        yield (
            f"{one.place:9,}  {one.bits:5.1f}  {name}  {expected}  {one.probability:6.1%}  "
            f"{visible(vocab.decode(read))}"
        )


def _padded(name: str) -> str:
    return name + " " * (_NAME - cell_len(name))
