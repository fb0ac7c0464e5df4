"""What keys have asked for and no snapshot has shown yet.

Two strokes of `>` in a row must be two rungs, though the first has not come back.
"""

from typing import Generic, TypeVar

Value = TypeVar("Value")


class PendingValue(Generic[Value]):
    """One knob: where it has been sent, until a snapshot made after that arrives.

    Commands and questions travel in one line, so a snapshot that arrives after the answer to the
    last command was made after it.
    """

    def __init__(self) -> None:
        self._value: Value | None = None
        self._ticket: int | None = None
        self._settled = False

    def sent(self, value: Value, ticket: int) -> None:
        """Note that the knob is on its way to `value`."""
        self._value, self._ticket, self._settled = value, ticket, False

    def replied(self, ticket: int) -> None:
        """Note that the command `ticket` was carried out or refused."""
        self._settled = self._settled or ticket == self._ticket

    def seen(self) -> None:
        """Note that a snapshot arrived."""
        if self._settled:
            self._value = None

    def over(self, present: Value) -> Value:
        """Return where the knob is, or will be: `present` is what the last snapshot said."""
        return present if self._value is None else self._value
