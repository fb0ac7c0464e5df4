"""Text written by the network, one symbol after the other."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.models.protocol import Model
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import softmax

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]


def draw(
    probs: Floats,
    temperature: float,
    rng: np.random.Generator,
    top_k: int | None = None,
    top_p: float | None = None,
) -> int:
    """Draw one symbol.

    Args:
        probs: Probabilities at temperature 1 (V,).
        temperature: Below 1 bolder, above 1 more adventurous; 0 takes the likeliest.
        rng: Where the luck comes from.
        top_k: Among so many of the likeliest only; None: among all.
        top_p: Among the fewest of the likeliest that together have this probability; after the
            temperature and `top_k`, as elsewhere. None: among all.

    Returns:
        The symbol's id.
    """
    if temperature == 0:
        return int(probs.argmax())
    if temperature != 1:
        # p^(1/T), scaled by the largest first so that no power underflows to all zeros.
        probs = (probs / probs.max()) ** (1 / temperature)
    if top_k is not None or top_p is not None:
        probs = likeliest(probs, top_k, top_p)
    cumulative = probs.cumsum()
    return int(cumulative.searchsorted(rng.random() * cumulative[-1], side="right"))


def likeliest(probs: Floats, top_k: int | None, top_p: float | None) -> Floats:
    """Return the same weights (V,), zero for all that is not among the likeliest; see `draw`.

    Source: Fan et al. (2018), arXiv:1805.04833, for top k; Holtzman et al. (2020),
    arXiv:1904.09751, for top p.
    """
    order = (-probs).argsort(kind="stable")[:top_k]
    if top_p is not None:
        cumulative = probs[order].cumsum()
        order = order[: int(cumulative.searchsorted(top_p * cumulative[-1])) + 1]
    kept = np.zeros_like(probs)
    kept[order] = probs[order]
    return kept


def write(
    model: Model,
    prefix: IntArray,
    temperature: float,
    rng: np.random.Generator,
    top_k: int | None = None,
    top_p: float | None = None,
    begins: int = 0,
) -> Iterator[tuple[int, float]]:
    """Read the prefix, then write on without end, or until the weights overflow.

    Args:
        model: The network.
        prefix: Ids it reads first; when empty, `begins` is written as given.
        temperature: See `draw`.
        rng: Where the luck comes from.
        top_k: See `draw`.
        top_p: See `draw`.
        begins: The text's first symbol; 0, but where the vocabulary was another text's before.

    Yields:
        The id of each symbol written and the probability the network gave it (temperature 1).
    """
    ids = np.asarray(prefix if len(prefix) else [begins], dtype=np.intp)
    if not len(prefix):
        yield begins, 1.0
    logits, state = model.forward(ids[:, None], model.zero_state(1))
    while True:
        probs = softmax(logits[-1, 0].astype(np.float64))
        if math.isnan(probs[0]):  # one logit that is not finite spoils all of them
            return
        symbol = draw(probs, temperature, rng, top_k, top_p)
        yield symbol, float(probs[symbol])
        logits, state = model.forward(np.array([[symbol]], dtype=np.intp), state)


def sample(
    model: Model, prefix: IntArray, length: int, temperature: float, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Return the first `length` symbols of `write` and their probabilities, each (length,)."""
    written = list(islice(write(model, prefix, temperature, rng), length))
    ids, probs = zip(*written, strict=True) if written else ((), ())
    return np.array(ids, dtype=np.int64), np.array(probs, dtype=np.float64)
