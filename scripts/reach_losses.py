"""Networks that see just far enough, and one symbol less, on a text with one fixed distance.

    python scripts/reach_losses.py [--epochs 20] [--seeds 5]

Lines as `4abcdefghijklm=4`: a digit by chance, thirteen letters, and after = the digit once more.
After = the digit is the fifteenth symbol back, counted with = itself. A Markdown table, nats per
character: the median of the seeds' lowest validation losses, and their range. Takes some minutes.
"""

import argparse
import math
import random
from statistics import median
from string import ascii_lowercase

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.models.registry import named, spec_of  # noqa: E402
from rnn_tui.text.corpus import Corpus, corpus_from_bytes  # noqa: E402
from rnn_tui.training.settings.choose import choose_config  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

GAP, LINES, DIGITS = 13, 1_000, "12345678"
NETWORKS: tuple[tuple[str, dict[str, int]], ...] = (
    ("dense", {"context": GAP + 1, "hidden_size": 64}),
    ("dense", {"context": GAP + 2, "hidden_size": 64}),
    ("cnn", {"kernel_size": 3, "num_layers": 2, "hidden_size": 64}),
    ("cnn", {"kernel_size": 2, "num_layers": 3, "hidden_size": 64}),
    ("cnn", {"kernel_size": 3, "num_layers": 3, "hidden_size": 64}),
    ("rnn", {"hidden_size": 128}),
    ("lstm", {"hidden_size": 64}),
)


def text() -> Corpus:
    """Return the lines, always the same."""
    dice = random.Random(0)
    digits = (dice.choice(DIGITS) for _ in range(LINES))
    lines = (f"{digit}{ascii_lowercase[:GAP]}={digit}\n" for digit in digits)
    return corpus_from_bytes("".join(lines).encode(), "fixed distance")


def lowest(corpus: Corpus, network: str, sizes: dict[str, int], epochs: int, seed: int) -> Trainer:
    """Train one network to the end."""
    given = {**named(network), **sizes, "epochs": epochs, "seed": seed}
    trainer = Trainer(choose_config(corpus, None, given)[0], corpus)
    while not trainer.finished_reason():
        trainer.step()
    trainer.validate()
    return trainer


def row(corpus: Corpus, network: str, sizes: dict[str, int], epochs: int, seeds: int) -> str:
    """One row: the network, its reach, its weights, what it reaches."""
    runs = [lowest(corpus, network, sizes, epochs, seed) for seed in range(seeds)]
    config, losses = runs[0].config, []
    for run in runs:
        losses.append(min(loss for _, loss in run.history.validations))
    spec, weights = spec_of(config), runs[0].model.flat.size
    reach = spec.reach(config) or "no end"
    told = f"{median(losses):.3f} ({min(losses):.3f}–{max(losses):.3f})"
    name = f"{spec.title(config)} {spec.size(config)}"
    return f"| {name} | {reach} | {weights:,} | {runs[0].update:,} | {told} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    arguments, corpus = parser.parse_args(), text()
    floor = math.log(len(DIGITS)) / (GAP + 4)
    print(f"least possible {floor:.3f}; who does not know the digit: {2 * floor:.3f}\n")
    print("| network | sees | weights | updates | validation, lowest: median (range) |")
    print("|:--|--:|--:|--:|--:|")
    for network, sizes in NETWORKS:
        print(row(corpus, network, sizes, arguments.epochs, arguments.seeds), flush=True)


if __name__ == "__main__":
    main()
