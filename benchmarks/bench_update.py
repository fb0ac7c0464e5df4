"""How fast is an update? Against PyTorch and against the plain loop, side by side.

    python -m benchmarks.bench_update [--rounds N] [--only WORDS] [--threads N] [--quick]

Every side does a few updates in turn, round after round, so that whatever else the machine
does meets all of them; medians are compared. PyTorch is eager or compiled, whichever is faster
(torch.compile wants a C++ compiler and some ten seconds a row; --quick is eager throughout).
Without PyTorch its columns stay empty. On one thread, as the program itself trains:

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python -m benchmarks.bench_update

With --threads 2 both sides have two, on the rows that have a batch to share out: PyTorch in its
products and loops, we in two parts of the batch (`train --threads 2`).

On one thread, --busy compares processor time instead of what the clock on the wall says: waiting
for a core that others have does not count then, for any side.
"""

import argparse
import platform
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from benchmarks.plain_loop import PlainLoop
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.registry import build, named
from rnn_tui.models.sampling import sample
from rnn_tui.models.threads import SideBySide
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.clip import clip_norm
from rnn_tui.nn.optimizers import make_optimizer

try:
    import torch

    from benchmarks.torch_peer import TorchPeer
except ImportError:
    torch = None  # type: ignore[assignment]

Work = Callable[[], None]
SIDES = ("ours", "torch", "plain")
SAMPLE_LENGTH = 200
Clock = Callable[[], float]
WALL: Clock = time.perf_counter
TURN = 0.06
"""Seconds that a side works before it is another's turn."""


@dataclass(frozen=True)
class Case:
    """A row of the table."""

    network: str
    """One of `nn.names.networks`."""
    hidden_size: int
    num_layers: int
    T: int
    B: int
    V: int
    times_torch: float | None = None
    """To reach: so many times PyTorch's speed."""
    times_plain: float | None = None
    kind: Literal["update", "sampling", "validation"] = "update"
    window: int = 0
    """The dense network's context, the CNN's kernel."""

    @property
    def name(self) -> str:
        """As the row is called."""
        layers = f"{self.num_layers}×" if self.num_layers > 1 else ""
        network = f"{self.network.upper()} {layers}{self.hidden_size}"
        network += f", K {self.window}" * bool(self.window)
        if self.kind == "sampling":
            return f"sampling one by one, {network}, V {self.V}"
        sizes = f"{network}, T {self.T}, B {self.B}, V {self.V}"
        return sizes if self.kind == "update" else f"{self.kind}, {sizes}"

    @property
    def config(self) -> NetworkConfig:
        """What the network is made from."""
        sizes = {"hidden_size": self.hidden_size, "num_layers": self.num_layers}
        own = {"dense": "context", "cnn": "kernel_size"}.get(self.network)
        return NetworkConfig(**named(self.network), **sizes, **({own: self.window} if own else {}))

    @property
    def flops(self) -> float:
        """Multiplications and additions in the matrix products of an update, ids as gathers."""
        H, L = self.hidden_size, self.num_layers
        if self.network in CELLS:
            hidden = (2 * L - 1) * CELLS[self.network].blocks * H * H
        else:
            hidden = (L - 1) * H * H * (self.window if self.network == "cnn" else 1)
        return 6.0 * self.T * self.B * (hidden + H * self.V)


CASES = (
    Case("rnn", 3, 1, 4, 1, 4, 10, 3),
    Case("rnn", 100, 1, 25, 1, 65, 6, 3),
    Case("rnn", 128, 1, 50, 50, 65, 1.8),
    Case("rnn", 512, 1, 50, 50, 65, 1.2),
    Case("lstm", 100, 1, 25, 1, 65, 1.5),
    Case("lstm", 128, 1, 50, 50, 65, 1.0),
    Case("lstm", 128, 2, 50, 50, 65, 1.0),
    Case("lstm", 512, 1, 50, 50, 65, 1.0),
    Case("gru", 256, 1, 64, 64, 65, 1.0),
    Case("lstm", 128, 2, 1, 1, 65, 3.0, kind="sampling"),
    Case("rnn", 128, 1, 50, 50, 2097, 1.0),
    Case("lstm", 128, 1, 50, 50, 2097, 1.0),
    Case("lstm", 128, 2, 50, 50, 65, kind="validation"),
    Case("dense", 128, 1, 50, 50, 65, 1.2, window=8),
    Case("cnn", 64, 6, 50, 50, 65, 1.0, window=3),
)


