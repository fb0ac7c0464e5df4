"""How fast are many runs compared? Reading, the first picture, and every key.

    python -m benchmarks.bench_compare [--runs N] [--lines N] [--updates N]

Runs of a million updates are written as a record has them: some thousand lines, thinned. The app
runs without a terminal, in 120 x 40; the time of a key is from its stroke until all is done, with
the pauses of the test driver in it: F9, which does nothing, shows them.
"""

import argparse
import asyncio
import json
import math
import resource
import tempfile
import time
from pathlib import Path

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.comparing.reading import read_all
from rnn_tui.runlog.file import VERSION
from rnn_tui.tui.compare_app import CompareApp

NO_KEY = "f9"
"""Does nothing: what the test driver itself takes."""
KEYS = (
    NO_KEY,
    "down",
    "space",
    "o",
    "o",
    "s",
    "m",
    "m",
    "x",
    "v",
    "l",
    "L",
    "left",
    "plus",
    "minus",
    "w",
)


def write(path: Path, seed: int, lines: int, updates: int) -> None:
    """Write a run whose loss falls."""
    events: list[dict[str, object]] = [
        {"event": "start", "format": "rnn-tui log", "version": VERSION, "seconds": 0.0,
         "update": 0, "corpus_name": "a.txt", "config": {"seed": seed, "hidden_size": 8 + seed}}
    ]  # fmt: skip
    for line in range(1, lines + 1):
        loss = 1 + 2 * math.exp(-line / lines * 5) + 0.1 * math.sin(line * (seed + 1))
        update = line * updates // lines
        events.append(
            {"event": "update", "seconds": update / 1000, "update": update, "epoch": 0,
             "loss": loss, "low": loss, "high": loss, "smoothed": loss}
        )  # fmt: skip
    text = "\n".join(json.dumps(event, separators=(",", ":")) for event in events)
    path.write_text(text + "\n", encoding="utf-8")


async def measure(folder: Path) -> None:
    """Print how long everything takes."""
    began = time.perf_counter()
    found = read_all([folder])
    read = time.perf_counter()
    app = CompareApp(Comparison(found))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        opened = time.perf_counter()
        print(f"{len(found.runs)} runs: read {read - began:.2f} s, opened {opened - began:.2f} s")
        for key in KEYS:
            struck = time.perf_counter()
            await pilot.press(key)
            app.screen.query_one("#curves").render_lines(app.screen.query_one("#curves").region)
            print(f"{key:>6} {1000 * (time.perf_counter() - struck):6.0f} ms")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Write runs and compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--lines", type=int, default=2000)
    parser.add_argument("--updates", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for seed in range(options.runs):
            path = Path(name) / f"run{seed}.jsonl"
            write(path, seed, options.lines, options.updates)
        asyncio.run(measure(Path(name)))


if __name__ == "__main__":
    main()
