"""How long the weights are."""

from dataclasses import dataclass

from rnn_tui.protocol.inside import Inside, InsideView


@dataclass(frozen=True, slots=True)
class ToyView(InsideView):
    """So many parameters, the longest first or last."""

    most: int
    longest_first: bool


@dataclass(frozen=True, eq=False, slots=True)
class Toy(Inside):
    """Their norms."""

    norms: tuple[tuple[str, float], ...]
