"""Count what is said of hello's gradient flow: 12 seeds, every 5 updates up to 500.

`python scripts/count_flow.py`
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from rnn_tui.inspection.decay import STEADY, Decay, decay
from rnn_tui.inspection.flow import flow
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

SEEDS, MOMENTS, BETWEEN = 12, 100, 5
HELLO = Path(__file__).parent.parent / "corpora" / "hello.txt"


def moments() -> list[Decay]:
    """Return how the error fades at every moment."""
    corpus, found = read_corpus(HELLO), []
    for seed in range(SEEDS):
        trainer = Trainer(replace(PRESETS["hello"], seed=seed), corpus)
        for _ in range(MOMENTS):
            for _ in range(BETWEEN):
                trainer.step()
            found.append(decay(flow(trainer.model, corpus.ids[:4], corpus.ids[1:5]).whole))
    return found


def main() -> None:
    """Print the counts."""
    counts: Counter[str] = Counter()
    for fade in moments():
        counts["grows"] += fade.reach is None and fade.factor > STEADY
        counts["grows threefold"] += fade.reach is None and bool(fade.shares[fade.end] >= 3)
        counts["exploding"] += fade.exploding
        counts["below 1 % at the end"] += fade.reach is not None
        counts["vanishing"] += fade.vanishing
    print(f"of {SEEDS * MOMENTS:,} moments:")
    for what, count in counts.items():
        print(f"{count:6,}  {what}")


if __name__ == "__main__":
    main()
