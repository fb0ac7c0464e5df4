"""One entry of the glossary, and how it is found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rnn_tui.keys.key import Scope
from rnn_tui.language import ENGLISH, tr, used

_WORD = re.compile("[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a symbol, or a question, and what is to be said of it, in English."""

    name: str
    """As it stands on the screens."""
    text: str
    """Whole sentences; `{train.step}` stands for that key."""
    pages: tuple[Scope, ...] = ()
    """The screens on which the word stands."""
    also: str = ""
    """Other names that are in use, and the textbook's symbol."""

    @property
    def title(self) -> str:
        """The name with the others behind it."""
        return f"{self.name} · {self.also}" if self.also else self.name

    @property
    def sentences(self) -> list[str]:
        """What can be translated: all but symbols."""
        return [text for text in (self.name, self.text, self.also) if _WORD.search(text)]

    def said(self) -> "Term":
        """Return it in the language that is spoken, a word with the English one behind it."""
        name, also = tr(self.name), tr(self.also)
        if used() != ENGLISH and name != self.name and not self.name.endswith("?"):
            also = f"{self.name}, {also}" if also else self.name
        return replace(self, name=name, text=tr(self.text), also=also)


def found(terms: Iterable[Term], wanted: str) -> list[Term]:
    """Return the terms that have `wanted` in them: those named so first, then those so told."""
    sought = wanted.strip().casefold()
    named = [term for term in terms if sought in term.title.casefold()]
    told = [term for term in terms if sought in term.text.casefold() and term not in named]
    beginning = [term for term in named if term.title.casefold().startswith(sought)]
    return [*beginning, *(term for term in named if term not in beginning), *told]
