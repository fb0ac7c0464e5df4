"""The file of a lesson: its entries by kind, and errors that say on which line."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.language import languages
from rnn_tui.lessons.expressions import Expression, parse
from rnn_tui.lessons.places import line_of
from rnn_tui.lessons.values import ExpressionError
from rnn_tui.lessons.wording import Sentence, sentence
from rnn_tui.slips import near
from rnn_tui.text.visible import visible

MOST_BYTES = 200_000
KINDS: Mapping[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    dict: "a table",
    list: "texts in [ ]",
    bool: "true or false",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A lesson's file."""

    name: str
    """Of the file; not safe to paint."""
    text: str
    tables: Mapping[str, Any]

    def error(self, message: str, step: int | None = None, key: str = "") -> InputError:
        """Return an error that says where in the file it is."""
        line = line_of(self.text, step, key)
        what = f"{key}: " if key else ""
        return InputError(f"{visible(self.name)}, line {line}: {visible(what + message)}")

    def section(self, step: int | None) -> "Section":
        """Return one of its steps; None: what stands above them."""
        if step is not None:
            return Section(self, step, self.tables["step"][step])
        above = {key: value for key, value in self.tables.items() if key != "step"}
        return Section(self, None, above)


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the file, or what stands above all steps."""

    source: Source
    step: int | None
    entries: Mapping[str, Any]
    language: str = ""
    """In which it says its sentences; empty: the one that the lesson is written in."""

    def translations(self) -> "Iterator[Section]":
        """Yield what it says in other languages."""
        for language in languages():
            if language in self.entries:
                yield replace(self, entries=self.get(language, dict), language=language)

    def error(self, key: str, message: str) -> InputError:
        """Return an error about an entry."""
        return self.source.error(message, self.step, ".".join(filter(None, (self.language, key))))

    def line(self, key: str) -> int:
        """Return on which line of the file an entry stands."""
        return line_of(self.source.text, self.step, key)

    def require_known(self, known: Collection[str]) -> None:
        """Refuse entries that mean nothing."""
        for key in self.entries:
            if key not in known:
                hint = near(key, known) or f"there are {', '.join(known)}"
                raise self.error(key, f"it means nothing here; {hint}")

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        """Return an entry of a kind; `default` where it is not there."""
        if key not in self.entries:
            return default
        value = self.entries[key]
        fits = isinstance(value, int | float) if kind is float else isinstance(value, kind)
        if not fits or isinstance(value, bool) != (kind is bool):
            raise self.error(key, f"it is {KINDS[kind]}, not {value!r}")
        return float(value) if kind is float else value

    def required(self, key: str, kind: type) -> Any:
        """Return an entry that has to be there."""
        if key not in self.entries:
            astray = not self.language and key in self.get("choices", dict, {})
            where = "; below [step.choices] it is one of the choices" if astray else ""
            raise self.error("", f"{key} is missing{where}")
        return self.get(key, kind)

    def sentence(self, key: str, known: Collection[str], text: str) -> Sentence:
        """Return an entry, or a part of it, as a sentence with gaps."""
        try:
            read = sentence(text)
            for expression in read.expressions:
                expression.require(known)
        except ExpressionError as error:
            raise self.error(key, str(error)) from None
        return read

    def expression(self, key: str, known: Collection[str], text: object) -> Expression:
        """Return an entry, or a part of it, as an expression."""
        if not isinstance(text, str):
            raise self.error(key, f"it is an expression in quotes, not {text!r}")
        try:
            read = parse(text)
            read.require(known)
        except ExpressionError as error:
            raise self.error(key, str(error)) from None
        return read


def read_source(file: Path) -> Source:
    """Read a file.

    Raises:
        InputError: It cannot be read, or is not TOML.
    """
    shown = visible(str(file))
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InputError(f"{shown}: larger than {MOST_BYTES:,} bytes; is it a lesson?")
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"cannot read {shown}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{shown}: is not UTF-8; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{shown} is not TOML: {visible(str(error))}") from error
    return Source(str(file), text, tables)
