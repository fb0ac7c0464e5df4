"""How much memory a viewer may take, so that one cannot take what the others need."""

import sys
from contextlib import suppress

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.memory import needed

ROOM = 512 << 20
"""Bytes for a process without text and network. Measured with `hello` (VmData): the screen 102 MB
at 80 by 24, 111 MB at 400 by 120; the worker 95 MB, to which moments of the past add up to 256."""

PER_SYMBOL = 16
"""Bytes for a symbol of the text; reading 7 million Korean ones took 5 each."""


def room(config: Config, corpus: Corpus) -> int:
    """Bytes that each process of a viewer may take; twice what the network is known to need."""
    return ROOM + PER_SYMBOL * len(corpus.ids) + 2 * needed(config, len(corpus.vocab))


def limit(process: int, size: int) -> None:
    """Hold a process, and those it starts, to so many bytes each; Linux alone can do that.

    RLIMIT_DATA and not RLIMIT_AS: of the 250 MB of addresses that the worker asks for, 95 MB are
    data; the rest are libraries that all share.
    """
    if sys.platform == "linux":
        import resource

        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_DATA, (size, size))
