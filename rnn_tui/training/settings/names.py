"""The words a setting can be; apart from the settings, so that `--help` need not wait for them."""

from typing import Literal

from rnn_tui.nn.names import Activation as Activation
from rnn_tui.nn.names import CellName as CellName
from rnn_tui.nn.names import DTypeName as DTypeName
from rnn_tui.nn.names import OptimizerName as OptimizerName

PresetName = Literal["hello", "min-char-rnn", "char-rnn", "torch-rnn"]
