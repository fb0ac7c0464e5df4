"""An update of a network without a hidden state laid open, against the trainer and differences."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.trace import Trace
from rnn_tui.inspection.walk import Walk
from rnn_tui.inspection.weights import Checker
from rnn_tui.nn.loss import log_softmax
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.trainer import Trainer
from tests.inspection.test_trace import same
from tests.inspection.test_walk import figures
from tests.inspection.windows import every_batch, every_window, windowed
from tests.nn.numerical import numerical_gradient, relative_error


@every_window
@every_batch
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_update_is_the_trainers_bit_for_bit(name: str, batch: int, dtype: str) -> None:
    made = windowed(name, batch, updates=2, dtype=dtype)
    before = made.capture()
    trace = Trace(made)
    for t in range(trace.T):
        trace.forward(t), trace.backward(t)
    assert same(made.capture(), before)
    report = made.step()
    assert same(trace.after, made.capture())
    assert (trace.report.loss, trace.report.grad_norm) == (report.loss, report.grad_norm)


@every_window
@every_batch
@pytest.mark.parametrize("updates", [0, 1, -1])
def test_gradients_fill_up_to_the_whole(name: str, batch: int, updates: int) -> None:
    """In a first window, one with something before it, and a last one that is shorter."""
    trace = Trace(windowed(name, batch, updates))
    grown = trace.total(0)
    for done, step in enumerate(trace.steps, start=1):
        total, added = trace.total(done), trace.added(step)
        for parameter in total:
            assert np.array_equal(total[parameter], grown[parameter] + added.get(parameter, 0))
        grown = total
    assert list(grown) == list(trace.model.parameters)
    for parameter, grad in trace.named(trace.raw_grads).items():
        np.testing.assert_allclose(grown[parameter], grad, rtol=1e-12, atol=1e-15)


@every_window
@every_batch
def test_what_a_time_step_adds_to_the_gradients(name: str, batch: int) -> None:
    """Move a weight in this one time step only, before and after which the others are read."""
    made, here = (windowed(name, batch, updates=2) for _ in range(2))
    trace, t, state = Trace(made), 3, made.state

    def loss() -> float:
        carried, total = state, 0.0
        for s in range(trace.T):
            model = here.model if s == t else made.model
            logits, carried = model.forward(trace.x[s : s + 1], carried)
            p = log_softmax(logits[0])
            total -= float(p[np.arange(batch), trace.y[s]].sum())
        return total / trace.x.size

    added = trace.contribution(t)
    for parameter, array in here.model.parameters.items():
        numerical = numerical_gradient(loss, array, 1e-5)
        assert relative_error(added[parameter], numerical) < 1e-6, parameter


@every_window
def test_the_layers_are_the_networks_own(name: str) -> None:
    made = windowed(name, 3, updates=2)
    trace, b = Trace(made, sequence=1), 1
    logits, _ = made.model.forward(trace.x, made.state)
    hidden = made.model.hidden_of(trace.x, made.state)  # type: ignore[attr-defined]
    dh: Any = trace.model.linear.weight.T  # type: ignore[attr-defined]
    for t in range(trace.T):
        forward, backward = trace.forward(t), trace.backward(t)
        assert np.array_equal(forward.logits, logits[t, b])
        for layer, there in enumerate(forward.layers):
            assert np.array_equal(there.h, hidden[layer][t, b])
            f_a = np.tanh(there.a) if made.config.activation == "tanh" else np.maximum(there.a, 0)
            np.testing.assert_allclose(there.f_a, f_a, rtol=1e-12)
        assert forward.loss == pytest.approx(trace.losses[t], abs=1e-15)
        np.testing.assert_allclose(backward.layers[-1].dh, dh @ backward.dlogits, rtol=1e-12)


@every_window
def test_on_to_the_end_and_back_to_the_start(name: str) -> None:
    made, other = (windowed(name, 3, updates=2) for _ in range(2))
    start, walk = made.capture(), Walk(made)
    seen = [figures(walk)]
    while walk.done < walk.last:
        walk.on()
        seen.append(figures(walk))
    other.step()
    assert same(made.capture(), other.capture())
    for expected in reversed(seen[:-1]):
        walk.back()
        assert figures(walk) == expected
    assert same(made.capture(), start)


@every_window
@pytest.mark.parametrize("start", [0, 2, 5])
def test_a_check_is_of_the_sum_that_is_shown(name: str, start: int) -> None:
    made = windowed(name, 3, updates=2)
    trace, checker = Trace(made), Checker(made, start=start)
    sums = {
        n: sum(trace.contribution(t)[n] for t in range(start, 6)) for n in trace.model.parameters
    }
    for parameter, array in sums.items():
        at = np.unravel_index(int(np.abs(array).argmax()), array.shape)
        found = checker.weight(parameter, tuple(int(i) for i in at))
        assert found.analytic == pytest.approx(float(array[at]), rel=1e-9)
        assert found.verdict == "right"


@every_window
@pytest.mark.parametrize("text", [b"ab", b"abc"])
def test_a_text_shorter_than_what_is_seen(name: str, text: bytes) -> None:
    """One time step, or two; nothing before them."""
    config = windowed(name).config
    trace = Trace(Trainer(config, corpus_from_bytes(text, "t")))
    assert len(text) - 1 == trace.T
    assert set(trace.window.earlier.tolist()) <= {-1}
    total = trace.total(len(trace.steps))
    for parameter, grad in trace.named(trace.raw_grads).items():
        np.testing.assert_allclose(total[parameter], grad, rtol=1e-12, atol=1e-16)


def test_what_was_read_before_the_window() -> None:
    made = windowed("dense-3-relu", updates=2)
    read = made.corpus.ids[:12].tolist()
    assert Trace(made).window.earlier.tolist() == read[-8:]
