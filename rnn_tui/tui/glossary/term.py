"""One entry of the glossary, and how it is found."""

from collections.abc import Iterable
from dataclasses import dataclass

from rnn_tui.keys.key import Scope


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a symbol, or a question, and what is to be said of it."""

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


def found(terms: Iterable[Term], wanted: str) -> list[Term]:
    """Return the terms that have `wanted` in them: those named so first, then those so told."""
    sought = wanted.strip().casefold()
    named = [term for term in terms if sought in term.title.casefold()]
    told = [term for term in terms if sought in term.text.casefold() and term not in named]
    beginning = [term for term in named if term.title.casefold().startswith(sought)]
    return [*beginning, *(term for term in named if term not in beginning), *told]
