"""What only the dense network has; the rest is in `test_looking_back.py`."""

import numpy as np

from rnn_tui.models.dense import Dense
from rnn_tui.models.plain_windows import dense, dense_backward
from rnn_tui.nn.loss import softmax
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config

V, H, K, T = 301, 5, 3, 41


def test_large_vocabularies_are_added_up_by_symbol() -> None:
    """The other way of `LastSymbols`, with symbols before the beginning left out."""
    rng = np.random.default_rng(3)
    model = Dense(
        V, context=K, activation="tanh", hidden_size=H, num_layers=1, dtype="float64", rng=rng
    )
    ids = rng.integers(0, V, T + 1)
    logits, _ = model.forward(ids[:-1, None], model.zero_state(1))
    model.loss_and_grads(ids[:-1, None], ids[1:, None], model.zero_state(1))
    run = dense(model.parameters, np.eye(V)[ids[:-1]], K)
    right = np.array([run.y[t] for t in range(T)])
    np.testing.assert_allclose(logits[:, 0], right, rtol=1e-10, atol=1e-14)
    dy = (softmax(right) - np.eye(V)[ids[1:]]) / T
    for name, grad in dense_backward(model.parameters, run, dy).items():
        np.testing.assert_allclose(model.gradients[name], grad, rtol=1e-9, atol=1e-15)


def test_a_word_is_seen_as_far_back_as_tells_its_letters_apart() -> None:
    config, _ = choose_config(corpus_from_bytes(b"hello", "h"), None, {"network": "dense"})
    assert (config.context, config.hidden_size) == (3, 3)
