"""Which networks of a race a command is for, and what stands between them and it."""

from pathlib import Path

from rnn_tui.language import mark
from rnn_tui.protocol.commands import (
    Command,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    Save,
    SetSpeed,
    Step,
    TurnWeights,
)
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.session import Listener
from rnn_tui.race.looking import Looking
from rnn_tui.race.member import Member
from rnn_tui.race.members import Members
from rnn_tui.race.pacing import Pacing
from rnn_tui.race.tickets import Tickets
from rnn_tui.saving.free_name import free_path

RUNNING = mark("The race runs: {train.pause} pauses it, then weights can be turned.")


class Passing:
    """Passes commands on: to the chosen network, to all, or to the race, which tells them."""

    def __init__(
        self,
        members: Members,
        pacing: Pacing,
        looking: Looking,
        tickets: Tickets,
        listener: Listener,
    ) -> None:
        """Get ready.

        Args:
            members: Who races.
            pacing: Lets all go on or stand still.
            looking: Knows whether all are looked at.
            tickets: Takes note of who was asked what.
            listener: Gets the answers that no worker gives.
        """
        self._members, self._pacing, self._looking = members, pacing, looking
        self._tickets, self._listener = tickets, listener
        self._pausing: list[int] = []
        """The screen's tickets of pauses that wait for the end of a round."""

    def pass_on(self, ticket: int, command: Command) -> None:
        """Pass a command on to those whom it is for."""
        if self._members.racing and isinstance(command, Resume | RunToEpochEnd | Step | Pause):
            self._go(ticket, command)
        elif isinstance(command, TurnWeights) and self._pacing.goes_on(self._members.chosen):
            self._listener(Refused(ticket, command, RUNNING))
        elif self._looking.of_all and isinstance(command, Restart | SetSpeed | Save):
            self._to_all(ticket, command)
        else:
            self._to_chosen(ticket, command)

    def rest(self) -> None:
        """Answer the pauses: the last network stands."""
        pausing, self._pausing = self._pausing, []
        for ticket in pausing:
            self._listener(Done(ticket, Pause()))

    def _go(self, ticket: int, command: Command) -> None:
        """Let all go on or stand still; a pause is answered when the last one stands."""
        self._pacing.go(command)
        if self._pacing.pace == "flat out":
            self._to_all(ticket, command)
        elif isinstance(command, Pause) and self._pacing.under_way:
            self._pausing.append(ticket)
        else:
            self._listener(Done(ticket, command))

    def _to_chosen(self, ticket: int, command: Command) -> None:
        if command.goes_on is not None:
            self._pacing.running = command.goes_on
        self._ask(ticket, [(self._members.chosen, command)])

    def _to_all(self, ticket: int, command: Command) -> None:
        there = self._members.ready
        own = [Save(file_of(m)) if isinstance(command, Save) else command for m in there]
        if there:
            self._ask(ticket, list(zip(there, own, strict=True)))
        else:
            self._listener(Refused(ticket, command, mark("No worker is left.")))

    def _ask(self, ticket: int, commands: list[tuple[Member, Command]]) -> None:
        for member, command in commands:
            if isinstance(command, Restart) and self._members.racing:
                member.worker.send(Pause())  # so that it begins with the others, or a round
        self._tickets.ask(ticket, commands)


def file_of(member: Member) -> Path:
    """Return a file that is not there yet, named after the text and the network."""
    text = Path(member.info.corpus_name).stem if member.info else ""
    return free_path(f"{text}-{member.entrant.name}.txt", member.update)
