"""What only the causal CNN has; the rest is in `test_looking_back.py`."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.weights import check_network, worst
from rnn_tui.models.cnn import CNN
from rnn_tui.models.plain_windows import cnn, cnn_backward
from rnn_tui.models.protocol import ModelState
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import log_softmax, softmax
from rnn_tui.nn.names import Activation
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer
from tests.data.reference import reference

V, C, T, B = 7, 5, 11, 3
SIZES = [(1, 2, "tanh"), (2, 1, "relu"), (3, 2, "tanh"), (2, 3, "relu"), (4, 4, "tanh")]
"""The last one's reach, 46, is beyond the window, and three of its layers' taps too."""
every_size = pytest.mark.parametrize(("kernel", "layers", "activation"), SIZES)


def network(kernel: int, layers: int, activation: Activation, **changes: Any) -> CNN:
    sizes = {"vocab_size": V, "hidden_size": C, "dtype": "float64", "rng": np.random.default_rng(3)}
    return CNN(kernel_size=kernel, num_layers=layers, activation=activation, **sizes | changes)


@every_size
def test_what_is_carried_on_is_seen_and_not_differentiated(
    kernel: int, layers: int, activation: Activation
) -> None:
    """A window after another one: the loss of the plain loop over both, the gradient of the second.

    What flows back into the time before the window is what the plain loop adds beyond ours: all of
    it comes through the lower layers there. So only the output layer's gradient and that of the
    highest convolution, whose input is what it is, must be the same.
    """
    model, relu = network(kernel, layers, activation), activation == "relu"
    ids = np.random.default_rng(4).integers(0, V, (2 * T + 1, 1))
    _, state = model.forward(ids[:T], model.zero_state(1))
    loss, after = model.loss_and_grads(ids[T:-1], ids[T + 1 :], state)
    run = cnn(model.parameters, np.eye(V)[ids[:-1, 0]], relu=relu)
    plain = np.array([run.y[t] for t in range(2 * T)])
    right = ids[1:, 0]
    dy = (softmax(plain) - np.eye(V)[right]) / T
    dy[:T] = 0
    assert loss == pytest.approx(
        -log_softmax(plain)[np.arange(T, 2 * T), right[T:]].mean(), rel=1e-12
    )
    grads = cnn_backward(model.parameters, run, dy, relu=relu)
    for name in (f"conv.{layers - 1}.weight", f"conv.{layers - 1}.bias", "linear.weight"):
        np.testing.assert_allclose(model.gradients[name], grads[name], rtol=1e-10, atol=1e-15)
    for number, (carried,) in enumerate(after[1:]):
        seen = carried.shape[1]
        rows = [np.zeros(C) if t < 0 else run.h[number][t] for t in range(2 * T - seen, 2 * T)]
        np.testing.assert_allclose(carried[0], np.reshape(rows, (seen, C)), rtol=1e-12)


def test_the_gradient_after_another_window_is_that_of_differences() -> None:
    """What was carried stays as it is when a weight moves."""
    model = network(3, 3, "tanh")
    ids = np.random.default_rng(4).integers(0, V, (2 * T + 1, B))
    _, state = model.forward(ids[:T], model.zero_state(B))
    x, y, move = ids[T:-1], ids[T + 1 :], np.random.default_rng(5).normal(size=model.flat.size)
    model.loss_and_grads(x, y, state)
    assert model.grads_flat @ move == pytest.approx(slope(model, x, y, state, move), rel=1e-7)


def slope(model: CNN, x: IntArray, y: IntArray, state: ModelState, move: Any) -> float:
    """What the loss does when all weights move a little."""
    losses = []
    for by in (1e-6, -1e-6):
        model.flat += by * move
        losses.append(model.mean_loss(x, y, state)[0])
        model.flat -= by * move
    return (losses[0] - losses[1]) / 2e-6


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_beginning_is_padded_as_by_pytorch(activation: Activation) -> None:
    stored, model = reference(f"cnn/{activation}/"), network(3, 3, activation)
    for name, array in model.parameters.items():
        array[...] = stored[name]
    ids = stored["ids"].astype(np.intp)
    logits, _ = model.forward(ids[0, :-1], model.zero_state(ids.shape[2]))
    np.testing.assert_allclose(logits, stored["logits"], atol=1e-12, rtol=0)


def test_the_word_is_learned_to_the_floor() -> None:
    corpus = corpus_from_bytes(b"hello", "h")
    config, notes = choose_config(corpus, None, {"network": "cnn"})
    assert notes[0] == (
        "For a text of 5 characters: tanh CNN, 2 layers of 3 channels with kernel 2 over the last "
        "4 symbols."
    )
    trainer = Trainer(config, corpus)
    for _ in range(300):
        trainer.step()
    assert trainer.history.smoothed < 0.01


def test_a_window_longer_than_the_text_is_cut_to_it() -> None:
    corpus = corpus_from_bytes(b"hello", "h")
    config, _ = choose_config(corpus, None, {"network": "cnn", "seq_length": 40, "num_layers": 5})
    trainer = Trainer(config, corpus)
    assert (config.seq_length, trainer.windows_per_epoch) == (4, 1)
    assert trainer.step().loss > trainer.step().loss
    assert worst(check_network(trainer)) < 1e-6
