"""All benchmarks in one run: updates against PyTorch, the screen, rewinding, growth.

python -m benchmarks            # twenty minutes
python -m benchmarks --quick    # two minutes, and rougher
"""

import argparse
import os
import subprocess
import sys
import time

PARTS = {
    "An update, against PyTorch and a plain loop": ("bench_update", (), ("--quick", "--rounds=3")),
    "… on two threads": ("bench_update", ("--threads=2",), ("--quick", "--rounds=1")),
    "The screen": ("bench_screen", (), ("--rounds=1", "--seconds=0.6")),
    "Rewinding": ("bench_rewind", (), ("--quick",)),
    "Growth": ("growth", (), ("--rounds=1",)),
}
"""Modules, their options, and what makes them quick."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    quick = parser.parse_args().quick
    start, code = time.perf_counter(), 0
    for title, (module, options, fewer) in PARTS.items():
        print(f"\n## {title}\n", flush=True)
        words = [f"benchmarks.{module}", *options, *(fewer if quick else ())]
        command = [sys.executable, "-m", *words]
        begun = time.perf_counter()
        code = max(code, subprocess.run(command, env=os.environ | ONE_THREAD).returncode)
        print(f"\n{time.perf_counter() - begun:.0f} s", flush=True)
    print(f"\n{time.perf_counter() - start:.0f} s in all")
    return code


if __name__ == "__main__":
    sys.exit(main())
