"""Files that torch.save or pickle wrote: known as such, never opened."""

import zipfile
from pathlib import Path

PROTOCOLS = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))
"""How a pickle begins: its PROTO opcode. Source: Lib/pickletools.py"""
# Not save_file: it refuses a model two of whose parameters are one (tied).
SAVE = 'safetensors.torch.save_model(model, "weights.safetensors")'
ADVICE = (
    "is pickled, as torch.save writes it; that can run anything and is not opened: "
    f"save the weights in PyTorch with {SAVE}"
)


def is_pickled(path: Path) -> bool:
    """Tell whether torch.save or pickle wrote a file, without opening what is in it.

    torch.save makes a zip archive with a `data.pkl` in it; before PyTorch 1.6, a bare pickle.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) in PROTOCOLS:
                return True
        with zipfile.ZipFile(path) as archive:
            return any(name.rpartition("/")[2] == "data.pkl" for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
