"""All benchmarks in one run: updates against PyTorch, the screen, rewinding, growth.

python -m benchmarks            # a quarter of an hour
python -m benchmarks --quick    # two minutes, and rougher
"""

import argparse
import os
import subprocess
import sys
import time

PARTS = {
    "An update, against PyTorch and a plain loop": ("bench_update", ("--quick", "--rounds", "3")),
    "The screen": ("bench_screen", ("--rounds", "1", "--seconds", "2")),
    "Rewinding": ("bench_rewind", ("--quick",)),
    "Growth": ("growth", ("--rounds", "2")),
}
"""Modules, and what makes them quick."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    quick = parser.parse_args().quick
    start, code = time.perf_counter(), 0
    for title, (module, fewer) in PARTS.items():
        print(f"\n## {title}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{module}", *(fewer if quick else ())]
        code = max(code, subprocess.run(command, env=os.environ | ONE_THREAD).returncode)
    print(f"\n{time.perf_counter() - start:.0f} s in all")
    return code


if __name__ == "__main__":
    sys.exit(main())
