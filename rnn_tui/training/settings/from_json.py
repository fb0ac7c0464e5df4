"""Settings out of JSON, in a file that may say anything: only known fields, of their own types."""

import typing
from typing import Any, TypeVar

FieldsT = TypeVar("FieldsT")


def fields_from(kind: type[FieldsT], values: dict[str, Any]) -> FieldsT:
    """Return a frozen value from JSON; a field of the wrong name or type is an error."""
    hints = typing.get_type_hints(kind)
    for name, value in values.items():
        if name not in hints or not is_a(value, hints[name]):
            raise ValueError(f"the setting {name} is {value!r}")
    return kind(**values)


def is_a(value: object, hint: Any) -> bool:
    """Return whether a JSON value is of a field's type."""
    options = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return value in options
    if options:
        return any(is_a(value, option) for option in options)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))
