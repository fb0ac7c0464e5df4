"""Networks without a hidden state against their equations as plain loops, differences, and PyTorch.

What only one of them has is in `test_dense.py` and `test_cnn.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.weights import check_network, worst
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.plain_windows import cnn, cnn_backward, dense, dense_backward
from rnn_tui.models.registry import build, spec_of
from rnn_tui.nn.cell import Parameters
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.loss import log_softmax, softmax
from rnn_tui.nn.names import Activation, DTypeName, NetworkName, OptimizerName
from rnn_tui.nn.optimizers import make_optimizer
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.data.reference import reference

V, H, T, B = 7, 5, 11, 3
NETWORKS = [
    Config(
        network=network, num_layers=layers, activation=activation, hidden_size=H, dtype="float64",
        **{"context" if network == "dense" else "kernel_size": sees},
    )
    for network, sees, layers, activation in (
        ("dense", 1, 1, "tanh"),
        ("dense", 4, 1, "relu"),
        ("dense", 3, 2, "tanh"),
        ("dense", 2, 3, "relu"),
        ("cnn", 1, 2, "tanh"),
        ("cnn", 2, 1, "relu"),
        ("cnn", 3, 2, "tanh"),
        ("cnn", 2, 3, "relu"),
        ("cnn", 4, 4, "tanh"),
    )
]  # fmt: skip
"""The last one's reach, 46, is beyond the window, and three of its layers' taps too."""


def name_of(config: Config) -> str:
    sees = config.context if config.network == "dense" else config.kernel_size
    return f"{config.network} {sees} {config.num_layers} {config.activation}"


every_network = pytest.mark.parametrize("config", NETWORKS, ids=name_of)


def network(config: Config) -> LookingBack[Any]:
    model = build(config, V, np.random.default_rng(3))
    assert isinstance(model, LookingBack)
    return model


def plain(config: Config, p: Parameters, x: Any) -> tuple[Any, Callable[[Any], Parameters]]:
    """Logits (T, V) of one sequence of one-hot vectors, and what makes gradients of theirs."""
    relu = config.activation == "relu"
    if config.network == "dense":
        seen = dense(p, x, config.context, relu=relu)
        ys, back = seen.y, lambda dy: dense_backward(p, seen, dy, relu=relu)
    else:
        run = cnn(p, x, relu=relu)
        ys, back = run.y, lambda dy: cnn_backward(p, run, dy, relu=relu)
    return np.array([ys[t] for t in range(len(x))]), back


@pytest.mark.parametrize("sizes", [(T, B), (1, B), (T, 1), (4, 50)], ids=str)
@every_network
def test_it_is_the_plain_loop(config: Config, sizes: tuple[int, int]) -> None:
    model, (steps, streams) = network(config), sizes
    ids = np.random.default_rng(4).integers(0, V, (steps + 1, streams))
    x, y = ids[:-1], ids[1:]
    logits, _ = model.forward(x, model.zero_state(streams))
    loss, after = model.loss_and_grads(x, y, model.zero_state(streams))
    losses, grads = [], {name: np.zeros_like(p) for name, p in model.parameters.items()}
    for b in range(streams):
        right, back = plain(config, model.parameters, np.eye(V)[x[:, b]])
        np.testing.assert_allclose(logits[:, b], right, rtol=1e-12, atol=1e-14)
        losses += (-log_softmax(right)[np.arange(steps), y[:, b]]).tolist()
        for name, grad in back((softmax(right) - np.eye(V)[y[:, b]]) / y.size).items():
            grads[name] += grad
    assert loss == pytest.approx(np.mean(losses), rel=1e-12)
    for name, grad in grads.items():
        np.testing.assert_allclose(
            model.gradients[name], grad, rtol=1e-10, atol=1e-15, err_msg=name
        )
    nothing = np.full((after[0][0].shape[1], streams), -1)
    np.testing.assert_array_equal(after[0][0].T, np.concatenate([nothing, x])[steps:])


@every_network
def test_what_it_cannot_see_changes_nothing(config: Config) -> None:
    config, length = replace(config, activation="tanh"), 50
    reach, model = spec_of(config).reach(config), network(config)
    assert reach is not None
    assert reach < length
    ids = np.random.default_rng(4).integers(0, V, (length, 1))
    logits, _ = model.forward(ids, model.zero_state(1))
    for back in range(length):
        other = ids.copy()
        other[-1 - back] = (other[-1 - back] + 1) % V
        changed, _ = model.forward(other, model.zero_state(1))
        assert (changed[-1] != logits[-1]).any() == (back < reach), back


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@every_network
def test_its_gradients_are_those_of_differences(config: Config, dtype: DTypeName) -> None:
    corpus = corpus_from_bytes(b"a stitch in time saves nine", "t")
    trainer = Trainer(
        replace(config, dtype=dtype, hidden_size=4, seq_length=6, batch_size=2), corpus
    )
    for _ in range(3):
        trainer.step()
    rows = check_network(trainer)
    assert not any(row.wrong for row in rows)
    assert worst(rows) < 1e-6


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("kind", ["dense", "cnn"])
def test_ten_updates_equal_pytorch(
    kind: NetworkName, activation: Activation, optimizer: OptimizerName
) -> None:
    """The CNN's last taps reach beyond the window, into what two windows before have left."""
    start, ref = reference(f"{kind}/{activation}/"), reference(f"{kind}/{activation}/{optimizer}/")
    layers = 2 if kind == "dense" else 3
    sizes = Config(hidden_size=H, num_layers=layers, context=4, kernel_size=3, dtype="float64")
    model, ids = network(replace(sizes, network=kind, activation=activation)), start["ids"]
    for name, array in model.parameters.items():
        array[...] = start[name]
    made, state = make_optimizer(optimizer, model.flat), model.zero_state(ids.shape[2])
    for window, loss, norm in zip(ids.astype(np.intp), ref["losses"], ref["norms"], strict=True):
        found, state = model.loss_and_grads(window[:-1], window[1:], state)
        assert found == pytest.approx(loss, abs=1e-10)
        assert clip_norm(model.grads_flat, float(ref["max_norm"])) == pytest.approx(norm, abs=1e-10)
        made.step(model.flat, model.grads_flat, float(ref["learning_rate"]))
    for name, array in model.parameters.items():
        np.testing.assert_allclose(array, ref[name], atol=1e-10, rtol=0, err_msg=name)


