"""Whose question an answer belongs to."""

from rnn_tui.protocol.commands import Command
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.race.member import Member


class Tickets:
    """Which ticket of the screen each ticket of a worker stands for."""

    def __init__(self) -> None:
        self._asked: dict[tuple[int, int], int] = {}
        """By the member's `id` and the worker's ticket."""
        self._missing: dict[int, int] = {}
        """Answers that are still to come to what several were asked."""
        self._sending: int | None = None
        """The screen's ticket of what is being sent: where a worker is gone, the answer comes
        before its ticket is known."""

    def ask(self, ticket: int, commands: list[tuple[Member, Command]]) -> None:
        """Send each its command; the last answer counts as that of all."""
        self._missing[ticket] = len(commands)
        for member, command in commands:
            self._sending = ticket
            theirs = member.worker.send(command)
            if self._sending is not None:
                self._asked[id(member), theirs] = ticket
            self._sending = None

    def of(self, member: Member, answer: Done | Refused) -> int | None:
        """Return the screen's ticket of an answer; None: it did not ask, or others have to come."""
        ticket = self._asked.pop((id(member), answer.ticket), self._sending)
        if ticket is None:
            return None
        self._sending = None
        self._missing[ticket] -= 1
        if self._missing[ticket]:
            return None
        del self._missing[ticket]
        return ticket
