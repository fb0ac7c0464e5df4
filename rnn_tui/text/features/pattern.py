"""A label of the user's own: a regular expression, so at every symbol that a match covers."""

import re
import warnings

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
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
    return Label(phrase("at {pattern}", pattern=f"/{shown(pattern)}/"), values)


def shown(pattern: str) -> str:
    """Return a pattern, or its beginning, safe to paint."""
    return visible(pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…")


def _compiled(pattern: str) -> re.Pattern[str]:
    if len(pattern) > LONGEST:
        raise InputError(
            phrase(
                "the pattern has {count} characters, at most {most} are read",
                count=f"{len(pattern):,}",
                most=f"{LONGEST:,}",
            )
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets within sets, as they may be meant one day
            return re.compile(pattern, re.MULTILINE)
    except re.error as error:
        at = "" if error.pos is None else phrase(" at character {place}", place=error.pos + 1)
        raise InputError(
            phrase(
                "no regular expression: {pattern}: {error}{at}",
                pattern=shown(pattern),
                error=visible(error.msg),
                at=at,
            )
        ) from None
    except (RecursionError, OverflowError):
        said = phrase("too complicated a regular expression: {pattern}", pattern=shown(pattern))
        raise InputError(said) from None
