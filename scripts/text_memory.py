"""How much memory it takes to read a text: what a byte of it costs at its worst.

`python -m scripts.text_memory`; each in a process of its own, 100 MB of text.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from rnn_tui.text.corpus import TextOptions, read_corpus

SIZE = 100_000_000
TEXTS = {
    "ASCII": ("All work and no play.\n", TextOptions()),
    "carriage returns": ("All work and no play.\r\n", TextOptions()),
    "Hangul": ("아버지가 방에 들어가신다.\n", TextOptions()),
    "Hangul, letters": ("아버지가 방에 들어가신다.\n", TextOptions(units="jamo")),
    "Hangul, NFD": ("아버지가 방에 들어가신다.\n", TextOptions(normalize="NFD")),
    "an emoji a line": ("😀 hello there everybody\n", TextOptions()),
    "the same, replace": ("😀 hello there everybody\n", TextOptions(errors="replace")),
}


def measured(name: str) -> float:
    """Bytes of memory for each byte of a text, beyond what the program takes without it."""
    line, options = TEXTS[name]
    some = line.encode() * 1_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        with path.open("wb") as file:
            file.writelines(some for _ in range(SIZE // len(some)))
        before = peak()
        read_corpus(path, options)
        return (peak() - before) / path.stat().st_size


def peak() -> int:
    """Bytes that this process has had at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    """Print one figure, or start a process for each of them."""
    for name in sys.argv[1:]:
        print(f"{name:20}{measured(name):5.1f}")
    for name in () if sys.argv[1:] else TEXTS:
        subprocess.run([sys.executable, "-m", "scripts.text_memory", name], check=True)


if __name__ == "__main__":
    main()
