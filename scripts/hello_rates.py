"""Train hello at several learning rates over several seeds; print how many runs learn it.

    python scripts/hello_rates.py [--seeds 12] [--updates 2000]

A Markdown table. A run has learned hello where the mean loss of its last hundred updates is below
0.1; at 0.347, the bigram line, or above it has not: it cannot tell the two l apart. "From the
first update" has the rate from update 0; "turned at update 300" has the preset's rate until then.
One to two minutes.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.text.corpus import Corpus, corpus_from_bytes  # noqa: E402
from rnn_tui.training.settings.presets import PRESETS  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

RATES = (0.03, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
LEARNED, LAST, TURNED = 0.1, 100, 300
LATER = f"turned at update {TURNED}"


@dataclass(frozen=True, slots=True)
class Runs:
    """How the runs at one rate ended, a count of seeds each."""

    learned: int
    stuck: int
    """Still training, and above `LEARNED`."""
    stopped: int
    """By divergence."""

    def __str__(self) -> str:
        return f"{self.learned} | {self.stuck} | {self.stopped}"


def ended(corpus: Corpus, rate: float, turned_at: int, seed: int, updates: int) -> str:
    """Return how one run ended: `learned`, `stuck` or `stopped`."""
    trainer = Trainer(replace(PRESETS["hello"], seed=seed), corpus)
    losses: list[float] = []
    while trainer.update < turned_at + updates:
        if trainer.update == turned_at:
            trainer.set_learning_rate(rate)
        report = trainer.step()
        if report.diverged:
            return "stopped"
        losses.append(report.loss)
    return "learned" if np.mean(losses[-LAST:]) < LEARNED else "stuck"


def runs(rate: float, turned_at: int, seeds: int, updates: int) -> Runs:
    """Return the runs of seeds 0, 1, … at a rate."""
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    with np.errstate(all="ignore"):
        found = Counter(ended(corpus, rate, turned_at, seed, updates) for seed in range(seeds))
    return Runs(found["learned"], found["stuck"], found["stopped"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--updates", type=int, default=2000)
    options = parser.parse_args()
    print(f"| rate | learned | stuck | stopped | learned, {LATER} | stuck | stopped |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for rate in RATES:
        both = [runs(rate, at, options.seeds, options.updates) for at in (0, TURNED)]
        print(f"| {rate:g} | {both[0]} | {both[1]} |", flush=True)


if __name__ == "__main__":
    main()
