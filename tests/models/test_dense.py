"""The dense network against its equations as plain loops, differences, and PyTorch."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.weights import check_network, worst
from rnn_tui.models.dense import Dense
from rnn_tui.models.plain_windows import dense, dense_backward
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.loss import log_softmax, softmax
from rnn_tui.nn.names import Activation, OptimizerName
from rnn_tui.nn.optimizers import make_optimizer
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.data.reference import reference

V, H, T, B = 7, 5, 9, 3
SIZES = [(1, 1, "tanh"), (4, 1, "relu"), (3, 2, "tanh"), (2, 3, "relu")]
every_size = pytest.mark.parametrize(("context", "layers", "activation"), SIZES)


def network(context: int, layers: int, activation: Activation, **changes: Any) -> Dense:
    sizes = {"vocab_size": V, "hidden_size": H, "dtype": "float64", "rng": np.random.default_rng(3)}
    return Dense(
        context=context, num_layers=layers, activation=activation, **sizes | changes
    )  # fmt: skip


@every_size
def test_it_is_the_plain_loop(context: int, layers: int, activation: Activation) -> None:
    model, relu = network(context, layers, activation), activation == "relu"
    ids = np.random.default_rng(4).integers(0, V, (T + 1, B))
    x, y = ids[:-1], ids[1:]
    logits, _ = model.forward(x, model.zero_state(B))
    loss, after = model.loss_and_grads(x, y, model.zero_state(B))
    losses, grads = [], {name: np.zeros_like(p) for name, p in model.parameters.items()}
    for b in range(B):
        run = dense(model.parameters, np.eye(V)[x[:, b]], context, relu=relu)
        plain = np.array([run.y[t] for t in range(T)])
        np.testing.assert_allclose(logits[:, b], plain, rtol=1e-12, atol=1e-14)
        losses += (-log_softmax(plain)[np.arange(T), y[:, b]]).tolist()
        dy = (softmax(plain) - np.eye(V)[y[:, b]]) / y.size
        for name, grad in dense_backward(model.parameters, run, dy, relu=relu).items():
            grads[name] += grad
    assert loss == pytest.approx(np.mean(losses), rel=1e-12)
    for name, grad in grads.items():
        np.testing.assert_allclose(
            model.gradients[name], grad, rtol=1e-10, atol=1e-15, err_msg=name
        )
    last = ids[max(T - context + 1, 0) : T] if context > 1 else ids[:0]
    np.testing.assert_array_equal(after[0][0], last.T)


@every_size
def test_what_it_cannot_see_changes_nothing(
    context: int, layers: int, activation: Activation
) -> None:
    model = network(context, layers, activation)
    ids = np.random.default_rng(4).integers(0, V, (T, 1))
    logits, _ = model.forward(ids, model.zero_state(1))
    for back in range(T):
        other = ids.copy()
        other[-1 - back] = (other[-1 - back] + 1) % V
        changed, _ = model.forward(other, model.zero_state(1))
        assert (changed[-1] != logits[-1]).any() == (back < context), back


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("context", "layers", "activation"), SIZES[1:])
def test_its_gradients_are_those_of_differences(
    context: int, layers: int, activation: Activation, dtype: str
) -> None:
    corpus = corpus_from_bytes(b"a stitch in time saves nine", "t")
    given = {
        "network": "dense", "context": context, "num_layers": layers, "activation": activation,
        "dtype": dtype, "hidden_size": 4, "seq_length": 6, "batch_size": 2,
    }  # fmt: skip
    trainer = Trainer(choose_config(corpus, None, given)[0], corpus)
    for _ in range(3):
        trainer.step()
    rows = check_network(trainer)
    assert not any(row.wrong for row in rows)
    assert worst(rows) < 1e-6


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_ten_updates_equal_pytorch(activation: Activation, optimizer: OptimizerName) -> None:
    ref, start = reference(f"dense/{activation}/{optimizer}/"), reference(f"dense/{activation}/")
    ids = start["ids"].astype(np.intp)
    model = network(4, 2, activation)
    for name, array in model.parameters.items():
        array[...] = start[name]
    made, state = make_optimizer(optimizer, model.flat), model.zero_state(ids.shape[2])
    for window, loss, norm in zip(ids, ref["losses"], ref["norms"], strict=True):
        found, state = model.loss_and_grads(window[:-1], window[1:], state)
        assert found == pytest.approx(loss, abs=1e-10)
        assert clip_norm(model.grads_flat, float(ref["max_norm"])) == pytest.approx(norm, abs=1e-10)
        made.step(model.flat, model.grads_flat, float(ref["learning_rate"]))
    for name, array in model.parameters.items():
        np.testing.assert_allclose(array, ref[name], atol=1e-10, rtol=0, err_msg=name)


def test_large_vocabularies_are_added_up_by_symbol() -> None:
    """The other way of `BySymbol`, with symbols before the beginning left out."""
    model = network(3, 1, "tanh", vocab_size=301)
    ids = np.random.default_rng(4).integers(0, 301, (41, 2))
    model.loss_and_grads(ids[:-1], ids[1:], model.zero_state(2))
    total = model.gradients["hidden.0.bias"]
    blocks = np.split(model.gradients["hidden.0.weight"], 3, axis=1)
    np.testing.assert_allclose(blocks[2].sum(axis=1), total, atol=1e-14)
    first = [model.twin() for _ in range(2)]
    np.testing.assert_array_equal(first[0].flat, first[1].flat)
    assert len(np.flatnonzero(np.abs(blocks[0]).sum(axis=0))) <= len(np.unique(ids[:-3]))


def test_the_text_decides_how_far_it_sees() -> None:
    word, text = corpus_from_bytes(b"hello", "h"), corpus_from_bytes(b"the tide " * 300, "t")
    assert choose_config(word, None, {"network": "dense"})[0].context == 3
    config, notes = choose_config(text, None, {"network": "dense"})
    assert (config.context, config.hidden_size) == (6, 128)
    assert "tanh dense net, 128 hidden units over the last 6 symbols" in notes[-1] + " ".join(notes)
    kept = Config(network="dense", context=5)
    assert choose_config(text, "hello", {"network": "dense"})[0].context == kept.context + 3


@pytest.mark.parametrize("length", [5, 900, 19_999, 299_999, 10**7])
def test_its_name_has_room_beside_the_numbers_of_a_run(length: int) -> None:
    """A screen of 120 columns leaves 39 for text and network; with more, the network goes."""
    config = Config(network="dense", **spec_of(Config(network="dense")).suited(length))
    spec = spec_of(config)
    assert len(f" hello.txt · {spec.title(config)} {spec.size(config)}") < 39
