"""The equation of a micro-step in letters, without numbers yet."""

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.nn.cells import ACTIVATIONS, CELLS
from rnn_tui.nn.equations import Equation, on
from rnn_tui.nn.names import OptimizerName
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.training.settings.config import Config

STOPS = "stops here: the window begins"
"""Of what the first time step would hand on: nothing is learned from what was read before."""
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


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
    cell = CELLS[config.cell]
    x, W = (f"x{t}", "W_xh") if layer == 0 else (f"h′{t}", "W_ih")
    total = f"{W} {x} + W_hh h{before} + b"
    gates = [
        Equation(f"{gate.letter}$t", "", (f"{{{gate.letter}}}",), gate.words) for gate in cell.gates
    ]
    if gates:  # the sum is the same for all of them
        gates[0] = gates[0]._replace(letters=f"{cell.gates[0].function}($total)")
    read = "the character read" if layer == 0 else "the layer below"
    return on([*gates, *cell.forward], t=t, p=before, f=config.activation, total=total, read=read)


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
    cell, activation = CELLS[config.cell], ACTIVATIONS[config.activation]
    total = Equation(
        f"dh{t}",
        "from above + from the future",
        ("{dh_above} + {dh_future}", "{dh}"),
        words,
    )
    grown = [
        Equation("dW_hh", f"+= {cell.da_past} h$pᵀ", ("grew by {grown_hh}, now {total_hh}",), ""),
        Equation(f"d{W}", f"+= da$t {x}ᵀ", ("grew by {grown_ih}, now {total_ih}",), ""),
    ]
    first = t == index(0)
    past = [
        one._replace(words=STOPS if first else one.words or "goes on into the past")
        for one in cell.past
    ]
    letters = {"t": t, "p": before, "passes": activation.passes}
    letters["slope"] = on([Equation(activation.slope)], t=t)[0].left
    return [total, *on([*cell.through, *grown, *past], **letters)]


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
    spec = OPTIMIZERS[name]
    here = f"{{weight}}: {{before}} − {{rate}} · {spec.direction} = {{after}}"
    return [
        Equation("g", "after clipping", ("norm {norm_after}, here {g}",), ""),
        *spec.terms,
        Equation("θ", spec.update, ("moved by {change} (norm)",), f"{spec.title}, η = {{rate}}"),
        Equation("here", "", (here,)),
    ]
