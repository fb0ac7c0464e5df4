"""`rnn-tui export FILE OUT`: the network and its history for other tools."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from rnn_tui.commands.options.parser import Parser, name, path
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

if TYPE_CHECKING:
    from pathlib import Path

    from rnn_tui.exports.record import Record
    from rnn_tui.training.checkpoint.file import Checkpoint

NAME = "export"
DOES = "hand a trained network or its history to other tools"
MORE = (
    "torch: a Python script that goes on training in PyTorch, and the weights beside it; numpy: a "
    "single script that samples with NumPy alone; onnx: a model for onnxruntime; csv, json: losses "
    "and the knobs turned. The vocabulary goes along. docs/exports.md shows how to use each."
)

FORMATS = ("torch", "onnx", "csv", "json", "numpy")
BY_SUFFIX = {".onnx": "onnx", ".csv": "csv", ".json": "json"}
"""Formats that the name of OUT tells."""


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument(
        "file", type=path, metavar="FILE", help="a checkpoint; for csv and json a log too"
    )
    parser.add_argument(
        "out",
        type=name,
        metavar="OUT",
        help="the file to write; -: standard output (csv, json, numpy)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, help="may be left out where OUT ends in .onnx, .csv or .json"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there already")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui export FILE OUT`: the network and its history for other tools."""
    from pathlib import Path

    from rnn_tui.text.visible import visible
    from rnn_tui.training.checkpoint.atomic import write_whole

    form = options.format or BY_SUFFIX.get(Path(options.out).suffix.lower())
    if form is None:
        raise InputError(phrase("--format is missing: {formats}", formats=", ".join(FORMATS)))
    if options.out == "-":
        return to_standard_output(options.file, form)
    made = files(options.file, Path(options.out), form)
    for target in made:
        require_free(target, options.file, force=options.force)
    for target, data in made.items():
        write_whole(target, data)
        print(f"saved to {visible(str(target))}")
    return 0


def to_standard_output(source: "Path", form: str) -> int:
    """Print what is text and needs no file beside it."""
    if form in ("torch", "onnx"):
        raise InputError(
            phrase("--format {form} needs a file to write to, not standard output", form=form)
        )
    sys.stdout.write(encoder(form)(source).decode())
    sys.stdout.flush()
    return 0


def files(source: "Path", out: "Path", form: str) -> "dict[Path, bytes]":
    """Return what to write where: of a script in PyTorch the weights too, unless they are there."""
    made = {out: encoder(form)(source)}
    if form == "torch":
        if out.suffix != ".py":
            raise InputError(phrase("--format torch writes a Python script: OUT must end in .py"))
        weights = out.with_suffix(".safetensors")
        if not is_same(weights, source):
            made = {weights: source.read_bytes(), **made}
    return made


def encoder(form: str) -> "Callable[[Path], bytes]":
    """Return what makes the file's bytes."""
    from rnn_tui.training.checkpoint.file import load

    if form in ("csv", "json"):
        return as_csv if form == "csv" else as_json
    makers: dict[str, Callable[[Checkpoint], bytes]] = {
        "torch": as_torch,
        "numpy": as_numpy,
        "onnx": as_onnx,
    }
    return lambda source: makers[form](load(source))


def as_torch(checkpoint: "Checkpoint") -> bytes:
    """Return the script that goes on in PyTorch."""
    from rnn_tui.exports.torch_script import torch_script

    return torch_script(checkpoint).encode()


def as_numpy(checkpoint: "Checkpoint") -> bytes:
    """Return the script that samples."""
    from rnn_tui.exports.numpy_script import numpy_script

    return numpy_script(checkpoint).encode()


def as_onnx(checkpoint: "Checkpoint") -> bytes:
    """Return the ONNX model."""
    try:
        from rnn_tui.exports.onnx_model import onnx_bytes
    except ModuleNotFoundError as error:
        if error.name != "onnx":
            raise
        raise InputError(
            phrase("--format onnx needs the package onnx: pip install onnx, or 'rnn-tui[onnx]'")
        ) from None
    return onnx_bytes(checkpoint)


def as_csv(source: "Path") -> bytes:
    """Return the history as a table."""
    from rnn_tui.exports.record import csv_text

    return csv_text(history_of(source)).encode(errors="backslashreplace")


def as_json(source: "Path") -> bytes:
    """Return the history as one object."""
    from rnn_tui.exports.record import json_text

    return json_text(history_of(source)).encode()


def history_of(source: "Path") -> "Record":
    """Return what happened, from a checkpoint or from a log."""
    from rnn_tui.exports.record import record_of, record_of_log
    from rnn_tui.runlog.file import is_log
    from rnn_tui.training.checkpoint.file import load

    return record_of_log(source) if source.is_file() and is_log(source) else record_of(load(source))


def require_free(target: "Path", source: "Path", *, force: bool) -> None:
    """Refuse to replace a file unasked, and the checkpoint ever."""
    from rnn_tui.text.visible import visible

    where = visible(str(target))
    if is_same(target, source):
        raise InputError(phrase("{file}: is the checkpoint itself; name another file", file=where))
    if target.exists() and not force:
        raise InputError(phrase("{file}: is there already; --force replaces it", file=where))


def is_same(one: "Path", two: "Path") -> bool:
    """Return whether two names are of one file that is there."""
    return one.exists() and two.exists() and one.samefile(two)
