"""Print the table of corpora/README.md of how far back distance.txt can be read out of a state.

    python scripts/memory_spans.py [rnn lstm gru] [--seeds 3]

By the default settings, at some updates: the median span of the seeds, its range, and the median of
the losses. Takes a few minutes for each cell.
"""

import argparse
from statistics import mean, median
from typing import get_args

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.inspection.memory.span.looking_back import memory_span  # noqa: E402
from rnn_tui.nn.names import CellName  # noqa: E402
from rnn_tui.text.built_in import file_or_built_in  # noqa: E402
from rnn_tui.text.corpus import Corpus, read_corpus  # noqa: E402
from rnn_tui.training.settings.choose import choose_config  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

AT = (0, 500, 1_000, 1_600, 3_000)
"""Updates."""
BACK, SMOOTHED = 30, 100


def course(corpus: Corpus, cell: str, seed: int) -> list[tuple[float, int]]:
    """Return loss and span of one network at each of `AT`; -1 is none."""
    trainer = Trainer(choose_config(corpus, None, {"cell": cell, "seed": seed})[0], corpus)
    losses, found = [], []
    for updates in AT:
        while trainer.update < updates:
            losses.append(trainer.step().loss)
        span = memory_span(trainer.model, corpus.ids, BACK).steps
        found.append((mean(losses[-SMOOTHED:] or [0.0]), -1 if span is None else span))
    return found


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cells", nargs="*", default=get_args(CellName))
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    corpus = read_corpus(file_or_built_in("distance"))
    print("| cell | " + " | ".join(f"{updates:,} updates" for updates in AT) + " |")
    print("|:--" * (1 + len(AT)) + "|")
    for cell in options.cells:
        cells = []
        for at in zip(*(course(corpus, cell, seed) for seed in range(options.seeds)), strict=True):
            losses, spans = zip(*at, strict=True)
            loss = f" at {median(losses):.3f}" if any(losses) else ""
            cells.append(f"{median(spans):.0f} ({min(spans)}–{max(spans)}){loss}")
        print(f"| {cell.upper()} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
