"""Where the time of an update goes, and what it cannot go below.

    python -m benchmarks.profile_update [--cell rnn|lstm] [--hidden N] [--rounds N]
    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python -m benchmarks.profile_update

Every part of an update that can stand alone is done on arrays of the same sizes as in the update,
in turn with whole updates here and in PyTorch; times are the least of the rounds, since other work
on the machine only makes them longer. The floor of this way of doing it is its products at
OpenBLAS's own speed and its exponentials and tanh at NumPy's.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from benchmarks.bench_update import Case, best_product, our_work, torch, torch_work
from rnn_tui.nn.activations import tanh_for
from rnn_tui.nn.cells import CELLS as SPECS

Work = Callable[[], object]
CELLS = "rnn", "lstm"


def numbers(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def each(T: int, work: Work) -> Work:
    """Return the same T times, as in a loop over time."""

    def works() -> None:
        for _ in range(T):
            work()

    return works


def products(case: Case) -> dict[str, tuple[Work, float]]:
    """Return the matrix products by what they are, and their multiplications and additions."""
    H, T, B, V = case.hidden_size, case.T, case.B, case.V
    G = SPECS[case.network].blocks * H
    W_hh, h, a, dh = numbers(G, H), numbers(B, H), numbers(B, G), numbers(B, H)
    da, before, logits = numbers(T * B, G), numbers(T * B, H), numbers(V, T * B)
    dW_hh, W, dW, dh_all = numbers(G, H), numbers(V, H), numbers(V, H), numbers(T * B, H)

    def output() -> None:
        W.dot(before.T, out=logits)
        logits.dot(before, out=dW)
        logits.T.dot(W, out=dh_all)

    N = 2.0 * T * B
    return {
        "W_hh h, forward": (each(T, lambda: h.dot(W_hh.T, out=a)), N * G * H),
        "W_hhᵀ da, backward": (each(T, lambda: a.dot(W_hh, out=dh)), N * G * H),
        "dW_hh": (lambda: da.T.dot(before, out=dW_hh), N * G * H),
        "output layer": (output, 3 * N * H * V),
    }


def activations(case: Case) -> dict[str, Work]:
    """Return the exponentials and tanh of a sequence."""
    H, B, T = case.hidden_size, case.B, case.T
    c, tanh_c, tanh = numbers(B, H), numbers(B, H), tanh_for(B * H)
    if case.network == "rnn":
        return {"tanh(a)": each(T, lambda: tanh(c, out=tanh_c))}
    a, out = numbers(B, 4 * H), numbers(B, 4 * H)
    return {
        "e⁻ᵃ of the gates": each(T, lambda: np.exp(a, out=out)),
        "tanh(c)": each(T, lambda: tanh(c, out=tanh_c)),
    }


def measured(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Least milliseconds of each; all take turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(1e3 * (time.perf_counter() - start))
    return {name: min(found) for name, found in times.items()}


def report(case: Case, rounds: int, peak: float) -> list[str]:
    """Return the table of one network."""
    flops = products(case)
    works = {name: work for name, (work, _) in flops.items()} | activations(case)
    works["whole update"] = our_work(case)
    if torch is not None:
        works["PyTorch, whole update"] = torch_work(case, compiled=False)
    found = measured(works, rounds)
    whole = found["whole update"]
    in_products = sum(found[name] for name in flops)
    in_activations = sum(found[name] for name in activations(case))
    rows = [
        f"| {name} | {ms:.2f} | {ms / whole:.0%} | {rate / ms / 1e6:.0f} |"
        for name, (_, rate) in flops.items()
        if (ms := found[name])
    ]
    rows += [
        f"| {name} | {found[name]:.2f} | {found[name] / whole:.0%} | |"
        for name in activations(case)
    ]
    total = sum(rate for _, rate in flops.values()) / 1e6
    rest = whole - in_products - in_activations
    last = {
        "all else: other passes over arrays, gathers, sums by symbol, Adam": rest,
        "floor: products and activations as above": in_products + in_activations,
        f"products at the best speed of this machine ({peak:.0f} GFLOP/s)": total / peak,
    } | {name: found[name] for name in found if "whole" in name}
    rows += [f"| {name} | {ms:.2f} | {ms / whole:.0%} | |" for name, ms in last.items()]
    return [f"\n**{case.name}**\n", "| part | ms | of ours | GFLOP/s |", "|---" * 4 + "|", *rows]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cell", choices=CELLS, nargs="+", default=CELLS)
    parser.add_argument("--hidden", type=int, nargs="+", default=[128, 512], help="sizes H")
    parser.add_argument("--rounds", type=int, default=15, help="how often every part is measured")
    arguments = parser.parse_args()
    peak = best_product()
    for cell in arguments.cell:
        for H in arguments.hidden:
            case = Case(cell, H, 1, 50, 50, 65)
            print("\n".join(report(case, arguments.rounds, peak)), flush=True)


if __name__ == "__main__":
    main()
