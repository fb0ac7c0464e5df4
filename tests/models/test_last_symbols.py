"""The last K symbols times a matrix, each of the three ways against one-hot vectors."""

import numpy as np
import pytest

from rnn_tui.models import last_symbols
from rnn_tui.models.last_symbols import FEW, NOTHING, LastSymbols, nothing_before

K, H, B = 3, 4, 2


@pytest.mark.parametrize("in_cache", [1 << 16, 20])
@pytest.mark.parametrize(
    ("V", "T"), [(7, 5), (FEW + 1, 40), (FEW + 1, 3), (300, 700)], ids=str
)  # product, gathered, picked out, gathered and sorted
def test_it_is_the_product_with_one_hot_vectors(
    V: int, T: int, in_cache: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_symbols, "IN_CACHE", in_cache)
    rng = np.random.default_rng(1)
    W, da = rng.normal(size=(K, V, H)), rng.normal(size=(T * B, H))
    symbols = LastSymbols(K, V, H, (T, B), "float64")
    a, dW, before = np.empty((T * B, H)), np.empty((K, V, H)), nothing_before(K, B)
    for _ in range(2):  # with nothing before, and after a window
        ids = rng.integers(0, V, (T, B))
        symbols.read(before, ids)
        symbols.product(W, out=a)
        symbols.gradient(da, dW)
        read = np.concatenate([before.T, ids])
        one_hot = np.eye(V + 1, V)[read]
        seen = np.stack([one_hot[place : place + T].reshape(T * B, V) for place in range(K)])
        np.testing.assert_allclose(a, np.einsum("knv,kvh->nh", seen, W), rtol=1e-12)
        np.testing.assert_allclose(dW, np.einsum("knv,nh->kvh", seen, da), atol=1e-12)
        before = symbols.after()
        np.testing.assert_array_equal(before, read[-(K - 1) :].T)
        before[0, 0] = NOTHING  # what was given back is the caller's


def test_what_is_no_symbol_is_refused() -> None:
    symbols = LastSymbols(1, 5, H, (2, B), "float32")
    with pytest.raises(IndexError, match="there are 5 symbols, and no 5"):
        symbols.read(nothing_before(1, B), np.full((2, B), 5))
