"""A label of the user's own: a regular expression, so at every symbol that a match covers."""

import re
import warnings

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.text.characters import characters
from rnn_tui.text.features.label import Label
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import IntArray, Vocab

LONGEST = 500
"""Characters of a pattern."""
_SHOWN = 40


def pattern_label(vocab: Vocab, ids: IntArray, pattern: str) -> Label:
    r"""Return where a pattern's matches are, one after the other; ^ and $ are those of lines.

    Some patterns, as (a+)+b, take for ever on some texts: whoever asks sets a time limit.

    Raises:
        InputError: It is no regular expression.
    """
    regex = _compiled(pattern)
    pairs = [*characters(vocab, [vocab.symbols[id] for id in ids.tolist()])]
    whole = "".join(text for text, _ in pairs)
    covered = np.zeros(len(whole))
    for match in regex.finditer(whole):
        covered[match.start() : match.end()] = 1
    # A piece of text is a character, but for the empty one of a mark that keeps letters apart.
    sizes = [len(text) for text, _ in pairs]
    starts = np.minimum(np.cumsum([0, *sizes])[:-1], len(whole) - 1)
    values = np.repeat(covered[starts], [count for _, count in pairs])
    return Label(f"at {shown(pattern)}", values)


def shown(pattern: str) -> str:
    """Return a pattern, or its beginning, safe to paint."""
    return visible(pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…")


def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > LONGEST:
        raise InputError(
            f"the pattern has {len(pattern):,} characters, at most {LONGEST:,} are read"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets within sets, as they may be meant one day
            return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        at = "" if error.pos is None else f" at character {error.pos + 1}"
        raise InputError(
            f"no regular expression: {shown(pattern)}: {visible(error.msg)}{at}"
        ) from None
    except (RecursionError, OverflowError):
        raise InputError(f"too complicated a regular expression: {shown(pattern)}") from None
