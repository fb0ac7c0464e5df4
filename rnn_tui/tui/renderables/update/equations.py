"""The equation of a micro-step in letters, without numbers yet."""

from collections.abc import Callable

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.language import mark, phrase
from rnn_tui.models.equations.place import Place
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.equations import Equation, index, on
from rnn_tui.nn.names import OptimizerName
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.training.settings.config import Config


def equations(
    step: MicroStep, config: Config, T: int, symbol: Callable[[int], str], target: str, batch: int
) -> list[Equation]:
    """Return what a micro-step computes.

    Args:
        step: The micro-step.
        config: Of the run.
        T: Time steps of the window.
        symbol: What is read at a time step, from 0; negative ones are before the window.
        target: The right symbol of its time step.
        batch: Sequences.
    """
    spec = spec_of(config)
    if step.phase not in ("forward", "backward"):
        return _whole(step.phase, config, batch)
    if step.layer is None:
        h, t = spec.last_layer(config), index(step.t)
        return _output(h, t, target) if step.phase == "forward" else _own_error(h, t, batch)
    at = Place(step.layer, step.t, T, symbol)
    if step.phase == "forward":
        return spec.forward_equations(config, at)
    return spec.backward_equations(config, at)


def _output(h: str, t: str, target: str) -> list[Equation]:
    return [
        Equation(
            f"y{t}", f"W_hy {h}{t} + b_y", ("{logits}",), mark("logits: the larger, the likelier")
        ),
        Equation(f"p{t}", f"softmax(y{t})", ("{probs}",), mark("probabilities: all add up to 1")),
        Equation(
            f"L{t}", f"−ln p{t}({target})", ("−ln {p} = {loss}",), mark("what the answer cost")
        ),
    ]


def _own_error(h: str, t: str, batch: int) -> list[Equation]:
    positions = "T·B" if batch > 1 else "T"
    return [
        Equation(
            f"dy{t}",
            phrase("({p} − one-hot of the target) / {positions}", p=f"p{t}", positions=positions),
            ("{dlogits}",),
            mark("too likely: up; the right one: down"),
        ),
        Equation("dW_hy", f"+= dy{t} {h}{t}ᵀ", (mark("grew by {grown}, now {total}"),), ""),
        Equation(f"d{h}{t}", f"W_hyᵀ dy{t}", ("{dh_above}",), mark("what this error says to h")),
    ]


def _whole(phase: str, config: Config, batch: int) -> list[Equation]:
    if phase == "loss":
        mean = mark("the mean of all sequences") if batch > 1 else mark("the mean")
        return [
            Equation("L", "(L₁ + … + L_T) / T", ("{losses}", "{mean}"), mark("of this sequence")),
            Equation(mark("loss"), mean, ("{window}",), mark("what training makes small")),
        ]
    if phase == "clip":
        return [
            Equation(
                "‖g‖",
                mark("√(Σ g²) over all gradients"),
                ("{norm}",),
                mark("how long the step would be"),
            ),
            Equation("g", "", ("{clipped}",), ""),
        ]
    return optimizer_step(
        config.optimizer, decays=config.weight_decay > 0, alpha=config.rmsprop_alpha
    )


def optimizer_step(name: OptimizerName, *, decays: bool, alpha: float = 0.99) -> list[Equation]:
    """Return what an optimizer does with the gradient, with the numbers of the marked weight.

    Args:
        name: The optimizer.
        decays: Whether the weights are made smaller first.
        alpha: What one with an α keeps of its mean square.
    """
    spec = OPTIMIZERS[name]
    update, start = spec.update, "before"
    smaller: list[Equation] = []
    if decays:
        update, start = update.replace("θ", "θ′"), "decayed"
        numbers = "(1 − {rate} · {decay}) · {whole} = {decayed}"
        smaller = [Equation("θ′", "(1 − ηλ) θ", (numbers,), mark("weight decay"))]
    here = f"{{weight}}: {{{start}}} − {{rate}} · {spec.direction} = {{after}}"
    return [
        Equation("g", mark("after clipping"), (mark("norm {norm_after}, here {g}"),), ""),
        *on(spec.terms, kept=f"{alpha:g}", new=f"{1 - alpha:g}"),
        *smaller,
        Equation("θ", update, (mark("moved by {change} (norm)"),), f"{spec.title}, η = {{rate}}"),
        Equation(mark("here"), "", (here,)),
    ]
