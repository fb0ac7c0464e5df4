"""Print what one can know about each text of corpora/ without a network, as a Markdown table.

    python scripts/corpus_figures.py [FILE ...]

Uniform is ln V, unigram and bigram are the entropies of the text, all in nats per character; the
last column is the least loss possible, where a text was made by rule and the rule says it.
"""

import math
import sys
from pathlib import Path

from make_corpora import FOLDER, MAKERS, make

from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.entropy import bigram_entropy, unigram_entropy

LEAST = {f"{maker.__name__}.txt": maker for maker in MAKERS}
HEAD = "| text | characters | symbols | uniform | unigram | bigram | least possible |"
RULE = "|:--|--:|--:|--:|--:|--:|--:|"


def row(path: Path) -> str:
    corpus = read_corpus(path)
    size = len(corpus.vocab)
    nats = (
        math.log(size),
        unigram_entropy(corpus.ids, size),
        bigram_entropy(corpus.ids, size),
    )
    least = f"{make(LEAST[path.name])[1]:.3f}" if path.name in LEAST else ""
    figures = " | ".join(f"{value:.3f}" for value in nats)
    return f"| {path.name} | {len(corpus.ids):,} | {size:,} | {figures} | {least} |"


if __name__ == "__main__":
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    print(HEAD, RULE, *map(row, paths), sep="\n")
