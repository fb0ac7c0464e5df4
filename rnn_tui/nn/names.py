"""The words that settings of a network can be; apart, so that `--help` need not wait for NumPy."""

from typing import Literal, get_args

NetworkName = Literal["recurrent", "dense", "cnn"]
CellName = Literal["rnn", "lstm", "gru"]
Activation = Literal["tanh", "relu"]
OptimizerName = Literal["sgd", "momentum", "adagrad", "rmsprop", "adam"]
ScheduleName = Literal["constant", "step", "cosine"]
DTypeName = Literal["float32", "float64"]


def networks() -> tuple[str, ...]:
    """Return what a person calls the networks: a recurrent one by its cell."""
    return (*get_args(CellName), *(name for name in get_args(NetworkName) if name != "recurrent"))
