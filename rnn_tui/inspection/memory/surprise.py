"""Where a network is surprised by a text: at which characters, and at which kinds of place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnn_tui.language import mark, phrase
from rnn_tui.text.places import PLACES
from rnn_tui.training.surprise import Surprise

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dear:
    """A character that cost many bits."""

    place: int
    """In the text, from 0."""
    id: int
    bits: float
    """-log₂ of its probability."""
    expected: int
    """Id of the likeliest in its place."""
    probability: float
    """Of that one."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one kind of place has of the total."""

    kind: str
    count: int
    """Characters that stand at such a place."""
    bits: float
    """Of all of them together."""
    before: float | None = None
    """The same at another moment; None: there is none to compare with."""

    @property
    def mean(self) -> float:
        """Bits per character."""
        return self.bits / self.count

    @property
    def mean_before(self) -> float | None:
        """Bits per character at the other moment."""
        return None if self.before is None else self.before / self.count


def bits_of(reading: Surprise) -> Floats:
    """Return the surprise of character 1, 2, … of a text in bits, as far as it is read (N-1,).

    A text of which a part is read must be read as one stream.
    """
    bits: Floats = np.divide(reading.nats[: reading.characters], math.log(2))
    return bits


def dearest(reading: Surprise, most: int) -> list[Dear]:
    """Return the characters that cost most, the dearest first; of two alike the earlier."""
    bits = bits_of(reading)
    order = np.argsort(-bits, kind="stable")[:most]
    return [
        Dear(
            place=at + 1,
            id=int(reading.ids[at + 1]),
            bits=float(bits[at]),
            expected=int(reading.expected[at]),
            probability=math.exp(-reading.expected_nats[at]),
        )
        for at in order.tolist()
    ]


def division(
    places: npt.NDArray[np.intp], bits: Floats, before: Floats | None = None
) -> list[Share]:
    """Return how the total divides among the kinds of place that there are, in their order.

    Args:
        places: Kind of place of each character of the text, as `text.places` tells it.
        bits: Surprise of characters 1, 2, … (N-1,); there may be more places.
        before: The same at another moment.
    """
    kinds, least = places[1 : len(bits) + 1], len(PLACES)
    counts, sums = np.bincount(kinds, minlength=least), np.bincount(kinds, bits, least)
    others = None if before is None else np.bincount(kinds, before, least)
    return [
        Share(name, int(counts[i]), float(sums[i]), None if others is None else float(others[i]))
        for i, name in enumerate(PLACES)
        if counts[i]
    ]


def compared(shares: Sequence[Share], earlier: Sequence[Share]) -> list[Share]:
    """Return the shares beside those of the same text at another moment."""
    before = {share.kind: share.bits for share in earlier}
    return [replace(share, before=before.get(share.kind)) for share in shares]


def together(shares: Sequence[Share]) -> Share:
    """Return what all of them come to."""
    before = [share.before for share in shares if share.before is not None]
    return Share(
        mark("together"),
        sum(share.count for share in shares),
        sum(share.bits for share in shares),
        sum(before) if len(before) == len(shares) else None,
    )


def said_of_change(shares: Sequence[Share], unit: str) -> str:
    """Say how many bits less it is than at the other moment, and at which kind of place most.

    Args:
        shares: Each with its bits at the other moment.
        unit: What a symbol is called.
    """
    saved = {share.kind: (share.before or 0.0) - share.bits for share in shares}
    in_all, each = sum(saved.values()), sum(saved.values()) / together(shares).count
    if in_all < 0:
        return phrase(
            "{bits} bits more in all, {each} a {unit}; most of them at {kind}.",
            bits=f"{-in_all:,.1f}",
            each=f"{-each:.2f}",
            unit=phrase(unit),
            kind=phrase(min(saved, key=lambda kind: saved[kind])),
        )
    best = max(saved, key=lambda kind: saved[kind])
    if saved[best] <= 0:
        return phrase("It is the same at every kind of place.")
    return phrase(
        "{bits} bits fewer in all, {each} a {unit}; most at {kind}: {most}.",
        bits=f"{in_all:,.1f}",
        each=f"{each:.2f}",
        unit=phrase(unit),
        kind=phrase(best),
        most=f"{saved[best]:,.1f}",
    )
