"""Which norms of derivatives there are of a network, and what is said of each."""

from typing import NamedTuple

from rnn_tui.language import mark, phrase
from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.gradient_flow import Gradients


class Picture(NamedTuple):
    """Norms of derivatives, all by one kind of thing."""

    by: str
    """Its sign."""
    what: str
    way: str
    """Where the error goes, in a sentence."""
    norms: Floats


def pictures(part: Gradients) -> list[Picture]:
    """Return what there is of a network: hidden states, top first, cell state, what was read."""
    found = []
    for layer in reversed(range(len(part.h))):
        state = phrase("the hidden state of layer {layer}", layer=layer + 1)
        if len(part.h) < 2:
            state = phrase("the hidden state")
        found.append(Picture("h_k", state, _along(state), part.h[layer]))
    if part.c is not None:
        state = phrase("the cell state of layer {layer}", layer=len(part.c))
        if len(part.c) < 2:
            state = phrase("the cell state")
        found.append(Picture("c_k", state, _along(state), part.c[-1]))
    to_what = mark("The error on its way to what is read.")
    return [*found, Picture("x_k", phrase("what is read"), to_what, part.x)]


def _along(state: str) -> str:
    return phrase("The error on its way along {state}.", state=state)
