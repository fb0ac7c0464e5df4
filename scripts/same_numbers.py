"""Whether the numbers are still those of another revision, bit for bit, on this machine.

    python scripts/same_numbers.py REVISION

300 updates of every cell, with one and two layers, three optimizers, float32 and float64, here and
in REVISION: the losses and the state, validation, the parameters, and what is sampled then.
"""

import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CELLS = (("rnn", "tanh"), ("rnn", "relu"), ("lstm", "tanh"), ("gru", "tanh"))
OPTIMIZERS = (("sgd", "0.1"), ("rmsprop", "0.002"), ("adam", "0.002"))
PARTS = ("losses", "validation", "parameters", "sample")
TEXT = ROOT / "corpora" / "sums.txt"


def cases() -> Iterator[tuple[str, list[str]]]:
    """Yield a name and the options of every case."""
    for (cell, activation), layers, (optimizer, rate), dtype in itertools.product(
        CELLS, ("1", "2"), OPTIMIZERS, ("float32", "float64")
    ):
        name = f"{cell} {activation} {layers} {optimizer} {dtype}"
        network = ["--cell", cell, "--activation", activation, "--num-layers", layers]
        learning = ["--optimizer", optimizer, "--learning-rate", rate, "--dtype", dtype]
        sizes = ["--hidden-size", "24", "--seq-length", "20", "--batch-size", "5", "--seed", "7"]
        yield name, [*network, *learning, *sizes]


def numbers(tree: Path, options: list[str], folder: Path) -> tuple[str, ...]:
    """Digests of what a tree's program makes of a case, one for each of PARTS."""
    made = folder / "made.safetensors"
    run(tree, "train", str(TEXT), "--updates", "300", *options, "--checkpoint", made)
    text = run(tree, "sample", made, "--length", "120", "--seed", "3")
    parts = {part: hashlib.sha256() for part in PARTS}
    parts["sample"].update(text)
    for name, array in sorted(tensors(made).items()):
        kind = name.partition(".")[0].replace("linear", "rnn")
        part = "validation" if "val" in name else {"rnn": "parameters"}.get(kind, "losses")
        parts[part].update(name.encode() + array)
    made.unlink()
    return tuple(digest.hexdigest()[:12] for digest in parts.values())


def tensors(path: Path) -> dict[str, bytes]:
    """Return the arrays of a safetensors file by name, as bytes."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {name: data[start:][slice(*one["data_offsets"])] for name, one in header.items()}


def run(tree: Path, *command: str | Path) -> bytes:
    """Return standard output of a command of the program in `tree`."""
    environment = os.environ | {"PYTHONPATH": str(tree), "OPENBLAS_NUM_THREADS": "1"}
    program = [sys.executable, "-P", "-m", "rnn_tui", *map(str, command)]
    done = subprocess.run(program, cwd=tree, env=environment, check=True, capture_output=True)
    return done.stdout


def main(revision: str) -> int:
    """Compare all cases; 1 if one differs."""
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "other"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(other), revision], check=True)
        try:
            for name, options in cases():
                here, there = (numbers(tree, options, Path(folder)) for tree in (ROOT, other))
                parts = zip(PARTS, here, there, strict=True)
                off = [part for part, one, two in parts if one != two]
                differ += bool(off)
                said = f"DIFFERS in {', '.join(off)}" if off else "same"
                print(f"{name:30} {' '.join(here)} {said}", flush=True)
        finally:
            subprocess.run([*git, "remove", "--force", str(other)], check=True)
    print(f"{differ} differ" if differ else "all are the same, bit for bit")
    return bool(differ)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["HEAD"]))
