"""Train on corpora/korean.txt syllable by syllable and letter by letter; print what is reached.

    python scripts/korean_losses.py [--epochs 40]

The default settings and seed; a Markdown table. Per character is per letter times the letters that
a character of the validation part has, so that both rows measure the same thing. Half a minute.
"""

import argparse
from pathlib import Path
from typing import get_args

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.text.corpus import TextOptions, read_corpus  # noqa: E402
from rnn_tui.text.vocab import Units  # noqa: E402
from rnn_tui.training.settings.choose import choose_config  # noqa: E402
from rnn_tui.training.trainer import Trainer  # noqa: E402

TEXT = Path(__file__).resolve().parents[1] / "corpora" / "korean.txt"


def row(units: Units, epochs: int) -> str:
    """One row: vocabulary, updates, the lowest validation loss per symbol and per character."""
    corpus = read_corpus(TEXT, TextOptions(units=units))
    config, _ = choose_config(corpus, None, {"epochs": epochs})
    trainer = Trainer(config, corpus)
    while not trainer.finished_reason():
        trainer.step()
    trainer.validate()
    lowest = min(loss for _, loss in trainer.history.validations)
    per_character = len(trainer.val_ids) / len(corpus.vocab.decode(trainer.val_ids))
    return (
        f"| {units} | {len(corpus.vocab)} | {trainer.update:,} | {trainer.model.flat.size:,} "
        f"| {lowest:.3f} | {lowest * per_character:.3f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=40)
    epochs = parser.parse_args().epochs
    print("| units | vocabulary | updates | weights | validation, lowest | per character |")
    print("|:--|--:|--:|--:|--:|--:|")
    for units in get_args(Units):
        if units != "byte":
            print(row(units, epochs), flush=True)


if __name__ == "__main__":
    main()
