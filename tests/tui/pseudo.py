"""A language that no one speaks: what is translated is in letters of another alphabet."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from unittest.mock import patch

from babel.messages.pofile import read_po

import rnn_tui.language
from rnn_tui.language import sentences

_FIELD = re.compile(r"(\{[\w.]+\}|\$\w+)")
_LETTERS = str.maketrans(
    {
        chr(a + i): chr(b + i)
        for a, b in ((ord("a"), ord("а")), (ord("A"), ord("А")))
        for i in range(26)
    }
)


@cache
def templates() -> frozenset[str]:
    """Return what every language has a translation of: a test holds the catalogs to that."""
    catalog = Path(rnn_tui.language.__file__).with_name("ko.po")
    with catalog.open("rb") as file:
        return frozenset(message.id for message in read_po(file, locale="ko"))


class Catalog(NullTranslations):
    """Each sentence as long as in English; one that is in no catalog stays English."""

    def gettext(self, message: str) -> str:
        """Write it in Cyrillic, but for what is to be put in."""
        if message not in templates():
            return message
        pieces = enumerate(_FIELD.split(message))
        return "".join(piece if at % 2 else piece.translate(_LETTERS) for at, piece in pieces)

    def pgettext(self, context: str, message: str) -> str:
        """Write it in Cyrillic: what it means there does not matter."""
        return self.gettext(message)


@contextmanager
def pseudo() -> Iterator[None]:
    """Speak it."""
    with patch.object(sentences._Present, "catalog", Catalog()):
        yield
