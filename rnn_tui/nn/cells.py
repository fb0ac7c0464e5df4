"""The cells there are, and what each is made of: the only place that lists them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.language import mark
from rnn_tui.nn.cell_spec import CellSpec, Gate
from rnn_tui.nn.equations import Equation
from rnn_tui.nn.names import Activation, CellName

if TYPE_CHECKING:
    import numpy.typing as npt

    from rnn_tui.nn.cell import Cell, FloatArray, Parameters
    from rnn_tui.nn.init import Luck


def reset(here: "FloatArray", past: "FloatArray", gates: "Parameters") -> "FloatArray":
    """Of the past, n sees what the gate r leaves: W_hn h + b_hn is multiplied by it first."""
    r, total = gates["r"], here + past
    total[-len(r) :] = here[-len(r) :] + r * past[-len(r) :]
    return total


def shown(c: "FloatArray", gates: "Parameters") -> "FloatArray":
    """Of what is remembered the gate o decides how much is seen."""
    import numpy as np  # the screen reads this table before the engine is there

    return np.asarray(gates["o"] * np.tanh(c))


CELLS: dict[CellName, CellSpec] = {
    "rnn": CellSpec(
        title="RNN",
        where="rnn_tui.nn.rnn:RNN",
        activations=("tanh", "relu"),
        torch=True,
        onnx=(0,),
        forward=(
            Equation(
                "h$t",
                "$f($total)",
                ("$f({from_input} + {from_past} + {bias})", "$f({a})", "{h}"),
                mark("$read, the past, the bias"),
            ),
        ),
        through=(Equation("da$t", "dh$t ⊙ $slope", ("{dh} ⊙ {slope}", "{da}"), "$passes"),),
        past=(Equation(mark("to h$p"), "W_hhᵀ da$t", ("{dh_past}",)),),
    ),
    "lstm": CellSpec(
        title="LSTM",
        where="rnn_tui.nn.lstm:LSTM",
        gates=(
            Gate("i", mark("write"), "σ", mark("how much to write")),
            Gate("f", mark("keep"), "σ", mark("how much to keep")),
            Gate("g", mark("new"), "tanh", mark("what to write")),
            Gate("o", mark("show"), "σ", mark("how much to show")),
        ),
        state=("h", "c"),
        shown=shown,
        keeps="f",
        torch=True,
        onnx=(0, 3, 1, 2),
        forward=(
            Equation(
                "c$t",
                "f$t ⊙ c$p + i$t ⊙ g$t",
                ("{f} ⊙ {c_before} + {i} ⊙ {g}", "{c}"),
                mark("the memory"),
            ),
            Equation(
                "h$t", "o$t ⊙ tanh(c$t)", ("{o} ⊙ tanh({c})", "{h}"), mark("what is shown of it")
            ),
        ),
        through=(
            Equation(
                "dc$t",
                mark("dh$t ⊙ o$t ⊙ (1 − tanh²c$t) + from the future"),
                ("{dc}",),
                mark("the memory's share"),
            ),
            Equation("da$t", mark("through i, f, g and o"), ("{da}",), mark("first numbers: of i")),
        ),
        past=(
            Equation(mark("to h$p"), "W_hhᵀ da$t", ("{dh_past}",)),
            Equation(
                mark("to c$p"), "dc$t ⊙ f$t", ("{dc_past}",), mark("past a gate, not a matrix")
            ),
        ),
    ),
    "gru": CellSpec(
        title="GRU",
        where="rnn_tui.nn.gru:GRU",
        gates=(
            Gate("r", mark("use past"), "σ", mark("how much of the past to use")),
            Gate("z", mark("keep"), "σ", mark("how much of the past to keep")),
            Gate("n", mark("new"), "tanh", mark("what is new")),
        ),
        keeps="z",
        biases=("bias_hn",),
        added=reset,
        torch=True,
        onnx=(1, 0, 2),
        onnx_attributes={"linear_before_reset": 1},
        forward=(
            Equation(
                "h$t",
                "(1 − z$t) ⊙ n$t + z$t ⊙ h$p",
                ("(1 − {z}) ⊙ {n} + {z} ⊙ {h_before}", "{h}"),
                mark("new and old, mixed"),
            ),
        ),
        through=(
            Equation(
                "da$t",
                mark("through r, z and n"),
                ("{da}",),
                mark("first numbers: of r; da′: n's times r"),
            ),
        ),
        da_past="da′$t",
        past=(Equation(mark("to h$p"), "dh$t ⊙ z$t + W_hhᵀ da′$t", ("{dh_past}",)),),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationSpec:
    """What screens and exports have to know of an activation."""

    title: str
    numpy: str
    """In NumPy, of `a`."""
    slope: str
    """Its derivative, by what it gives."""
    slope_of_sum: str
    """The same, by what it is given."""
    passes: str
    """What of an error passes it."""
    bounded: bool
    """Whether its values are, so that no large W_hh makes them grow without end."""
    smooth: bool
    """Whether slopes by differences can be told everywhere."""


ACTIVATIONS: dict[Activation, ActivationSpec] = {
    "tanh": ActivationSpec(
        title="tanh",
        numpy="np.tanh(a)",
        slope="(1 − h$t²)",
        slope_of_sum="(1 − tanh² $a)",
        passes=mark("near ±1 little passes"),
        bounded=True,
        smooth=True,
    ),
    "relu": ActivationSpec(
        title="ReLU",
        numpy="np.maximum(a, 0)",
        slope="[h$t > 0]",
        slope_of_sum="[$a > 0]",
        passes=mark("where 0, nothing passes"),
        bounded=False,
        smooth=False,
    ),
}


def make_cell(
    name: CellName,
    input_size: int,
    hidden_size: int,
    activation: Activation,
    dtype: "npt.DTypeLike",
    rng: "Luck",
) -> "Cell":
    """Return a recurrent layer by its name."""
    from pkgutil import resolve_name  # 1 ms, which the screen need not wait for

    spec = CELLS[name]
    choice = {"activation": activation} if spec.activations else {}
    made: Cell = resolve_name(spec.where)(input_size, hidden_size, **choice, dtype=dtype, rng=rng)
    return made


def activation_of(name: CellName, activation: Activation) -> ActivationSpec | None:
    """Return the activation that a network has by choice; None: its cells have their own."""
    return ACTIVATIONS[activation] if CELLS[name].activations else None


def title(name: CellName, activation: Activation) -> str:
    """Return what a network is called: "tanh RNN", "LSTM"."""
    spec = CELLS[name]
    return f"{activation} {spec.title}" if spec.activations else spec.title
