"""Whose question an answer belongs to."""

from rnn_tui.protocol.commands import Command
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.race.member import Member

OURS = 0
"""Stands for the screen's ticket where the race itself has asked."""


class Tickets:
    """Which ticket of the screen each ticket of a worker stands for."""

    def __init__(self) -> None:
        self._asked: dict[tuple[int, int], int] = {}
        """By the member's `id` and the worker's ticket."""
        self._missing: dict[int, int] = {}
        """Answers that are still to come to what several were asked."""

    def ask(self, member: Member, command: Command, ticket: int = OURS) -> int:
        """Send a command; return the worker's ticket."""
        # An answer that comes at once is one of a worker that is gone, which is told of besides.
        theirs = member.worker.send(command)
        self._asked[id(member), theirs] = ticket
        return theirs

    def ask_all(self, commands: list[tuple[Member, Command]], ticket: int) -> None:
        """Send each its command; the last answer counts as that of all."""
        self._missing[ticket] = len(commands)
        for member, command in commands:
            self.ask(member, command, ticket)

    def of(self, member: Member, answer: Done | Refused) -> int | None:
        """Return the screen's ticket of an answer; None: nobody asked, or others have to come."""
        ticket = self._asked.pop((id(member), answer.ticket), None)
        if ticket is None or ticket == OURS:
            return ticket
        left = self._missing.pop(ticket, 1) - 1
        if left:
            self._missing[ticket] = left
        return None if left else ticket
