"""Five networks of about as many weights on each text that tells them apart; print what is reached.

    python scripts/network_losses.py [NAME.txt ...] [--seeds 5]

As long as `corpora/README.md` trains each text, with the settings chosen for it but for the hidden
units, which make the weights as equal as can be. A Markdown table, nats per character: the median
of the seeds' lowest validation losses, and their range. Takes half an hour.
"""

import argparse
from dataclasses import replace
from statistics import median

from corpus_losses import COMMAND, FOLDER  # which sees to one thread

from rnn_tui.models.registry import named, spec_of
from rnn_tui.nn.names import networks
from rnn_tui.text.corpus import Corpus, TextOptions, read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.memory import weights
from rnn_tui.training.trainer import Trainer

TEXTS = ("distance.txt", "brackets.txt", "count.txt", "sums.txt", "tidebook.txt", "korean.txt")
LETTERS = ("korean.txt",)
"""Read letter by letter: 583 syllables would leave no weights for anything else."""
WEIGHTS = 15_000


def sized(corpus: Corpus, network: str, rule: str, count: int) -> Config:
    """Return the settings for a text, with hidden units for so many weights."""
    config, _ = choose_config(corpus, None, {**named(network), rule: count})
    sizes = (replace(config, hidden_size=size) for size in range(4, 1_000))
    V = len(corpus.vocab)
    return min(sizes, key=lambda config: abs(weights(config, V) - WEIGHTS))


def lowest(config: Config, corpus: Corpus) -> float:
    """Train to the end; the lowest validation loss."""
    trainer = Trainer(config, corpus)
    while not trainer.finished_reason():
        trainer.step()
    trainer.validate()
    return min(loss for _, loss in trainer.history.validations)


def row(name: str, rule: str, count: int, seeds: int) -> str:
    """One row: what every network reaches, and how large it is."""
    options = TextOptions(units="jamo" if name in LETTERS else "char")
    corpus, cells = read_corpus(FOLDER / name, options), []
    for network in networks():
        config = sized(corpus, network, rule, count)
        losses = [lowest(replace(config, seed=seed), corpus) for seed in range(seeds)]
        told = f"{median(losses):.3f} ({min(losses):.3f}–{max(losses):.3f})"
        cells.append(f"{told}, {spec_of(config).size(config)}")
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=TEXTS, metavar="NAME.txt")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"| text | {' | '.join(name.upper() for name in networks())} |")
    print("|:--" * (1 + len(networks())) + "|")
    for name, rule, count in COMMAND.findall((FOLDER / "README.md").read_text()):
        if name in arguments.names:
            print(row(name, rule, int(count), arguments.seeds), flush=True)


if __name__ == "__main__":
    main()
