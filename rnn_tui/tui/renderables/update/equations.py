"""The equation of a micro-step in letters, without numbers yet."""

from dataclasses import dataclass

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.names import OptimizerName

STOPS = "stops here: the window begins"
"""Of what the first time step would hand on: nothing is learned from what was read before."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Equation:
    """A left side, its right side in letters, and the same with numbers."""

    left: str
    letters: str = ""
    filled: tuple[str, ...] = ()
    """Lines of numbers; `{name}` stands for a vector or a number of that name."""
    words: str = ""
    """What it means."""


def index(t: int) -> str:
    """Write a time step, from 0, as a subscript from 1."""
    return str(t + 1).translate(_SUBSCRIPTS)


def equations(
    step: MicroStep, config: Config, target: str, batch: int, *, last: bool
) -> list[Equation]:
    """Return what a micro-step computes.

    Args:
        step: The micro-step.
        config: Of the run.
        target: The right symbol of its time step.
        batch: Sequences.
        last: Whether its time step is the window's last.
    """
    now, before = index(step.t), index(step.t - 1)
    if step.phase == "forward":
        if step.layer is None:
            return _output(now, target)
        return _forward(step.layer, now, before, config)
    if step.phase == "backward":
        if step.layer is None:
            return _own_error(now, batch)
        words = f"its own error, and what comes back from step {step.t + 2}"
        words = "its own error only: nothing comes after it" if last else words
        return _backward(step.layer, now, before, words, config)
    return _whole(step.phase, config, batch)


def _output(t: str, target: str) -> list[Equation]:
    return [
        Equation(f"y{t}", f"W_hy h{t} + b_y", ("{logits}",), "logits: the larger, the likelier"),
        Equation(f"p{t}", f"softmax(y{t})", ("{probs}",), "probabilities: all add up to 1"),
        Equation(f"L{t}", f"−ln p{t}({target})", ("−ln {p} = {loss}",), "what the answer cost"),
    ]


def _forward(layer: int, t: str, before: str, config: Config) -> list[Equation]:
    x = f"x{t}" if layer == 0 else f"h′{t}"
    W = "W_xh" if layer == 0 else "W_ih"
    total = f"{W} {x} + W_hh h{before} + b"
    if config.cell == "rnn":
        f = config.activation if config.activation == "tanh" else "relu"
        filled = (f"{f}({{from_input}} + {{from_past}} + {{bias}})", f"{f}({{a}})", "{h}")
        read = "the character read" if layer == 0 else "the layer below"
        return [Equation(f"h{t}", f"{f}({total})", filled, f"{read}, the past, the bias")]
    gated = [
        Equation(f"{gate}{t}", f"{f}({total})" if k == 0 else "", (f"{{{gate}}}",), words)
        for k, (gate, f, words) in enumerate(GATES[config.cell])
    ]
    if config.cell == "gru":
        state = f"(1 − z{t}) ⊙ n{t} + z{t} ⊙ h{before}"
        return [*gated, Equation(f"h{t}", state, ("{h}",), "new and old, mixed")]
    return [
        *gated,
        Equation(f"c{t}", f"f{t} ⊙ c{before} + i{t} ⊙ g{t}", ("{c}",), "the memory"),
        Equation(f"h{t}", f"o{t} ⊙ tanh(c{t})", ("{h}",), "what is shown of it"),
    ]


GATES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "lstm": (
        ("i", "σ", "how much to write"),
        ("f", "σ", "how much to keep"),
        ("g", "tanh", "what to write"),
        ("o", "σ", "how much to show"),
    ),
    "gru": (
        ("r", "σ", "how much of the past to use"),
        ("z", "σ", "how much of the past to keep"),
        ("n", "tanh", "what is new"),
    ),
}


def _own_error(t: str, batch: int) -> list[Equation]:
    positions = "T·B" if batch > 1 else "T"
    return [
        Equation(
            f"dy{t}",
            f"(p{t} − one-hot of the target) / {positions}",
            ("{dlogits}",),
            "too likely: up; the right one: down",
        ),
        Equation("dW_hy", f"+= dy{t} h{t}ᵀ", ("grew by {grown}, now {total}",), ""),
        Equation(f"dh{t}", f"W_hyᵀ dy{t}", ("{dh_above}",), "what this error says to h"),
    ]


def _backward(layer: int, t: str, before: str, words: str, config: Config) -> list[Equation]:
    W, x = ("W_xh", f"x{t}") if layer == 0 else ("W_ih", f"h′{t}")
    total = Equation(
        f"dh{t}",
        "from above + from the future",
        ("{dh_above} + {dh_future}", "{dh}"),
        words,
    )
    grown = [
        Equation("dW_hh", f"+= da{t} h{before}ᵀ", ("grew by {grown_hh}, now {total_hh}",), ""),
        Equation(f"d{W}", f"+= da{t} {x}ᵀ", ("grew by {grown_ih}, now {total_ih}",), ""),
    ]
    onward = "goes on into the past" if t != index(0) else STOPS
    past = Equation(f"to h{before}", f"W_hhᵀ da{t}", ("{dh_past}",), onward)
    if config.cell == "rnn":
        slope = f"(1 − h{t}²)" if config.activation == "tanh" else f"[h{t} > 0]"
        words = (
            "near ±1 little passes" if config.activation == "tanh" else "where 0, nothing passes"
        )
        through = Equation(f"da{t}", f"dh{t} ⊙ {slope}", ("{dh} ⊙ {slope}", "{da}"), words)
        return [total, through, *grown, past]
    if config.cell == "gru":
        past = Equation(f"to h{before}", f"dh{t} ⊙ z{t} + W_hhᵀ da{t}", ("{dh_past}",), onward)
        gates = Equation(f"da{t}", "through r, z and n", ("{da}",), "first numbers: of r")
        return [total, gates, *grown, past]
    memory = Equation(
        f"dc{t}",
        f"dh{t} ⊙ o{t} ⊙ (1 − tanh²c{t}) + from the future",
        ("{dc}",),
        "the memory's share",
    )
    gates = Equation(f"da{t}", "through i, f, g and o", ("{da}",), "first numbers: of i")
    kept = "past a gate, not a matrix" if t != index(0) else STOPS
    cell = Equation(f"to c{before}", f"dc{t} ⊙ f{t}", ("{dc_past}",), kept)
    return [total, memory, gates, *grown, past, cell]


def _whole(phase: str, config: Config, batch: int) -> list[Equation]:
    if phase == "loss":
        over = " of all sequences" if batch > 1 else ""
        return [
            Equation("L", "(L₁ + … + L_T) / T", ("{losses}", "{mean}"), "of this sequence"),
            Equation("loss", f"the mean{over}", ("{window}",), "what training makes small"),
        ]
    if phase == "clip":
        return [
            Equation(
                "‖g‖", "√(Σ g²) over all gradients", ("{norm}",), "how long the step would be"
            ),
            Equation("g", "", ("{clipped}",), ""),
        ]
    return optimizer_step(config.optimizer)


def optimizer_step(name: OptimizerName) -> list[Equation]:
    """Return what an optimizer does with the gradient, with the numbers of the marked weight."""
    told, letters, here = STEPS[name]
    return [
        Equation("g", "after clipping", ("norm {norm_after}, here {g}",), ""),
        *SLOTS[name],
        Equation("θ", letters, ("moved by {change} (norm)",), f"{told}, η = {{rate}}"),
        Equation("here", "", (f"{{weight}}: {{before}} − {{rate}} · {here} = {{after}}",)),
    ]


STEPS: dict[OptimizerName, tuple[str, str, str]] = {
    "sgd": ("SGD", "θ − η g", "({g})"),
    "momentum": ("momentum", "θ − η v", "({velocity})"),
    "adagrad": ("Adagrad", "θ − η g / (√s + ε)", "({g}) / √{square_sum}"),
    "rmsprop": ("RMSprop", "θ − η g / (√s + ε)", "({g}) / √{square_mean}"),
    "adam": ("Adam", "θ − η m′ / (√v′ + ε)", "({mean_unbiased}) / √{square_unbiased}"),
}
"""Name, formula, and the formula's last factor in numbers."""

