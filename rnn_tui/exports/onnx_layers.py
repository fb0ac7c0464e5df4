"""What a network brings to its ONNX model: everything between the ids and the output layer."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

Numbers = dict[str, npt.NDArray[Any]]
"""Weights and constants by name."""
Size = str | int
"""An axis: how long it is, or what its length is called."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class State:
    """What is carried from one call to the next; it comes out as `{name}_after`."""

    name: str
    element: int
    """Of its numbers, one of `onnx.TensorProto`."""
    shape: tuple[Size, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Layers:
    """The layers of a network."""

    nodes: list[onnx.NodeProto]
    numbers: Numbers
    h: str
    """What the last layer gives (T, B, H)."""
    state: list[State]
    about_state: str
    """What the state is and how it begins, in words."""


def in_float32(parameters: Numbers) -> Numbers:
    """Return all parameters as float32; onnxruntime's recurrent operators know no other."""
    return {name: array.astype(np.float32) for name, array in parameters.items()}
