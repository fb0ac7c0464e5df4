"""What is true of a kind of recurrent cell, whatever its size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rnn_tui.nn.equations import Equation
from rnn_tui.nn.names import Activation

if TYPE_CHECKING:
    from rnn_tui.nn.cell import FloatArray, Parameters


class Gate(NamedTuple):
    """A block of hidden_size rows in W_ih, W_hh and b that ends in an activation of its own."""

    letter: str
    name: str
    """One word of at most eight letters."""
    function: str
    """σ or tanh."""
    words: str
    """What it decides."""


def add(here: "FloatArray", past: "FloatArray", gates: "Parameters") -> "FloatArray":
    """Return the plain sum."""
    return here + past


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSpec:
    """What screens, exports and estimates have to know of a cell; a test holds each to its cell."""

    title: str
    """Its name for a person; PyTorch's module and ONNX's operator, if any, are called the same."""
    where: str
    """Module and class, which takes input_size, hidden_size, an activation where it has a choice,
    dtype and rng. Named, not imported: the first frame is there before the engine."""
    activations: tuple[Activation, ...] = ()
    """Those it can be built with; none: it has its own."""
    gates: tuple[Gate, ...] = ()
    """In the order of the weight blocks; the cache has each as `gates.each[k][t]` (B, H)."""
    state: tuple[str, ...] = ("h",)
    """Letters of the arrays (B, H) that it remembers."""
    shown: "Callable[[FloatArray, Parameters], FloatArray] | None" = None
    """h of the second of those, and of the gates by their letters. None: there is no second."""
    keeps: str = ""
    """Letter of the gate that decides how much of that is kept; none: it has no such gate."""
    biases: tuple[str, ...] = ()
    """Parameters (H,) beside `bias`: PyTorch has them in the last rows of its `bias_hh`."""
    added: "Callable[[FloatArray, FloatArray, Parameters], FloatArray] | None" = add
    """What goes into the activations (G·H,): of W_ih x + b, of W_hh h with the other biases, and of
    the gates by their letters. None: of something else too; then no screen shows the sums."""
    torch: bool = False
    """Whether PyTorch has it, under the title and with the weight blocks in this order."""
    onnx: tuple[int, ...] = ()
    """Which of the weight blocks comes where in ONNX's order; none: ONNX has no such operator."""
    onnx_attributes: dict[str, int] = field(default_factory=dict)
    """What ONNX's operator has to be told beside sizes and activations."""
    forward: tuple[Equation, ...]
    """A time step after its gates; `$total` is the sum of input, past and bias."""
    through: tuple[Equation, ...]
    """From dh, the gradient of h, to da, that of the sums."""
    da_past: str = "da$t"
    """What W_hh multiplies on the way back, and its gradient is made of."""
    past: tuple[Equation, ...]
    """What reaches the time step before; where words are missing, it just goes on."""

    @property
    def blocks(self) -> int:
        """Blocks of hidden_size rows in W_ih, W_hh and b."""
        return len(self.gates) or 1

    @property
    def letters(self) -> str:
        """The gates' letters, in their order."""
        return "".join(gate.letter for gate in self.gates)

    @property
    def words(self) -> tuple[str, ...]:
        """A word for each of the inner rows."""
        return (*(gate.name for gate in self.gates), *["cell"] * (len(self.state) - 1))

    @property
    def inner_rows(self) -> int:
        """Lines of a unit's inside: its gates, and what it remembers beside h."""
        return len(self.gates) + len(self.state) - 1
