"""The cells there are, and what each is made of: the only place that lists them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import Cell
from rnn_tui.nn.gru import GRU
from rnn_tui.nn.lstm import LSTM
from rnn_tui.nn.names import Activation, CellName
from rnn_tui.nn.rnn import RNN


@dataclass(frozen=True, slots=True)
class CellSpec:
    """What is true of a cell of every size."""

    gates: str
    """A letter for every block of hidden_size rows in W_ih, W_hh and b; none where there is one."""
    biases: int
    """Vectors of hidden_size that are added beside b: the GRU's b_hn stands inside its gate."""

    @property
    def blocks(self) -> int:
        """Blocks of hidden_size rows in W_ih, W_hh and b."""
        return len(self.gates) or 1


CELLS: dict[CellName, CellSpec] = {
    "rnn": CellSpec(gates="", biases=0),
    "lstm": CellSpec(gates="ifgo", biases=0),
    "gru": CellSpec(gates="rzn", biases=1),
}


def make_cell(
    name: CellName,
    input_size: int,
    hidden_size: int,
    activation: Activation,
    dtype: npt.DTypeLike,
    rng: np.random.Generator,
) -> Cell:
    """A recurrent layer by its name."""
    if name == "rnn":
        return RNN(input_size, hidden_size, activation, dtype=dtype, rng=rng)
    if name == "lstm":
        return LSTM(input_size, hidden_size, dtype=dtype, rng=rng)
    return GRU(input_size, hidden_size, dtype=dtype, rng=rng)
