"""Train on texts whose size is what is awkward: how long until it begins, and how much memory.

    python -m shake.long_texts [--cases 1] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where a text was not trained on.
Every case is all the texts of `shake.awkward.long_texts`, in turn, two updates each.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shake.awkward import long_texts
from shake.rows import parser, row

SMALL = ["--hidden-size", "16", "--num-layers", "1", "--val-fraction", "0"]


def trial(path: Path, seed: int) -> tuple[bool, float, int]:
    """Train for two updates in a process of its own: whether it worked, seconds, peak in MB."""
    command = [sys.executable, "-m", "rnn_tui", "train", str(path), "--updates", "2", *SMALL]
    started = time.monotonic()
    with subprocess.Popen([*command, "--seed", str(seed)], stdout=subprocess.PIPE) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # Kilobytes on Linux, bytes on macOS
    peak = usage.ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    worked = process.returncode == 0 and said.startswith(b"2 updates are done:")
    return worked, time.monotonic() - started, peak


def main() -> int:
    """Shake, and print a row."""
    given = parser(__doc__, 1).parse_args()
    begun, wrong, total, found = time.monotonic(), 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short"
        short.write_text("hello\n" * 9)
        _, _, least = trial(short, given.seed)
        for case in range(given.cases):
            for name, piece, times in long_texts():
                path = Path(folder) / "long"
                # Piece by piece, for a child's peak counts from its parent's
                with path.open("wb") as file:
                    file.writelines(piece for _ in range(times))
                worked, seconds, peak = trial(path, given.seed + case)
                path.unlink()
                total, wrong = total + 1, wrong + (not worked)
                found.append(f"{name} {seconds:.1f} s, {peak - least:,} MB")
    print(
        row(
            "long texts, start to two updates, memory beyond a short text's",
            f"{total}",
            f"{'; '.join(found)}; {wrong} wrong",
            time.monotonic() - begun,
            f"python -m shake.long_texts --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
