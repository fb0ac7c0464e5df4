"""Train on each text of corpora/ as its README says and print the loss that is reached.

    python scripts/corpus_losses.py [NAME.txt ...]

The default settings and seed; a Markdown table, nats per character. Takes some minutes.
"""

import re
import sys
import time
from pathlib import Path

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.text.corpus import read_corpus  # noqa: E402
from rnn_tui.training.settings.choose import choose_config  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "corpora"
COMMAND = re.compile(r"`rnn-tui train corpora/(\S+) --(epochs|updates) (\d+)`")


def reached(name: str, rule: str, count: int) -> str:
    """One row: the smoothed loss, the lowest and the last validation loss, and the time."""
    corpus = read_corpus(FOLDER / name)
    config, _ = choose_config(corpus, None, {rule: count})
    trainer = Trainer(config, corpus)
    started = time.perf_counter()
    while not trainer.finished_reason():
        trainer.step()
    trainer.validate()
    losses = [loss for _, loss in trainer.history.validations]
    validation = f"{min(losses):.3f} | {losses[-1]:.3f}" if losses else "– | –"
    seconds = time.perf_counter() - started
    network = f"{config.cell.upper()} {config.num_layers}×{config.hidden_size}"
    return (
        f"| {name} | {network} | {trainer.update:,} | {trainer.history.smoothed:.3f} "
        f"| {validation} | {seconds:.0f} s |"
    )


def main() -> None:
    asked = sys.argv[1:]
    print("| text | network | updates | loss, smoothed | validation, lowest | last | time |")
    print("|:--|:--|--:|--:|--:|--:|--:|")
    for name, rule, count in COMMAND.findall((FOLDER / "README.md").read_text()):
        if not asked or name in asked:
            print(reached(name, rule, int(count)), flush=True)


if __name__ == "__main__":
    main()
