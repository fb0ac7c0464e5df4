"""Which units follow what in the corpora, and how often something is claimed of random labels.

    python scripts/unit_labels.py [--seeds 5] [NAME ...]

A Markdown table. Each network is trained anew from each seed; for a label the unit that follows it
best is chosen on one half of the text read and measured on the other, as `rnn-tui inspect --units`
does: AUC, or of numbers the correlation; median over the seeds, and their range. The last column
says in how many of twenty runs something is claimed of random labels, as many and as frequent as
the text's own, that hang together over some ten symbols. Takes ten minutes.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rnn_tui.threads import one_thread

one_thread()

import numpy as np  # noqa: E402

from rnn_tui.inspection.memory.units.following import (  # noqa: E402
    Units,
    finished,
    following,
    symbols_read,
)
from rnn_tui.inspection.memory.units.measures import auc  # noqa: E402
from rnn_tui.inspection.memory.units.reading import layer_widths  # noqa: E402
from rnn_tui.inspection.memory.units.search import Followed, search  # noqa: E402
from rnn_tui.models.registry import spec_of  # noqa: E402
from rnn_tui.text.corpus import Corpus, TextOptions, read_corpus  # noqa: E402
from rnn_tui.text.features.label import Label  # noqa: E402
from rnn_tui.text.features.labels import labels_of  # noqa: E402
from rnn_tui.training.settings.choose import choose_config  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

FOLDER = Path(__file__).parents[1] / "corpora"
RUNS, HANGS = 20, 0.9


class Case(NamedTuple):
    """A network on a text, and the labels to tell of."""

    text: str
    units: str
    settings: dict[str, int]
    kinds: str
    labels: tuple[str, ...]


DEPTH = ("with the depth of brackets", "inside brackets")
ENGLISH = ("along the line", "inside quotes", "at the start of a word", "at vowels")
KOREAN = ("along the line", "inside quotes", "at spaces")
CASES = (
    Case("brackets", "char", {"epochs": 40}, "hc", DEPTH),
    Case("brackets", "char", {"epochs": 160, "hidden_size": 16}, "hc", DEPTH),
    Case("tidebook", "char", {"epochs": 40}, "hc", ENGLISH),
    Case("korean", "char", {"epochs": 40}, "hc", (*KOREAN, "at syllables with a final consonant")),
    Case("korean", "jamo", {"epochs": 40}, "hc", (*KOREAN, "at final consonants", "at vowels")),
)


def trained(corpus: Corpus, settings: dict[str, int], seed: int) -> Trainer:
    """Train one network to the end."""
    trainer = Trainer(choose_config(corpus, None, {**settings, "seed": seed})[0], corpus)
    while not trainer.finished_reason():
        trainer.step()
    return trainer


def best(followed: Followed, words: str) -> str | float:
    """Return the measure of the unit that follows a label best; a dash where none is claimed."""
    number = [label.words for label in followed.labels].index(words)
    if not followed.by_unit_claimed[number]:
        return "–"
    strength = abs(float(followed.by_unit[number]))
    return strength if followed.labels[number].number else auc(strength)


def random_labels(like: list[Label], rng: np.random.Generator) -> list[Label]:
    """Return labels of chance, as frequent as the given ones."""
    noise = rng.normal(size=(len(like[0].values), len(like)))
    for t in range(1, len(noise)):
        noise[t] += HANGS * noise[t - 1]
    made = []
    for label, drawn in zip(like, noise.T, strict=True):
        share = 0.0 if label.number else 1 - label.values.mean()
        so = drawn if label.number else (drawn > np.quantile(drawn, share)).astype(np.float64)
        made.append(Label("random", so, label.number))
    return made


def claims(found: Units, labels: list[Label], runs: range) -> int:
    """Count the runs in which anything is claimed of random labels."""
    count = 0
    for run in runs:
        steps = search(found.values, random_labels(labels, np.random.default_rng(run)))
        while True:
            try:
                next(steps)
            except StopIteration as end:
                count += bool(end.value.claimed.any() or end.value.by_unit_claimed.any())
                break
    return count


def told(measures: list[str | float]) -> str:
    """Return the median and the range of what was claimed, and of how many seeds."""
    numbers = [one for one in measures if isinstance(one, float)]
    if not numbers:
        return f"none claimed | 0 of {len(measures)}"
    spread = f"{median(numbers):.2f} ({min(numbers):.2f}–{max(numbers):.2f})"
    return f"{spread} | {len(numbers)} of {len(measures)}"


def rows(case: Case, seeds: int) -> None:
    """Print a case's rows."""
    options = TextOptions(units=case.units)  # type: ignore[arg-type]
    corpus = read_corpus(FOLDER / f"{case.text}.txt", options)
    measures: dict[tuple[str, str], list[str | float]] = defaultdict(list)
    by_chance: dict[str, int] = defaultdict(int)
    for seed in range(seeds):
        trainer = trained(corpus, case.settings, seed)
        count = symbols_read(len(corpus.ids), sum(layer_widths(trainer.model)))
        labels = labels_of(corpus.vocab, corpus.ids[:count])
        for kind in case.kinds:
            found = finished(following(trainer.model, corpus.ids[:count], kind, labels))
            for words in case.labels:
                measures[kind, words].append(best(found.followed, words))
            share = RUNS // seeds or 1
            by_chance[kind] += claims(found, labels, range(seed * share, (seed + 1) * share))
    spec, config = spec_of(trainer.config), trainer.config
    name = f"{case.text}.txt" + (" (jamo)" if case.units == "jamo" else "")
    network = f"{spec.title(config)} {spec.size(config)}"
    runs = (RUNS // seeds or 1) * seeds
    for (kind, words), found_ones in measures.items():
        chance = f"{by_chance[kind]} of {runs}" if words == case.labels[0] else ""
        head = f"| {name} | {network} | {trainer.update:,} | {kind} | {words}"
        print(f"{head} | {told(found_ones)} | {chance} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("names", nargs="*", metavar="NAME", help="texts, without .txt")
    arguments = parser.parse_args()
    print(
        "| text | network | updates | of | label | best unit: median (range) | claimed | random |"
    )
    print("|:--|:--|--:|:--|:--|--:|--:|--:|")
    for case in CASES:
        if not arguments.names or case.text in arguments.names:
            rows(case, arguments.seeds)


if __name__ == "__main__":
    main()
