"""Going back in training time: how long it takes, what it holds, what it costs training.

    python -m benchmarks.bench_rewind [--quick]

hello is trained for 20,000 updates and put to random ones of them; each time the state is compared
with that of the first pass, bit for bit, by a digest. The same for an LSTM 2×512 in the same budget
of bytes, for fewer updates. The cost is processor time with a timeline against without one, taking
turns, the least of the rounds.
"""
# ruff: noqa: E402

from rnn_tui.threads import one_thread

one_thread()

import argparse
import hashlib
import sys
import time
from dataclasses import replace

import numpy as np

from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.timeline import BUDGET, Timeline
from rnn_tui.training.trainer import Trainer

LARGE = Config(
    preset="auto", cell="lstm", hidden_size=512, num_layers=2, seq_length=16, batch_size=4,
    learning_rate=1e-3,
)  # fmt: skip
PROSE = b"The tide came in, the tide went out, and no one had told it to. " * 40


def fingerprint(trainer: Trainer) -> bytes:
    """Of all that decides the next update."""
    state = trainer.copy_state()
    total = hashlib.blake2b(state.flat.tobytes(), digest_size=16)
    for name in sorted(state.slots):
        total.update(state.slots[name].tobytes())
    for layer in state.hidden:
        for part in layer:
            total.update(part.tobytes())
    total.update(repr((state.update, state.knobs, state.count)).encode())
    return total.digest()


def journeys(name: str, config: Config, corpus: Corpus, updates: int, targets: int) -> int:
    """Train, go to random updates, and print a row; 1 if a state was another one."""
    trainer = Trainer(config, corpus)
    timeline = Timeline(trainer)
    passed = [fingerprint(trainer)]
    for _ in range(updates):
        trainer.step()
        timeline.update_made()
        passed.append(fingerprint(trainer))
    rng, took, wrong = np.random.default_rng(0), [], 0
    for update in rng.integers(0, updates + 1, targets).tolist():
        start = time.perf_counter()
        timeline.go_to(update)
        took.append(1e3 * (time.perf_counter() - start))
        wrong += fingerprint(trainer) != passed[update]
    p50, p95, worst = np.percentile(took, (50, 95, 100))
    print(
        f"| {name} | {updates:,} | {targets:,} | {targets - wrong:,} | {p50:,.1f} | {p95:,.1f} | "
        f"{worst:,.1f} | {timeline.count} | {timeline.size / 2**20:,.1f} of {BUDGET >> 20} |",
        flush=True,
    )
    return int(wrong > 0)


def cost(config: Config, corpus: Corpus, updates: int, rounds: int) -> float:
    """Return how much longer training takes with a timeline, in percent."""
    least = {True: np.inf, False: np.inf}
    for _ in range(rounds):
        for keeping in (True, False):
            trainer = Trainer(config, corpus)
            timeline = Timeline(trainer)
            start = time.process_time()
            for _ in range(updates):
                report = trainer.step()
                if keeping and report.update >= timeline.due:
                    timeline.update_made()
            least[keeping] = min(least[keeping], time.process_time() - start)
    return float(100 * (least[True] / least[False] - 1))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    share = 10 if parser.parse_args().quick else 1
    hello = corpus_from_bytes(b"hello", "hello")
    prose = corpus_from_bytes(PROSE, "prose")
    flat_out = replace(PRESETS["hello"], speed=0.0)
    print("| run | updates | targets | same bits | p50, ms | p95, ms | worst, ms | states | MiB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    code = journeys("hello", flat_out, hello, 20_000 // share, 1_000 // share)
    code |= journeys("LSTM 2×512", LARGE, prose, 300 // share, 30 // share)
    print("\n| run | cost of keeping the past |\n|---|---|")
    print(f"| hello | {cost(flat_out, hello, 8_000 // share, 7):.1f} % |", flush=True)
    print(f"| LSTM 2×512 | {cost(LARGE, prose, 80 // share, 3):.1f} % |")
    return code


if __name__ == "__main__":
    sys.exit(main())
