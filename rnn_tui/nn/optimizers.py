"""The optimizers there are, and what each is made of: the only place that lists them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rnn_tui.language import mark
from rnn_tui.nn.equations import Equation
from rnn_tui.nn.names import OptimizerName

if TYPE_CHECKING:
    from rnn_tui.nn.cell import FloatArray
    from rnn_tui.nn.optim import Optimizer


@dataclass(frozen=True, slots=True)
class TorchOptimizer:
    """PyTorch's counterpart."""

    call: str
    """How it is made; `trained` are the parameters, `BASE_RATE` the learning rate, `$kept` α."""
    slots: dict[str, str] = field(default_factory=dict)
    """Its names for what it remembers, and ours."""
    counts: bool = True
    """Whether it remembers the number of its steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizerSpec:
    """What screens, exports and estimates have to know of an optimizer."""

    title: str
    where: str
    """Module and class, which takes the parameters; named, not imported, as cells are."""
    slots: tuple[str, ...]
    """What it remembers of every weight."""
    update: str
    """The new θ, in letters."""
    direction: str
    """What the learning rate is multiplied by, with places for the numbers of one weight."""
    terms: tuple[Equation, ...] = ()
    """What becomes of the slots, before θ moves: `{slot_before}` and `{slot_now}`; `$kept` stands
    for α, `$new` for 1 − α."""
    alpha: bool = False
    """Whether it has an α, how much of its mean square it keeps."""
    keeps: dict[str, float] = field(default_factory=dict)
    """Of running means that begin at 0, how much of itself each keeps in a step, so that it is too
    small at first by the factor 1 − keeps^t; `{slot_unbiased}` is what it is without that."""
    torch: TorchOptimizer | None = None
    """None: PyTorch has no such optimizer."""


OPTIMIZERS: dict[OptimizerName, OptimizerSpec] = {
    "sgd": OptimizerSpec(
        title="SGD",
        where="rnn_tui.nn.optim:SGD",
        slots=(),
        update="θ − η g",
        direction="({g})",
        torch=TorchOptimizer("SGD(trained, BASE_RATE)"),
    ),
    "momentum": OptimizerSpec(
        title="momentum",
        where="rnn_tui.nn.optim:Momentum",
        slots=("velocity",),
        update="θ − η v",
        direction="({velocity_now})",
        terms=(
            Equation(
                "v",
                "0.9 v + g",
                ("0.9 · ({velocity_before}) + ({g})", "{velocity_now}"),
                mark("the velocity"),
            ),
        ),
        torch=TorchOptimizer(
            "SGD(trained, BASE_RATE, momentum=0.9)", {"momentum_buffer": "velocity"}, counts=False
        ),
    ),
    "adagrad": OptimizerSpec(
        title="Adagrad",
        where="rnn_tui.nn.optim:Adagrad",
        slots=("square_sum",),
        update="θ − η g / (√s + ε)",
        direction="({g}) / √{square_sum_now}",
        terms=(
            Equation(
                "s",
                "s + g²",
                ("{square_sum_before} + ({g})²", "{square_sum_now}"),
                mark("all g² so far"),
            ),
        ),
        torch=TorchOptimizer("Adagrad(trained, BASE_RATE)", {"sum": "square_sum"}),
    ),
    "rmsprop": OptimizerSpec(
        title="RMSprop",
        where="rnn_tui.nn.optim:RMSprop",
        slots=("square_mean",),
        update="θ − η g / (√s + ε)",
        direction="({g}) / √{square_mean_now}",
        terms=(
            Equation(
                "s",
                "$kept s + $new g²",
                ("$kept · {square_mean_before} + $new · ({g})²", "{square_mean_now}"),
                mark("a running mean of g²"),
            ),
        ),
        alpha=True,
        torch=TorchOptimizer(
            "RMSprop(trained, BASE_RATE, alpha=$kept)", {"square_avg": "square_mean"}
        ),
    ),
    "adam": OptimizerSpec(
        title="Adam",
        where="rnn_tui.nn.optim:Adam",
        slots=("mean", "square_mean"),
        keeps={"mean": 0.9, "square_mean": 0.999},
        update="θ − η m′ / (√v′ + ε)",
        direction="({mean_unbiased}) / √{square_mean_unbiased}",
        terms=(
            Equation(
                "m",
                "0.9 m + 0.1 g",
                ("0.9 · ({mean_before}) + 0.1 · ({g})", "{mean_now}"),
                mark("a running mean of g"),
            ),
            Equation(
                "v",
                "0.999 v + 0.001 g²",
                ("0.999 · {square_mean_before} + 0.001 · ({g})²", "{square_mean_now}"),
                mark("a running mean of g²"),
            ),
            Equation(
                "m′", "m / (1 − 0.9^t)", ("{mean_unbiased}",), mark("t = {count}: it began at 0")
            ),
            Equation("v′", "v / (1 − 0.999^t)", ("{square_mean_unbiased}",), mark("so did v")),
        ),
        torch=TorchOptimizer(
            "Adam(trained, BASE_RATE)", {"exp_avg": "mean", "exp_avg_sq": "square_mean"}
        ),
    ),
}


def make_optimizer(
    name: OptimizerName, parameters: "FloatArray", weight_decay: float = 0.0, alpha: float = 0.99
) -> "Optimizer":
    """Return the optimizer of that name, for a flat array of parameters.

    Args:
        name: Which one.
        parameters: What it will change (P,).
        weight_decay: Times the learning rate, the part that parameters lose in a step.
        alpha: What one with an α keeps of its mean square.

    Raises:
        KeyError: No optimizer has that name.
    """
    from pkgutil import resolve_name

    spec = OPTIMIZERS[name]
    own = (alpha,) if spec.alpha else ()
    made: Optimizer = resolve_name(spec.where)(parameters, *own)
    if not weight_decay:
        return made
    from rnn_tui.nn.optim import Decaying

    return Decaying(made, weight_decay)
