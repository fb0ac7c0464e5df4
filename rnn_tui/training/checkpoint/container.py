"""Our files as safetensors: arrays by name and texts by name, with a digest over all of it.

Nothing is pickled, nothing in a file is executed.
"""

import hashlib
import json
import math
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import safetensors
import safetensors.numpy

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import Parameters
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.atomic import write_whole
from rnn_tui.training.checkpoint.pickled import ADVICE, is_pickled

Metadata = dict[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    name: str
    version: int
    """The newest that is read; what writes writes it."""
    option: str
    """The one that opens it."""
    largest: float
    """Bytes; more is neither written nor read."""

    @property
    def format(self) -> str:
        """How it calls itself."""
        return f"rnn-tui {self.name}"


CHECKPOINT = Kind("checkpoint", 2, "--resume", math.inf)
"""Version 1 knew recurrent networks only and did not say so; such a file is read as it was."""
BUNDLE = Kind("bundle", 1, "--bundle", 1 << 30)
KINDS = (CHECKPOINT, BUNDLE)


def write(path: Path, kind: Kind, tensors: Parameters, metadata: Metadata) -> None:
    """Write a file, whole or not at all.

    Raises:
        InputError: It cannot be written, or is too large; what stood there is untouched.
    """
    metadata = metadata | {"format": kind.format, "version": str(kind.version)}
    metadata["digest"] = digest(tensors, metadata)
    data = safetensors.numpy.save(tensors, metadata)
    require_size(len(data), kind)
    write_whole(path, data)


def read(path: Path, kind: Kind, make: Callable[[Metadata, Parameters], Made]) -> Made:
    """Return what `make` makes of a file; any exception of it means that it cannot be trusted.

    Raises:
        InputError: The file is missing, of another kind, damaged, of a newer version, or at odds
            with itself; the message says which.
    """
    where = visible(str(path))
    require_file(path, kind, where)
    try:
        with safetensors.safe_open(path, framework="np") as file:
            metadata = file.metadata() or {}
            require_known(metadata, kind, where)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if metadata.get("digest", "") not in ("", digest(tensors, metadata)):
            raise ValueError("its digest does not match its contents")
        return make(metadata, tensors)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({visible(str(error))[:200]})") from None
    except Exception as error:  # whatever a damaged file makes the reader or the checks say
        if is_pickled(path):
            raise InputError(f"{where}: {ADVICE}, then rnn-tui import") from None
        said = visible(str(error))[:200]
        raise InputError(f"{where}: not a {kind.name}, or a damaged one ({said})") from None


def require_file(path: Path, kind: Kind, where: str) -> None:
    """Refuse what is there under this name and no file of such a size."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise InputError(f"{where}: no such file") from None
    except PermissionError:
        raise  # the command line says what to do about a folder
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({visible(str(error))[:200]})") from None
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{where}: is a folder; name a {kind.name} in it")
    if not stat.S_ISREG(status.st_mode):  # it might never end
        raise InputError(f"{where}: is a pipe or a device; name a {kind.name}")
    require_size(status.st_size, kind, f"{where}: ")


def require_size(size: int, kind: Kind, where: str = "") -> None:
    """Refuse a file of more bytes than its kind has."""
    if size > kind.largest:
        most = f"{kind.largest / 1e6:,.0f}"
        raise InputError(
            f"{where}{size / 1e6:,.0f} MB are too many for a {kind.name} (at most {most})"
        )


def require_known(metadata: Metadata, kind: Kind, where: str) -> None:
    """Refuse a foreign file, another kind and a newer version."""
    found = next((one for one in KINDS if metadata.get("format") == one.format), None)
    if found is None:
        raise InputError(f"{where}: a safetensors file, but not written by rnn-tui")
    if found is not kind:
        raise InputError(f"{where}: a {found.name}: rnn-tui {found.option} FILE opens it")
    version = metadata.get("version", "")
    if not version.isdecimal() or int(version) > kind.version:
        raise InputError(
            f"{where}: written by a newer rnn-tui (format {visible(version)[:20]}, "
            f"this one reads {kind.version}); update rnn-tui"
        )


def digest(tensors: Parameters, metadata: Metadata) -> str:
    """SHA-256 over names, types, shapes, bytes and the other metadata, in the order of names."""
    total = hashlib.sha256()
    for key in sorted(metadata.keys() - {"digest"}):
        total.update(json.dumps([key, metadata[key]]).encode())
    for name in sorted(tensors):
        array = tensors[name]
        total.update(json.dumps([name, array.dtype.str, array.shape]).encode())
        total.update(np.ascontiguousarray(array).data)
    return total.hexdigest()
