"""Train hello as the screen does and print when the smoothed loss is below 0.1, seed by seed.

    python scripts/hello_times.py [--seeds 12]

A Markdown table; seconds are updates over the screen's pace. The last line sums it up.
"""

import argparse
from dataclasses import replace

from rnn_tui.commands.runs.pace import HELLO_PACE
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

BELOW = 0.1


def updates_needed(corpus: Corpus, seed: int) -> int:
    """After so many updates the smoothed loss is below `BELOW`."""
    trainer = Trainer(replace(PRESETS["hello"], seed=seed), corpus)
    while trainer.step().smoothed >= BELOW:
        pass
    return trainer.update


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=12)
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    needed = [updates_needed(corpus, seed) for seed in range(parser.parse_args().seeds)]
    print("| seed | updates | seconds |\n|--:|--:|--:|")
    for seed, updates in enumerate(needed):
        print(f"| {seed} | {updates} | {updates / HELLO_PACE:.1f} |")
    shortest, longest = (round(updates / HELLO_PACE) for updates in (min(needed), max(needed)))
    print(
        f"\nseed 0: {needed[0] / HELLO_PACE:.0f} s; {len(needed)} seeds: {shortest} to {longest} s"
    )


if __name__ == "__main__":
    main()
