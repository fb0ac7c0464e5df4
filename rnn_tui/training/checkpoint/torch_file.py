"""The tensors of a safetensors file that PyTorch wrote. Nothing is ever unpickled."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import safetensors

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.container import KINDS
from rnn_tui.training.checkpoint.pickled import ADVICE, SAVE, is_pickled
from rnn_tui.training.checkpoint.torch_vocabulary import listed

NUMPY_HAS = ("F64", "F32", "F16")


@dataclass(frozen=True, eq=False, slots=True)
class WeightsFile:
    """What is in a file: tensors, and the vocabulary if it carries one."""

    tensors: Parameters
    vocabulary: tuple[str, ...] | None
    activation: str | None
    """As scripts that `rnn-tui export` made write it; weights do not tell."""
    network: str | None
    """The same: one of `NetworkName`, made as rnn-tui's are."""


def read_weights(path: Path) -> WeightsFile:
    """Read a safetensors file.

    Raises:
        InputError: It cannot be read, is another format, or holds numbers of another type.
    """
    where = visible(str(path))
    try:
        with safetensors.safe_open(path, framework="np") as file:
            types = {name: file.get_slice(name).get_dtype() for name in file.keys()}  # noqa: SIM118
            tensors = {name: file.get_tensor(name) for name in types if types[name] in NUMPY_HAS}
            metadata = file.metadata() or {}
        tensors |= brain_floats(path) if "BF16" in types.values() else {}
    except FileNotFoundError:
        raise InputError(f"{where}: no such file") from None
    except Exception as error:  # whatever the reader says to a file that is none of its kind
        if is_pickled(path):
            raise InputError(f"{where}: {ADVICE}") from None
        raise InputError(
            f"{where}: cannot be read ({visible(str(error))[:200]}); in PyTorch: {SAVE}"
        ) from None
    for kind in KINDS:
        if metadata.get("format") == kind.format:
            raise InputError(f"{where}: is a {kind.name} already; use it as it is")
    for name in types.keys() - tensors.keys():
        raise InputError(f"{where}: {visible(name)} is {types[name]}; save the model as float")
    for name, tensor in tensors.items():
        if tensor.dtype == np.float16:
            tensors[name] = tensor.astype(np.float32)
        if not np.isfinite(tensor).all():
            raise InputError(f"{where}: {visible(name)} holds numbers that are not finite")
    for left_out, name in metadata.items():
        if name in tensors and left_out not in tensors:
            tensors[left_out] = tensors[name]  # safetensors.torch.save_model: shared, stored once
    given = metadata.get("vocabulary")
    vocabulary = None if given is None else listed(given, where)
    return WeightsFile(tensors, vocabulary, metadata.get("activation"), metadata.get("network"))


def brain_floats(path: Path) -> Parameters:
    """Read BF16 tensors as float32, whose upper 16 bits they are; NumPy has no such type."""
    return {
        name: (np.frombuffer(part["data"], "<u2").astype("<u4") << 16)
        .view("<f4")
        .reshape(part["shape"])
        for name, part in safetensors.deserialize(path.read_bytes())  # type: ignore[no-untyped-call]
        if part["dtype"] == "BF16"
    }
