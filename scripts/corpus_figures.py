"""Print what one can know about each text of corpora/ without a network, as a Markdown table.

    python scripts/corpus_figures.py [FILE ...]

Uniform is ln V, unigram and bigram are the entropies of the text, all in nats per character.
Held-out bigram is counted on the part of the text that is trained on and tested on the part that is
kept for validation, where one is; the last column is the least loss possible, where a text was made
by rule and the rule says it.
"""

import math
import sys
from pathlib import Path

from make_corpora import FOLDER, MAKERS, make

from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.entropy import bigram_entropy, held_out_bigram, unigram_entropy
from rnn_tui.text.streams import split
from rnn_tui.training.settings.choose import choose_config

LEAST = {f"{maker.__name__}.txt": maker for maker in MAKERS}
HEAD = (
    "| text | characters | symbols | uniform | unigram | bigram | held-out bigram "
    "| least possible |"
)
RULE = "|:--|--:|--:|--:|--:|--:|--:|--:|"


def row(path: Path) -> str:
    corpus = read_corpus(path)
    size = len(corpus.vocab)
    nats = (
        math.log(size),
        unigram_entropy(corpus.ids, size),
        bigram_entropy(corpus.ids, size),
    )
    least = f"{make(LEAST[path.name])[1]:.3f}" if path.name in LEAST else ""
    learned, tested = split(corpus.ids, choose_config(corpus)[0].val_fraction)
    held_out = held_out_bigram(learned, tested, size)
    figures = " | ".join("" if nat is None else f"{nat:.3f}" for nat in (*nats, held_out))
    return f"| {path.name} | {len(corpus.ids):,} | {size:,} | {figures} | {least} |"


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    print(HEAD, RULE, *map(row, paths), sep="\n")
