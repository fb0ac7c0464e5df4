"""What an update is laid open with, whatever the network."""

from typing import Any, Protocol

from rnn_tui.inspection.backward import BackwardStep
from rnn_tui.inspection.forward import ForwardStep
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters


class Window(Protocol):
    """A network in the window of one update; one sequence of the batch is laid open.

    The layers of its steps have `h` forward and `dh` backward, and what their kind has besides.
    """

    layers: int
    hidden_size: int
    earlier: IntArray
    """What is read of the time before the window, the oldest first; -1 before the beginning."""

    def forward(self, t: int) -> ForwardStep[Any]:
        """Return what happens at time step t (from 0), forward."""

    def backward(self, t: int) -> BackwardStep[Any]:
        """Return what happens at time step t, backward."""

    def contribution(self, t: int) -> Parameters:
        """Return what time step t adds to every gradient, over the whole batch."""

    def forward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return the vectors that the layer's equations are filled in with, by their names."""

    def backward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return the same of the way back."""