@pytest.mark.parametrize("length", [5, 900, 19_999, 299_999, 10**7])
@pytest.mark.parametrize("kind", ["dense", "cnn"])
def test_its_name_has_room_beside_the_numbers_of_a_run(kind: NetworkName, length: int) -> None:
    """A screen of 120 columns leaves 39 for text and network; with more, the network goes."""
    spec = spec_of(Config(network=kind))
    config = Config(network=kind, **spec.suited(length))
    assert len(f" hello.txt · {spec.title(config)} {spec.size(config)}") < 39


@pytest.mark.parametrize(("kind", "settings", "said"), [
    ("dense", {"context": 6, "hidden_size": 128}, "128 hidden units over the last 6 symbols"),
    ("cnn", {"kernel_size": 2, "num_layers": 5},
     "5 layers of 64 channels with kernel 2 over the last 32 symbols"),
])  # fmt: skip
def test_the_text_decides_how_far_it_sees(
    kind: NetworkName, settings: dict[str, int], said: str
) -> None:
    text = corpus_from_bytes(b"the tide " * 300, "t")
    config, notes = choose_config(text, None, {"network": kind})
    assert {name: getattr(config, name) for name in settings} == settings
    assert sum(f"tanh {'dense net' if kind == 'dense' else 'CNN'}, {said}" in n for n in notes) == 1
    by_preset, _ = choose_config(text, "hello", {"network": kind})
    assert by_preset.context == Config().context
    assert by_preset.kernel_size == Config().kernel_size
