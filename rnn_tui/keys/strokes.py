"""How a key is written: in `config.toml`, on the screen, and in Textual.

A key that types a character is that character; others have names (`space`, `left`, `f5`), with
`ctrl+`, `alt+` or `shift+` before them.
"""

import unicodedata

_FACES = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "backspace": "⌫",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "delete": "del",
}
NAMED = frozenset(
    ["space", "tab", "enter", "home", "end", "insert", *_FACES, *(f"f{n}" for n in range(1, 25))]
)
_SYNONYMS = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "comma": ",",
}
_MODIFIERS = {"ctrl": "^", "alt": "alt+", "shift": "⇧"}
_SAME = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""What a terminal cannot tell apart."""
_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's names where they are not Unicode's."""


def tidy(word: str) -> str:
    """Return a key in its one spelling.

    Raises:
        ValueError: There is no such key; the message says what to write.
    """
    if len(word) == 1:
        return _character(word)
    *modifiers, base = word.lower().split("+")
    base = _SYNONYMS.get(base, base)
    if not modifiers and (base in NAMED or len(base) == 1):
        return base
    if set(modifiers) - set(_MODIFIERS) or len(set(modifiers)) < len(modifiers):
        raise ValueError(f"there is no key {word}")
    if base not in NAMED and not _letter_with(base, modifiers):
        raise ValueError(f"there is no key {word}" + _advice(base, modifiers))
    whole = "+".join([*(name for name in _MODIFIERS if name in modifiers), base])
    if whole in _SAME:
        raise ValueError(f"a terminal cannot tell {whole} from {_SAME[whole]}")
    return whole


def _character(word: str) -> str:
    if not word.isprintable() or word.isspace():
        raise ValueError("a blank or control character is written by its name: space, tab, enter")
    return word


def _letter_with(base: str, modifiers: list[str]) -> bool:
    return len(base) == 1 and base.isascii() and base.isalpha() and "shift" not in modifiers


def _advice(base: str, modifiers: list[str]) -> str:
    if len(base) == 1 and modifiers == ["shift"]:
        return f"; write the character it types, such as {base.upper()}"
    return ""


def types_text(stroke: str) -> bool:
    """Tell whether a key types something where there is a line to type in."""
    return len(stroke) == 1 or stroke in ("space", "backspace", "delete", "left", "right")


def face(stroke: str) -> str:
    """Return the key as a person reads it."""
    if len(stroke) == 1:
        return stroke
    *modifiers, base = stroke.split("+")
    return "".join(_MODIFIERS[name] for name in modifiers) + _FACES.get(base, base)


def textual_name(stroke: str) -> str:
    """Return Textual's name for a key."""
    if len(stroke) > 1 or stroke.isalnum():
        return stroke
    name = unicodedata.name(stroke, stroke).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)
