"""What was turned while training ran, as its mark says it."""

import re

from rnn_tui.language import Phrase, mark, tr

_WORDS = {"diverged": mark("diverged"), "clip": mark("clip"), "none": mark("none")}
"""Of ours: marks are kept in files, in English."""
_ANY = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def spoken(label: str) -> str:
    """Return a mark in the language that is spoken: `lr 0.03→0.1`, `clip none→1`."""
    said = tr(label) if isinstance(label, Phrase) else label
    return _ANY.sub(lambda word: tr(_WORDS[word[0]]), said)
