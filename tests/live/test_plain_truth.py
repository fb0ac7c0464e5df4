"""Every number of the Backprop screen, at every micro-step, against the plain loop in float64."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.microsteps import MicroStep, micro_steps
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.update import BackpropView, Opened, Vector
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, every_size, trainer
from tests.live.desk import HELLO, Clock, hello
from tests.live.plain_update import PlainUpdate, Sequence

VIEW = BackpropView(entries=64, rows=64, columns=64, steps=64, units=64, marked=(1, 2, 1))
CLOSE: dict[str, float] = {"rel": 1e-9, "abs": 1e-12}


def close(found: Any, expected: Any) -> None:
    """Equal as far as two orders of adding up may differ."""
    assert found == pytest.approx(expected, nan_ok=True, **CLOSE)


def vectors(plain: PlainUpdate, sequence: Sequence, step: MicroStep) -> dict[str, Any]:
    """What the formula of a micro-step is filled in with."""
    t, layer = step.t, step.layer
    if step.phase == "forward" and layer is None:
        return {"logits": sequence.logits[t], "probs": sequence.probs[t]}
    if step.phase == "backward" and layer is None:
        return {"dlogits": sequence.dlogits[t], "dh_above": sequence.dh_above[-1][t]}
    if layer is None:
        return {"losses": sequence.losses}
    found = sequence.layers[layer]
    return (
        forward(plain, sequence, layer, t, found)
        if step.phase == "forward"
        else backward(plain, sequence, layer, t, found)
    )


def forward(plain: PlainUpdate, sequence: Sequence, layer: int, t: int, found: Any) -> Any:
    W_ih, W_hh, b = (
        plain.weights[f"rnn.{name}_l{layer}"] for name in ("weight_ih", "weight_hh", "bias")
    )
    h, H = found["h"], W_hh.shape[1]
    from_input, from_past = W_ih @ sequence.inputs[layer][t], W_hh @ h[t - 1]
    a = from_input + from_past + b
    if "n" in found:
        from_past[2 * H :] += plain.weights[f"rnn.bias_hn_l{layer}"]
        a[2 * H :] = (from_input + b)[2 * H :] + found["r"][t] * from_past[2 * H :]
    rest = {name: found[name][t] for name in "ifgocrznh" if name in found}
    rest |= {f"{name}_before": found[name][t - 1] for name in "hc" if name in found}
    return {"from_input": from_input, "from_past": from_past, "bias": b, "a": a, **rest}


def backward(plain: PlainUpdate, sequence: Sequence, layer: int, t: int, found: Any) -> Any:
    above, future, h = sequence.dh_above[layer][t], found["dh_next"][t], found["h"][t]
    tanh = plain.config.activation == "tanh"
    rest = {"dc": found["dc"][t], "dc_past": found["dc_next"][t - 1]} if "dc" in found else {}
    return {
        "dh_above": above,
        "dh_future": future,
        "dh": above + future,
        "da": found["da"][t],
        "dh_past": plain.past(sequence, layer, t),
        "slope": 1 - h**2 if tanh else (h > 0) * 1.0,
        **rest,
    }


def check_vectors(found: dict[str, Vector], expected: dict[str, Any]) -> None:
    assert set(found) == set(expected)
    for name, vector in found.items():
        close(vector.values, expected[name])
        assert vector.size == len(expected[name])
        close(vector.norm, np.linalg.norm(expected[name]))


def check_matrices(part: Opened, plain: PlainUpdate) -> None:
    total = plain.total(part.steps[: part.done])
    added = plain.added(part.steps[part.done - 1]) if part.done else {}
    assert [matrix.name for matrix in part.matrices] == list(total)
    for matrix in part.matrices:
        grad = total[matrix.name]
        close(matrix.values, grad.reshape(len(grad), -1))
        close(matrix.norm, np.linalg.norm(grad))
        close(matrix.added, np.linalg.norm(added.get(matrix.name, 0.0)))
        assert matrix.shape == grad.shape
    close(part.limit, max(np.abs(g).max() for g in plain.total(part.steps).values()))


def check_grown(part: Opened, plain: PlainUpdate) -> None:
    """How much a gradient grew by, and what it is now."""
    step, total = part.steps[part.done - 1], plain.total(part.steps[: part.done])
    kinds = {"weight": "", "bias": "_b", "weight_hh": "_hh", "weight_ih": "_ih"}
    for name, grad in plain.added(step).items():
        kind = kinds.get(re.sub(r"_l\d+$", "", name.partition(".")[2]))
        if kind is not None:
            close(part.numbers[f"grown{kind}"], np.linalg.norm(grad))
            close(part.numbers[f"total{kind}"], np.linalg.norm(total[name]))


def check_numbers(part: Opened, plain: PlainUpdate, sequence: Sequence) -> None:
    step, raw = part.steps[part.done - 1], plain.total(part.steps)
    expected: dict[str, float] = {}
    if step.phase == "forward" and step.layer is None:
        probability = sequence.probs[step.t][sequence.y[step.t]]
        expected = {"p": probability, "loss": sequence.losses[step.t]}
    elif step.t < 0:
        clipped = plain.clipped(raw)
        moved = plain.moved(clipped)
        change = {name: moved[name] - weight for name, weight in plain.weights.items()}
        expected = {
            "mean": sequence.losses.mean(),
            "window": np.mean([other.losses for other in plain.sequences]),
            "norm": plain.norm(raw),
            "norm_after": plain.norm(clipped),
            "rate": plain.rate,
            "change": plain.norm(change),
        }
        if step.phase == "update" and part.weight is not None:
            g = clipped[part.weight.name][part.weight.index]
            expected |= remembered(g) if plain.config.optimizer == "adam" else {"g": g}
            if decay := plain.config.weight_decay:
                decayed = (1 - plain.rate * decay) * part.weight.value
                expected |= {"whole": part.weight.value, "decayed": decayed}
                assert part.words["decay"] == f"{decay:g}"
    rest = {name for name in part.numbers if name.startswith(("grown", "total"))}
    assert bool(rest) == (step.phase == "backward")
    assert set(part.numbers) == {*expected, *rest, "before", "after"}
    for name, value in expected.items():
        # Clipping divides by the norm and a millionth, as PyTorch does.
        assert part.numbers[name] == pytest.approx(
            value, rel=3e-5 if "after" in name else 1e-4, abs=1e-14
        )
        if name not in ("norm_after", "change", *remembered(0)):
            close(part.numbers[name], value)


def remembered(g: float) -> dict[str, float]:
    """What Adam remembers of a weight after its first update."""
    return {
        "g": g,
        "mean_before": 0,
        "mean_now": g / 10,
        "mean_unbiased": g,
        "square_mean_before": 0,
        "square_mean_now": g**2 / 1000,
        "square_mean_unbiased": g**2,
    }


def check_weight(part: Opened, plain: PlainUpdate) -> None:
    weight, total = part.weight, plain.total(part.steps[: part.done])
    assert weight is not None
    after = plain.moved(plain.clipped(plain.total(part.steps)))[weight.name][weight.index]
    close(weight.value, plain.weights[weight.name][weight.index])
    close(weight.gradient, total[weight.name][weight.index])
    assert weight.after == pytest.approx(after, rel=1e-5)
    assert part.numbers["before"] == weight.value
    assert part.numbers["after"] == weight.after


def check_known(part: Opened, sequence: Sequence) -> None:
    past, top = set(part.steps[: part.done]), len(sequence.layers) - 1
    known, found = part.known, sequence.layers[-1]
    assert known is not None
    nothing = np.full(len(found["h"][0]), np.nan)
    for t in range(len(sequence.x)):
        dh = sequence.dh_above[-1][t] + found["dh_next"][t]
        close(known.h[t], found["h"][t] if MicroStep("forward", t, top) in past else nothing)
        close(known.dh[t], dh if MicroStep("backward", t, top) in past else nothing)
        seen = MicroStep("forward", t) in past
        close(known.losses[t], sequence.losses[t] if seen else np.nan)


def walk_and_compare(made: Trainer) -> None:
    """Go through the whole update and hold every number to the plain loop's."""
    plain = PlainUpdate(made)
    sequence = plain.sequences[0]
    inspector = Inspector(Run(made, paused=True), Clock())
    steps = micro_steps(plain.T, len(sequence.layers))
    for done, step in enumerate(steps, start=1):
        inspector.go(GoThrough("on"))
        part = inspector.look(VIEW)
        assert isinstance(part, Opened)
        assert (part.done, part.steps) == (done, steps)
        assert (part.inputs.tolist(), part.targets.tolist()) == (
            sequence.x.tolist(),
            sequence.y.tolist(),
        )
        close(part.losses, sequence.losses)
        check_vectors(part.vectors, vectors(plain, sequence, step))
        check_numbers(part, plain, sequence)
        check_matrices(part, plain)
        check_grown(part, plain)
        check_weight(part, plain)
        check_known(part, sequence)


@every_cell
@every_size
@pytest.mark.parametrize("clip", [0.05, 5.0])
def test_every_number_is_the_plain_loops(name: str, layers: int, batch: int, clip: float) -> None:
    settings = {"optimizer": "sgd", "learning_rate": 0.25, "clip_norm": clip}
    walk_and_compare(trainer(name, layers, batch, updates=2, **settings))


def test_every_number_of_hello() -> None:
    walk_and_compare(Trainer(HELLO, hello()))


@every_cell
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_every_number_with_weights_that_decay(name: str, optimizer: str) -> None:
    updates = 2 if optimizer == "sgd" else 0
    settings = {"optimizer": optimizer, "learning_rate": 0.25, "weight_decay": 0.3}
    walk_and_compare(trainer(name, 2, 3, updates=updates, **settings))