def text(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Return a window of symbols, some more frequent than others, as in texts."""
    rng = np.random.default_rng(0)
    ids = np.minimum(rng.zipf(1.2, (case.T + 1, case.B)) - 1, case.V - 1)
    ids = ids.astype(np.min_scalar_type(case.V))
    return ids[:-1], ids[1:]


def our_work(case: Case, threads: int = 1) -> Work:
    """Return a function that does the work of a row once."""
    rng = np.random.default_rng(0)
    network = build(case.config, case.V, rng)
    learner = SideBySide(network, threads) if threads > 1 else network
    adam = make_optimizer("adam", network.flat)
    x, y = text(case)
    state = network.zero_state(case.B)

    def update() -> None:
        nonlocal state
        _, state = learner.loss_and_grads(x, y, state)
        clip_norm(network.grads_flat, 5.0)
        adam.step(network.flat, network.grads_flat, 1e-3)

    def validate() -> None:
        nonlocal state
        _, state = network.mean_loss(x, y, state)

    def write() -> None:
        sample(network, x[0], SAMPLE_LENGTH, 1.0, rng)

    return {"update": update, "validation": validate, "sampling": write}[case.kind]


def torch_work(case: Case, compiled: bool) -> Work:
    """Return the same in PyTorch."""
    peer = TorchPeer(case.config, case.V)
    if case.kind == "sampling":
        return lambda: peer.sample(SAMPLE_LENGTH)
    make = peer.updates if case.kind == "update" else peer.validations
    return make(*text(case), compiled=compiled)


def faster_torch(case: Case, clock: Clock) -> tuple[Work, str]:
    """PyTorch's faster way, and what it is called."""
    eager = torch_work(case, compiled=False)
    if case.kind == "sampling":
        return eager, "eager"
    try:
        compiled = torch_work(case, compiled=True)
        compiled()
    except Exception:  # whatever a missing compiler makes of it
        return eager, "eager; does not compile here"
    _, ratios = measure({"ours": eager, "compiled": compiled}, 5, clock)
    return (compiled, "compiled") if ratios["compiled"] < 1 else (eager, "eager")


def sides(case: Case, quick: bool, threads: int, clock: Clock) -> tuple[dict[str, Work], str]:
    """Return what is compared in a row, and which way PyTorch goes."""
    found, way = {"ours": our_work(case, threads)}, ""
    if torch is not None and quick:
        found["torch"], way = torch_work(case, compiled=False), "eager"
    elif torch is not None:
        found["torch"], way = faster_torch(case, clock)
    if case.times_plain is not None:
        x, y = (ids[:, 0].tolist() for ids in text(case))
        plain = PlainLoop(case.V, case.hidden_size, np.random.default_rng(0))
        found["plain"] = lambda: void(plain.update(x, y))
    return found, way


def void(_: object) -> None:
    """Drop a result."""


def turn(work: Work, clock: Clock) -> float:
    """Median seconds of a call over one turn; the first call of it only warms up."""
    work()
    times = []
    end = clock() + TURN
    while not times or clock() < end:
        start = clock()
        work()
        times.append(clock() - start)
    return median(times)


def measure(
    works: dict[str, Work], rounds: int, clock: Clock
) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of one call for each; medians of the rounds' ratios to ours."""
    times = [{name: turn(work, clock) for name, work in works.items()} for _ in range(rounds)]
    seconds = {name: median(found[name] for found in times) for name in works}
    ratios = {name: median(found[name] / found["ours"] for found in times) for name in works}
    return seconds, ratios


def best_product(clock: Clock = WALL) -> float:
    """Return the machine's best float32 matrix product, in GFLOP/s."""
    a, b = np.random.default_rng(0).random((2, 1536, 1536), np.float32)
    times = []
    for _ in range(12):
        start = clock()
        a @ b
        times.append(clock() - start)
    return 2e-9 * 1536**3 / min(times)


def bytes_allocated(work: Work) -> int:
    """Return the most memory that one update has in use at once beyond what it keeps."""
    work()
    tracemalloc.start()
    work()
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before


def verdict(case: Case, ratios: dict[str, float]) -> tuple[str, str]:
    """Return what is to be reached, and whether it is."""
    goals = {"torch": case.times_torch, "plain": case.times_plain}
    asked = {side: goal for side, goal in goals.items() if goal is not None}
    words = ", ".join(f"≥ {goal:g} × {side}" for side, goal in asked.items())
    if not asked or "torch" not in ratios:
        return words, ""
    reached = all(ratios[side] >= goal for side, goal in asked.items())
    return words, "reached" if reached else "short"


def row(case: Case, rounds: int, peak: float, quick: bool, threads: int, clock: Clock) -> str:
    """Measure a case; one line of the table."""
    works, way = sides(case, quick, threads, clock)
    seconds, ratios = measure(works, rounds, clock)
    ours = seconds["ours"]
    milliseconds = [number(1e3 * seconds[side]) if side in seconds else "" for side in SIDES]
    times = [f"{ratios[side]:.2f}" if side in ratios else "" for side in SIDES[1:]]
    characters = (SAMPLE_LENGTH if case.kind == "sampling" else case.T * case.B) / ours
    share = f"{case.flops / ours / 1e9 / peak:.0%}" if case.kind == "update" else ""
    fresh = bytes_allocated(works["ours"]) / 1024
    speed = [f"{1 / ours:,.0f}", f"{characters:,.0f}", share, f"{fresh:,.0f}"]
    milliseconds[1] += f" {way}"
    cells = [case.name, *milliseconds, *times, *verdict(case, ratios), *speed]
    return "| " + " | ".join(cells) + " |"


def number(value: float) -> str:
    """Three digits."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


HEAD = (
    "| work (float32) | ours, ms | PyTorch, ms | plain loop, ms | × PyTorch | × plain | to reach "
    "| | calls/s | characters/s | share of best product | fresh KiB |\n" + "|---" * 12 + "|"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--rounds", type=int, default=15, help="how often every side takes its turn"
    )
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--threads", type=int, default=1, help="of either side")
    parser.add_argument("--quick", action="store_true", help="do not try torch.compile")
    parser.add_argument("--busy", action="store_true", help="compare processor time")
    arguments = parser.parse_args()
    clock = time.process_time if arguments.busy else WALL
    threads = arguments.threads
    if torch is not None:
        torch.set_num_threads(threads)
    peak = best_product(clock)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    if torch is not None:
        versions += f", PyTorch {torch.__version__} ({torch.get_num_threads()} threads)"
    versions += ", processor time" if arguments.busy else ""
    print(f"{versions}; best float32 product {peak:.0f} GFLOP/s\n\n{HEAD}", flush=True)
    for case in CASES:
        shared_out = threads == 1 or (case.B > 1 and case.kind == "update")
        if shared_out and arguments.only.lower() in case.name.lower():
            line = row(case, arguments.rounds, peak, arguments.quick, threads, clock)
            print(line, flush=True)


if __name__ == "__main__":
    main()
