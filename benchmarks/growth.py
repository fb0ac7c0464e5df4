"""How does the cost grow? One size is doubled or more at a time, the others stay as they are.

    python -m benchmarks.growth [--only WORDS] [--rounds N]

Cost is processor time on one thread, so other work on the machine counts little: the sizes of a
row take turns, and the least of the rounds is taken. The exponent is the slope of the logarithm of
cost over that of size, between the last size and the middle one: 0 stays the same, 1 grows in
proportion. It should not be above what the row says, give or take `slack`; less is better.
"""
# ruff: noqa: E402

from rnn_tui.threads import one_thread

one_thread()

import argparse
import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rnn_tui.models.recurrent import CharModel
from rnn_tui.models.sampling import sample
from rnn_tui.nn.optimizers import make_optimizer
from rnn_tui.protocol.curves import Curves
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.checkpoint.container import digest
from rnn_tui.training.checkpoint.file import save, tensors_of
from rnn_tui.training.history import History
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.loss.chart import draw
from rnn_tui.tui.theme.palette import Palette

Work = Callable[[], object]
NOISE = 0.15
FRESH_MEMORY = 0.8
"""Instead, where copies are made: small ones stay in the cache and in memory that Python already
has, large ones are page faults. The digest, which reads the same bytes and copies none, grows with
the bytes exactly."""
LEAST = 0.02
"""Seconds of processor time that one measurement takes at least."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what grows, and what of."""

    cost: str
    over: str
    sizes: tuple[int, ...]
    make: Callable[[int], Work]
    """The work at a size."""
    units: Callable[[int], float]
    """How many of what the cost is told per that work does."""
    most: float
    """The exponent that is right."""
    slack: float = NOISE


def update(**changes: int) -> Work:
    """One update of a network of 64, T 16, B 16, V 64, with some sizes changed."""
    sizes = {"H": 64, "T": 16, "B": 16, "V": 64, "layers": 1} | changes
    network = CharModel(
        sizes["V"],
        cell="lstm",
        activation="tanh",
        hidden_size=sizes["H"],
        num_layers=sizes["layers"],
        dtype="float32",
        rng=np.random.default_rng(0),
    )
    adam, state = make_optimizer("adam", network.flat), network.zero_state(sizes["B"])
    shape = sizes["T"] + 1, sizes["B"]
    ids = np.random.default_rng(0).integers(0, sizes["V"], shape)

    def work() -> None:
        network.loss_and_grads(ids[:-1], ids[1:], state)
        adam.step(network.flat, network.grads_flat, 1e-3)

    return work


def trainer(length: int, **settings: Any) -> Trainer:
    """Return a trainer on a text of so many characters."""
    corpus = text(length)
    config, _ = choose_config(corpus, "hello", {"val_fraction": 0.0} | settings)
    return Trainer(config, corpus)


def text(length: int) -> Corpus:
    """Random letters."""
    letters = np.random.default_rng(0).integers(97, 123, length, dtype=np.uint8)
    return corpus_from_bytes(bytearray(letters.tobytes()), "letters")


