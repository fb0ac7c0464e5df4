"""Export each checkpoint and let onnxruntime read the whole text; needs onnx and onnxruntime.

    python onnx_peer.py FOLDER

FOLDER/*.safetensors are checkpoints; beside each a .ids.npy, and a .probs.npy is written. The text
is read in two pieces with the state carried over, twice side by side.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from rnn_tui.cli import main as rnn_tui


def beginning(given: onnxruntime.NodeArg, batch: int) -> np.ndarray:
    """What a state is before the first symbol: no ids, or zeros."""
    shape = [batch if size == "batch" else size for size in given.shape]
    return np.full(shape, -1) if "int64" in given.type else np.zeros(shape, np.float32)


def read(session: onnxruntime.InferenceSession, ids: np.ndarray) -> np.ndarray:
    states = {given.name: beginning(given, ids.shape[1]) for given in session.get_inputs()[1:]}
    read = []
    for piece in (ids[:100], ids[100:]):
        outputs = session.run(
            ["probabilities", *(f"{s}_after" for s in states)], {"ids": piece, **states}
        )
        read.append(outputs[0])
        states = dict(zip(states, outputs[1:], strict=True))
    return np.concatenate(read)


def main() -> None:
    for checkpoint in sorted(Path(sys.argv[1]).glob("*.safetensors")):
        model = checkpoint.with_suffix(".onnx")
        assert rnn_tui(["export", str(checkpoint), str(model)]) == 0
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        names = [node.name for node in onnx.load(model).graph.node]
        assert all(names)
        assert len(set(names)) == len(names)
        carried = session.get_modelmeta().custom_metadata_map
        ids = np.load(checkpoint.with_suffix(".ids.npy"))
        probs = read(session, np.stack([ids, ids[::-1]], axis=1))
        assert len(json.loads(carried["vocabulary"])) == probs.shape[-1]
        np.save(checkpoint.with_suffix(".probs.npy"), probs[:, 0])


if __name__ == "__main__":
    main()
