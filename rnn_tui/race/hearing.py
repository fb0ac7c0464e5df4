"""What the workers of a race say, and what of it the screen is told."""

import threading
from dataclasses import replace

from rnn_tui.language import joined, mark, phrase
from rnn_tui.protocol.commands import Mend, Restart, Save, SetSpeed, TurnWeights
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Notice, Refused, Started
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.looking import Looking
from rnn_tui.race.member import Member
from rnn_tui.race.members import Members
from rnn_tui.race.pacing import Pacing
from rnn_tui.race.tickets import Tickets


class Hearing:
    """Takes every message of every worker, one at a time."""

    def __init__(
        self,
        members: Members,
        pacing: Pacing,
        looking: Looking,
        tickets: Tickets,
        listener: Listener,
        lock: "threading.RLock",
    ) -> None:
        """Get ready.

        Args:
            members: Who races.
            pacing: Hears who has come to the end of a round, and who is gone.
            looking: Hears what is to be seen.
            tickets: Whose answers are the screen's.
            listener: Gets what is said of the chosen one, and what concerns all.
            lock: Held meanwhile: workers are heard from threads of theirs.
        """
        self._members, self._pacing, self._looking = members, pacing, looking
        self._tickets, self._listener, self._lock = tickets, listener, lock

    def hear(self, member: Member, message: Message) -> None:
        """Take a message of a network's worker; of who has left the race none counts."""
        with self._lock:
            if member not in self._members:
                return
            match message:
                case Snapshot():
                    self._looking.saw(member, message)
                case Done() | Refused() if message.ticket == member.round:
                    self._pacing.arrived(member, message)
                case Done() | Refused():
                    self._hear_answer(member, message)
                case Started():
                    self._hear_start(member, message)
                case Failed() | Lost():
                    self._hear_fault(member, message)
                case Notice(text):
                    self._listener(Notice(of(member, text) if self._members.racing else text))

    def _hear_answer(self, member: Member, answer: Done | Refused) -> None:
        ticket = self._tickets.of(member, answer)
        if ticket is not None:
            if isinstance(answer, Done) and self._looking.of_all and answer.text:
                answer = replace(answer, text=told(member, answer))
            self._listener(replace(answer, ticket=ticket))
        if isinstance(answer.command, Mend | TurnWeights) and self._members.racing:
            member.out = False
            self._pacing.go_on()

    def _hear_start(self, member: Member, started: Started) -> None:
        member.began(started.info, started.update)
        if member is self._members.chosen:
            self._listener(started)
            self._looking.again()
        if self._members.racing:
            member.worker.step_back()
            self._pacing.go_on()

    def _hear_fault(self, member: Member, fault: Failed | Lost) -> None:
        member.fault = fault
        if member is self._members.chosen and not self._looking.of_all:
            self._listener(fault)
        else:
            self._looking.again()
        self._pacing.left(member)


def told(member: Member, answer: Done) -> str:
    """Return what came of a command that was given on the page of all, and for whom."""
    match answer.command:
        case Restart():
            return mark("All have begun again.")
        case Save():
            return joined(
                [phrase("All are saved, each in a file of its own."), phrase(answer.text)]
            )
        case SetSpeed():
            return answer.text
    return of(member, answer.text)


def of(member: Member, said: str) -> str:
    """Return a sentence with the name of the network that it is about."""
    return phrase("{network}: {said}", network=member.entrant.name, said=phrase(said))
