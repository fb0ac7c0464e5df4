"""What the program says, in the language of who reads it.

The English sentence is the template, and the key under which its translation is found
(`ko.po`, compiled `ko.mo`); what has no translation stays English.
`tr` says a sentence now. `mark` notes one that stands in a table and is said where it is drawn.
`phrase` makes a sentence where nobody knows yet who reads it: English for logs and programs, and on
its way through the pipe it keeps its template and values, so that a screen says it with `tr`.
"""

from rnn_tui.language.cells import cells, padded
from rnn_tui.language.choice import AUTO, language_of
from rnn_tui.language.counts import counted, several
from rnn_tui.language.sentences import (
    ENGLISH,
    Phrase,
    joined,
    languages,
    mark,
    next_one,
    phrase,
    sentence,
    tr,
    tr_of,
    use,
    used,
)

__all__ = [
    "AUTO", "ENGLISH", "Phrase", "cells", "counted", "joined", "language_of", "languages", "mark",
    "next_one", "padded", "phrase", "sentence",
    "several", "tr", "tr_of", "use", "used",
]  # fmt: skip