def read(length: int) -> Work:
    """Read a text of characters outside ASCII, so that no shortcut serves."""
    data = ("가나다라마바사아자차" * (length // 10)).encode()
    return lambda: corpus_from_bytes(data, "letters")


def look_up(symbols: int) -> Work:
    """Turn 100,000 characters into ids."""
    every = "".join(chr(0x4E00 + k) for k in range(symbols))
    vocab, rng = Vocab(tuple(every)), np.random.default_rng(0)
    some = "".join(every[k] for k in rng.integers(0, symbols, 100_000))
    return lambda: vocab.encode(some)


def history(updates: int) -> History:
    """Return the history of a run so long."""
    found = History()
    for k in range(1, updates + 1):
        found.add(k, 1 / k)
    return found


def remember(updates: int) -> Work:
    """Take in 1,000 further losses."""
    past, at = history(updates), updates

    def work() -> None:
        nonlocal at
        for _ in range(1000):
            at += 1
            past.add(at, 0.5)

    return work


def draw_past(updates: int) -> Work:
    """Thin the curves and draw them, as the screen does at every frame."""
    past = history(updates)

    def work() -> None:
        found = past.curves(600)
        columns = found.update, found.low, found.high, found.smoothed
        draw(Curves(*columns, found.val_update, found.validation), (), RANGE, 120, 30, Palette())

    return work


RANGE = Range(0.0, 4.0)
LARGE = (512, 1024, 2048)


def draw_points(points: int) -> Work:
    """Draw curves that nobody has thinned."""
    x = np.arange(1.0, points + 1)
    curves = Curves(x, 1 / x, 2 / x, 1 / x, x[:0], x[:0])
    return lambda: draw(curves, (), RANGE, 120, 30, Palette())


def after(updates: int) -> Trainer:
    """Return a trainer with the history of a long run."""
    found = trainer(1000)
    found.history, found.update = history(updates), updates
    return found


def large(H: int) -> Trainer:
    """Return a trainer with many parameters."""
    return trainer(1000, hidden_size=H)


def digest_of(H: int) -> Work:
    """Return the checksum in a checkpoint."""
    tensors = tensors_of(large(H))
    return lambda: digest(tensors, {})


def store(run: Trainer) -> Work:
    """Save a checkpoint, over and over in the same place."""
    folder = tempfile.TemporaryDirectory()  # is deleted with the function that is returned
    return lambda: save(Path(folder.name) / "run.safetensors", run)


def keep(updates: int) -> Work:
    """Return what going back in time costs each update, at the end of a run so long."""
    run = trainer(1000)
    line = Timeline(run)
    for _ in range(updates):
        run.update += 1
        line.update_made()

    def work() -> None:
        for _ in range(1000):
            run.update += 1
            line.update_made()

    return work


def go_back(updates: int) -> Work:
    """Go ten updates back and forth again, at the end of a run so long."""
    run = trainer(1000)
    line = Timeline(run)
    for _ in range(updates):
        run.step()
        line.update_made()

    def work() -> None:
        line.go_to(updates - 10)
        line.go_to(updates)

    return work


def write(length: int) -> Work:
    """Write so many characters."""
    network, rng = trainer(1000).model, np.random.default_rng(0)
    return lambda: sample(network, np.array([0]), length, 1.0, rng)


def once(_: int) -> float:
    return 1.0


def same(size: int) -> float:
    return float(size)


def thousand(_: int) -> float:
    return 1000.0


CHARACTER = "update, per character"
ROWS = (
    Row(CHARACTER, "H", (64, 128, 256, 512), lambda H: update(H=H), lambda _: 256, 2),
    Row(CHARACTER, "T", (8, 32, 128, 512), lambda T: update(T=T), lambda T: 16.0 * T, 0),
    Row(CHARACTER, "B", (4, 16, 64, 256), lambda B: update(B=B), lambda B: 16.0 * B, 0),
    Row(CHARACTER, "V", (64, 512, 4096), lambda V: update(V=V), lambda _: 256, 1),
    Row(CHARACTER, "layers", (1, 2, 4, 8), lambda n: update(layers=n), lambda _: 256, 1),
    Row("update", "text length", (1_000, 100_000, 10_000_000), lambda n: trainer(n).step, once, 0),
    Row(
        "reading a text, per character", "text length", (10_000, 100_000, 1_000_000), read, same, 0
    ),
    Row("encoding, per character", "V", (100, 1_000, 10_000), look_up, lambda _: 1e5, 0),
    Row("sampling, per character", "length", (50, 200, 800), write, same, 0),
    Row("history, per update", "updates before", (1_000, 30_000, 1_000_000), remember, thousand, 0),
    Row(
        "keeping the past, per update",
        "updates before",
        (1_000, 10_000, 100_000),
        keep,
        thousand,
        0,
    ),
    Row("going back and forth", "updates before", (300, 3_000, 30_000), go_back, once, 0),
    Row("loss chart", "updates before", (2_000, 40_000, 1_000_000), draw_past, once, 0),
    Row("loss chart, not thinned", "points", (1_000, 30_000, 1_000_000), draw_points, once, 1),
    Row(
        "checkpoint",
        "updates before",
        (2_000, 40_000, 1_000_000),
        lambda n: store(after(n)),
        once,
        0,
    ),
    Row("digest of a checkpoint", "H", LARGE, digest_of, once, 2),
    Row("checkpoint", "H", LARGE, lambda H: store(large(H)), once, 2, FRESH_MEMORY),
    Row("capture for going back", "H", LARGE, lambda H: large(H).copy_state, once, 2, FRESH_MEMORY),
)


def seconds(work: Work) -> float:
    """Processor time of one call; as many calls as `LEAST` asks for."""
    calls, begun = 0, time.process_time()
    while (passed := time.process_time() - begun) < LEAST:
        work()
        calls += 1
    return passed / calls


def measure(row: Row, rounds: int) -> list[float]:
    """Cost at every size, in seconds per unit."""
    works = [row.make(size) for size in row.sizes]
    for work in works:
        work()
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    least = [min(column) for column in zip(*times, strict=True)]
    return [found / row.units(size) for found, size in zip(least, row.sizes, strict=True)]


def exponent(sizes: tuple[int, ...], costs: list[float]) -> float:
    """Return the slope between the middle and the last size."""
    middle = len(sizes) // 2
    return math.log(costs[-1] / costs[middle]) / math.log(sizes[-1] / sizes[middle])


def line(row: Row, rounds: int) -> str:
    """Measure a row; one line of the table."""
    costs = measure(row, rounds)
    found = exponent(row.sizes, costs)
    told = ", ".join(
        f"{size:,}: {1e6 * cost:.3g}" for size, cost in zip(row.sizes, costs, strict=True)
    )
    verdict = "as it should" if found <= row.most + row.slack else "too fast"
    return f"| {row.cost} | {row.over} | {told} | {found:+.2f} | ≤ {row.most:g} | {verdict} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often every size takes its turn")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    arguments = parser.parse_args()
    print("| cost | over | size: µs | exponent | should be | |\n" + "|---" * 6 + "|", flush=True)
    for row in ROWS:
        if arguments.only.lower() in f"{row.cost} over {row.over}".lower():
            print(line(row, arguments.rounds), flush=True)


if __name__ == "__main__":
    main()
