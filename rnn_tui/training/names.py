"""The words a setting can be; apart from the settings, so that `--help` need not wait for them."""

from typing import Literal

CellName = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu"]
OptimizerName = Literal["sgd", "momentum", "adagrad", "rmsprop", "adam"]
DTypeName = Literal["float32", "float64"]
PresetName = Literal["hello", "min-char-rnn", "char-rnn", "torch-rnn"]
