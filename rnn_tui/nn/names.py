"""The words that settings of a network can be; apart, so that `--help` need not wait for NumPy."""

from typing import Literal

NetworkName = Literal["recurrent"]
CellName = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu"]
OptimizerName = Literal["sgd", "momentum", "adagrad", "rmsprop", "adam"]
DTypeName = Literal["float32", "float64"]
