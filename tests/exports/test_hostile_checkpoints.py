"""Nothing that a checkpoint says of itself becomes code in a script that is exported from it."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from rnn_tui.errors import InputError
from rnn_tui.exports.numpy_script import numpy_script
from rnn_tui.exports.torch_script import torch_script
from rnn_tui.models.registry import named
from rnn_tui.training.checkpoint.file import Checkpoint, load
from tests.exports.conftest import Make

CODE = """'+"+__import__("os")+"+'\n__import__("os")#"""
TOLD = ("config", "corpus", "text", "vocabulary", "numbers")
"""What is said in JSON; whoever means harm leaves the digest away."""

Keys = tuple[str | int, ...]


def leaves(value: object, keys: Keys = ()) -> Iterator[Keys]:
    """The way to every single value."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value[:2])
        for key, part in pairs:
            yield from leaves(part, (*keys, key))
    else:
        yield keys


def hostile(path: Path) -> Iterator[tuple[str, Keys]]:
    """Write the checkpoint anew with one value after the other being code; yield where it is."""
    with safe_open(path, "np") as file:
        told = dict(file.metadata())
    tensors = load_file(path)
    del told["digest"]
    for key in TOLD:
        for keys in leaves(json.loads(told[key])):
            whole = json.loads(told[key])
            part = whole
            for step in keys[:-1]:
                part = part[step]
            part[keys[-1]] = CODE
            save_file(tensors, path, {**told, key: json.dumps(whole)})
            yield key, keys


@pytest.mark.parametrize("script", [torch_script, numpy_script])
@pytest.mark.parametrize("network", ["rnn", "dense", "cnn"])
def test_no_value_becomes_code(
    make: Make, tmp_path: Path, script: Callable[[Checkpoint], str], network: str
) -> None:
    make(updates=3, **named(network))
    tried, taken = 0, []
    for where in hostile(tmp_path / "net.safetensors"):
        tried += 1
        try:
            written = script(load(tmp_path / "net.safetensors"))
        except InputError:
            continue
        taken.append(where)
        names = {node.id for node in ast.walk(ast.parse(written)) if isinstance(node, ast.Name)}
        assert "__import__" not in names, where
    assert tried > 40
    assert ("corpus", ("name",)) in taken  # a name may be anything, and is a literal
