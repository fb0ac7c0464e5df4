"""The keys in force: the table, with the user's own keys from `config.toml` in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rnn_tui.errors import InputError
from rnn_tui.keys.key import Key, Scope
from rnn_tui.keys.strokes import face, tidy, types_text
from rnn_tui.keys.table import KEYS
from rnn_tui.settings import Settings
from rnn_tui.slips import near

TABLE = "keys"
"""The table of `config.toml`."""
EVERYWHERE: tuple[Scope, ...] = ("app", "diverged", "racing")
PAGES: tuple[Scope, ...] = tuple(key.page for key in KEYS if key.page)
"""The screens that keys open, in the order of the table."""
TYPING: tuple[Scope, ...] = ("prefix", "text", "find", "answer", "number", "glossary")
"""While text is being typed: a key that types a character cannot be a command there."""
HELP: Scope = "help"
"""While the help lies over the pictures."""
LESSON: Scope = "lesson"
"""On every screen, while a lesson is played; there is no race then."""
COMPARE: Scope = "compare"
"""In an app of its own."""
NO_LESSON: tuple[Scope, ...] = ("race", "racing")
WITH_LOOKS: Scope = "memory"
"""The screen that has several looks, of which one is seen at a time."""
LOOKS: tuple[Scope, ...] = tuple(
    dict.fromkeys(
        key.scope
        for key in KEYS
        if key.scope not in (*EVERYWHERE, *PAGES, *TYPING, HELP, LESSON, COMPARE)
    )
)
"""Those of them that have keys of their own."""
RESERVED = {"ctrl+c": "it says how to leave", "ctrl+q": "it always leaves the program"}
"""Textual's own keys."""

_MENTION = re.compile(r"\{([a-z]+\.[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Every key as it works now."""

    rows: tuple[Key, ...] = KEYS
    changed: tuple[str, ...] = ()
    """The names of those that the user has remapped."""

    def __getitem__(self, name: str) -> Key:
        """Return the key of this name."""
        return next(key for key in self.rows if key.id == name)

    def of(self, scopes: Iterable[Scope]) -> tuple[Key, ...]:
        """Return the keys of some scopes, in the order of the table."""
        wanted = set(scopes)
        return tuple(key for key in self.rows if key.scope in wanted)

    def named(self, text: str) -> str:
        """Put keys in the place of their names: `{train.step}` becomes s, or what it is now."""

        def face_of(found: re.Match[str]) -> str:
            return next((key.face for key in self.rows if key.id == found[1]), found[0])

        return _MENTION.sub(face_of, text)


def keys_in_force(settings: Settings) -> KeyTable:
    """Return the table with the keys of the user's settings.

    Raises:
        InputError: The settings name a key or an action that does not exist, or give one key to
            two actions.
    """
    entries = settings.table(TABLE)
    mine = {name: _strokes(settings, name, value) for name, value in entries.items()}
    rows = tuple(replace(key, keys=mine[key.id]) if key.id in mine else key for key in KEYS)
    for key in rows:
        if key.id in mine:
            _require_free(settings, key, rows)
    return KeyTable(rows, tuple(mine))


def _strokes(settings: Settings, name: str, value: object) -> str:
    """Return the keys of one entry, tidied."""
    scope = _scope(settings, name)
    words = value.split() if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        example = f'{name} = "x" or {name} = ["x", "f5"]'
        raise _error(settings, name, f"a key is written as text: {example}")
    strokes = []
    for word in words:
        try:
            strokes.append(tidy(word))
        except ValueError as error:
            more = "keys are characters, f1, left, ctrl+a, …; rnn-tui keys shows some"
            raise _error(settings, name, f"{error} ({more})") from error
    for stroke in strokes:
        if stroke in RESERVED:
            raise _error(settings, name, f"{stroke} cannot be changed: {RESERVED[stroke]}")
        if scope in TYPING and types_text(stroke):
            raise _error(settings, name, f"{face(stroke)} is needed for typing; take a key like f2")
    return " ".join(dict.fromkeys(strokes))


def _scope(settings: Settings, name: str) -> Scope:
    for key in KEYS:
        if key.id == name:
            return key.scope
    hint = near(name, (key.id for key in KEYS)) or "rnn-tui keys lists the names"
    raise _error(settings, name, f"there is no key named {name}; {hint}")


def _require_free(settings: Settings, key: Key, rows: Iterable[Key]) -> None:
    """Refuse a key that means something else where this one works."""
    for other in rows:
        shared = set(key.strokes) & set(other.strokes)
        if other is not key and shared and _meet(key.scope, other.scope):
            stroke = face(min(shared))
            raise _error(
                settings,
                key.id,
                f"{stroke} is the key of {other.id} ({other.title.lower()}), too; "
                "give one of them another",
            )


def _meet(one: Scope, other: Scope) -> bool:
    """Tell whether keys of both scopes work at the same time."""
    return one == other or other in _beside(one) or one in _beside(other)


def _beside(scope: Scope) -> tuple[Scope, ...]:
    """Return whose keys work wherever those of a scope do."""
    if scope == LESSON:
        return tuple({*EVERYWHERE, *PAGES, *LOOKS}.difference(NO_LESSON))
    if scope in LOOKS:
        return (*EVERYWHERE, WITH_LOOKS)
    return EVERYWHERE if scope in (*EVERYWHERE, *PAGES) else ()


def _error(settings: Settings, name: str, message: str) -> InputError:
    return settings.error(f"{TABLE}.{name}", message)
