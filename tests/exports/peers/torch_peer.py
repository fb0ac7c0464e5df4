"""Import each exported script and let its model read the whole text; needs torch.

    python torch_peer.py FOLDER

FOLDER/*.py are the scripts; beside each a .ids.npy, and a .probs.npy is written.
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import torch


def main() -> None:
    for script in sorted(Path(sys.argv[1]).glob("*.py")):
        spec = importlib.util.spec_from_file_location(script.stem, script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        model, _, _, vocabulary = module.load()
        ids = torch.from_numpy(np.load(script.with_suffix(".ids.npy")))
        with torch.no_grad():
            logits, _ = model(ids[:, None])
        assert len(vocabulary) == logits.shape[-1]
        np.save(script.with_suffix(".probs.npy"), logits[:, 0].double().softmax(-1).numpy())


if __name__ == "__main__":
    main()
