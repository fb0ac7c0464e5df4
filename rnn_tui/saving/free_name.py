"""Where a run is saved to by hand when no file was named."""

import os
import re
from pathlib import Path

LONGEST = 50
"""Characters of a text's name: 200 bytes at most, of the 255 that a file's name has."""


def free_path(
    corpus_name: str, update: int, folder: Path | None = None, suffix: str = ".safetensors"
) -> Path:
    """Return a name in `folder` that nothing has yet, so that nothing is overwritten."""
    stem, folder = stem_of(corpus_name), folder or Path()
    path = folder / f"{stem}-{update}{suffix}"
    number = 2
    while os.path.lexists(path):  # raises nothing, where a folder cannot be read either
        path = folder / f"{stem}-{update}-{number}{suffix}"
        number += 1
    return path


def stem_of(corpus_name: str) -> str:
    """Return the name of a text as part of a file's."""
    return re.sub(r"[^\w.-]+", "_", Path(corpus_name).stem)[:LONGEST].strip("._-") or "rnn"
