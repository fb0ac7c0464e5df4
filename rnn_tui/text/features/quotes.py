"""Which symbols stand inside quotation marks; an apostrophe is none.

Of quotations within quotations the outermost counts. What was opened and not closed ends at an
empty line, as a speech does that goes on in the next paragraph.
"""

import re
from collections.abc import Sequence

import numpy as np

from rnn_tui.text.features.label import Values

_CLOSES = {
    '"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    "‘": "’", "'": "'",
}  # fmt: skip
"""What ends a quotation, by what begins it."""
_APOSTROPHES = "'’"
_OPENING, _CLOSING = re.compile(r"(?<!\w)'(?=\w)"), re.compile(r"[.,;:!?…—-]'(?!\w)")


def inside_quotes(text: Sequence[str]) -> Values:
    """Return 1 for each character that, once it is read, leaves one inside quotation marks.

    Whether ’ after a letter ends a quotation or is an apostrophe, the next character tells: until
    then it counts as the latter.
    """
    straight = _quotes_with_apostrophes("".join(text))
    inside = np.zeros(len(text))
    closing, unsure, before = "", False, "\n"
    for at, here in enumerate(text):
        if (unsure and not _in_word(here)) or here == before == "\n":
            closing = ""
        unsure = False
        if closing:
            if here in closing:
                unsure = here in _APOSTROPHES and _in_word(before)
                closing = closing if unsure else ""
        elif here in _CLOSES and not (here in "'‘" and _in_word(before)):
            closing = _CLOSES[here] if here != "'" or straight else ""
        inside[at] = bool(closing)
        before = here
    return inside


def _quotes_with_apostrophes(text: str) -> bool:
    """Return whether ' stands for quotation marks: it then follows punctuation as it ends one.

    Where it stands for what is left out ('tis), it does not.
    """
    opening = len(_OPENING.findall(text))
    return 0 < opening <= 2 * len(_CLOSING.findall(text))


def _in_word(character: str) -> bool:
    return character.isalnum()
