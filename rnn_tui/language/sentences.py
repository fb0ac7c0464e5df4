"""Templates, and what is said with them."""

import os
import re
from collections.abc import Iterable
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "en"
"""What the templates are in."""
_FIELD = re.compile(r"\{(\w+)\}")
"""A name of a value; that of a key (`{train.step}`) has a dot, and is not for us."""


def _catalogs() -> "Path":
    """Return the folder where a language is a file: `ko.po`, from which `ko.mo` is made."""
    from pathlib import Path  # slow to import, and `--help` needs none

    return Path(__file__).parent


class _Present:
    """The language that is spoken."""

    name = ENGLISH
    catalog = NullTranslations()


def languages() -> tuple[str, ...]:
    """Return the languages there are, English first."""
    # Without pathlib: `--help` lists them, and has not imported it.
    names = [entry.name for entry in os.scandir(__file__.rpartition(os.sep)[0])]
    return (ENGLISH, *sorted(name[:-3] for name in names if name.endswith(".mo")))


def use(language: str) -> None:
    """Speak this language from now on; one that has no catalog is English."""
    file = _catalogs() / f"{language}.mo"
    there = language != ENGLISH and file.exists()
    _Present.name = language if there else ENGLISH
    _Present.catalog = NullTranslations()
    if there:
        with file.open("rb") as catalog:
            _Present.catalog = GNUTranslations(catalog)


def used() -> str:
    """Return the language that is spoken."""
    return _Present.name


def next_one() -> str:
    """Return the language after the one that is spoken."""
    every = languages()
    return every[(every.index(_Present.name) + 1) % len(every)]


def mark(template: str) -> str:
    """Return a template as it is: `tr` says it where it is needed, in the language of then."""
    return template


class Phrase(str):
    """A sentence in English that can be said again in another language; crosses the pipe whole."""

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object]) -> "Phrase":
        """Say it in English."""
        english = _filled(template, {k: str(v) for k, v in values.items()})
        made = super().__new__(cls, cls.shaped(english))
        made.template, made.values = template, values
        return made

    @staticmethod
    def shaped(said: str) -> str:
        """Return it as it stands by itself, in any language."""
        return said

    def __getnewargs__(self) -> tuple[str, dict[str, object]]:  # type: ignore[override]
        """Return what pickle makes it from."""
        return self.template, self.values


class _Sentence(Phrase):
    """A phrase that is said after a colon elsewhere."""

    @staticmethod
    def shaped(said: str) -> str:
        return f"{said[:1].upper()}{said[1:]}."


def phrase(template: str, **values: object) -> str:
    """Return a sentence in English that `tr` can say in another language; one that is, as it is."""
    return template if isinstance(template, Phrase) else Phrase(template, values)


def sentence(refusal: str) -> str:
    """Return what the command line says after a colon as a sentence: a capital, a full stop."""
    if isinstance(refusal, Phrase):
        return _Sentence(refusal.template, refusal.values)
    return _Sentence.shaped(refusal)


def joined(sentences: Iterable[str], between: str = " ") -> str:
    """Put sentences one after the other, which `tr` says one by one."""
    parts = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return Phrase(between.join(f"{{{name}}}" for name in parts), dict(parts))


def tr(sentence: str, **values: object) -> str:
    """Say a sentence in the language that is spoken.

    Args:
        sentence: A template, or what `phrase` has made of one.
        values: What stands in the template's braces; their own braces are only text.
    """
    if isinstance(sentence, Phrase):
        return sentence.shaped(tr(sentence.template, **sentence.values))
    template = _Present.catalog.gettext(sentence) if sentence else ""
    if not values:
        return template
    return _filled(
        template, {k: tr(v) if isinstance(v, Phrase) else str(v) for k, v in values.items()}
    )


def tr_of(context: str, word: str) -> str:
    """Say a word of several meanings, the one that it has in this context."""
    return _Present.catalog.pgettext(context, word)


def _filled(template: str, values: dict[str, str]) -> str:
    return _FIELD.sub(lambda field: values.get(field[1], field[0]), template)