SLOTS: dict[OptimizerName, tuple[Equation, ...]] = {
    "sgd": (),
    "momentum": (
        Equation(
            "v", "0.9 v + g", ("0.9 · ({velocity_before}) + ({g})", "{velocity}"), "the velocity"
        ),
    ),
    "adagrad": (
        Equation("s", "s + g²", ("{square_sum_before} + ({g})²", "{square_sum}"), "all g² so far"),
    ),
    "rmsprop": (
        Equation(
            "s",
            "0.99 s + 0.01 g²",
            ("0.99 · {square_mean_before} + 0.01 · ({g})²", "{square_mean}"),
            "a running mean of g²",
        ),
    ),
    "adam": (
        Equation(
            "m",
            "0.9 m + 0.1 g",
            ("0.9 · ({mean_before}) + 0.1 · ({g})", "{mean_now}"),
            "a running mean of g",
        ),
        Equation(
            "v",
            "0.999 v + 0.001 g²",
            ("0.999 · {square_mean_before} + 0.001 · ({g})²", "{square_mean}"),
            "a running mean of g²",
        ),
        Equation("m′", "m / (1 − 0.9^t)", ("{mean_unbiased}",), "t = {count}: it began at 0"),
        Equation("v′", "v / (1 − 0.999^t)", ("{square_unbiased}",), "so did v"),
    ),
}
"""What an optimizer remembers of a weight, before the update and after it."""
