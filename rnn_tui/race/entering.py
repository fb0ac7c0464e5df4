"""Who comes into a race and who leaves it, each with a worker of its own."""

import threading
from collections.abc import Callable, Sequence

from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase, sentence
from rnn_tui.protocol.replies import Message, Notice
from rnn_tui.protocol.session import Listener
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.member import Member, Worker
from rnn_tui.race.members import Members

MakeWorker = Callable[[Entrant, Listener], Worker]


class Entering:
    """Makes workers for those that come, and ends those of who leaves."""

    def __init__(
        self,
        members: Members,
        make: MakeWorker,
        hear: Callable[[Member, Message], None],
        others: Callable[[], Sequence[Entrant]],
    ) -> None:
        """Get ready.

        Args:
            members: Who races.
            make: Makes a session; where several race, one that stands still at first.
            hear: Gets what the worker of a network says; called from any thread.
            others: Who joins one that runs alone.
        """
        self._members, self._make, self._hear, self._others = members, make, hear, others
        self._leaving: list[threading.Thread] = []
        """End the workers of those that left."""

    def add(self, entrant: Entrant) -> Member:
        """Take a network in; its worker is not started yet."""
        # Nothing is heard of a worker before it is started.
        worker = self._make(entrant, lambda said: self._hear(member, said))
        member = self._members.add(entrant, worker)
        return member

    def join(self, listener: Listener) -> None:
        """Start the workers of the others, as many as the system allows.

        Raises:
            InputError: They race already, there are none, or not even one can be started.
        """
        if self._members.racing:
            raise InputError(phrase("They race already"))
        others = self._others()
        if not others:
            raise InputError(phrase("There is no other network to race this one"))
        for entrant in others:
            member = self.add(entrant)
            try:
                member.worker.start()
            except InputError as error:
                self._members.remove(member)
                if len(self._members) == 1:
                    raise
                listener(Notice(sentence(reason(error))))
                break

    def drop(self) -> Member:
        """Let the chosen one go, and return it.

        Raises:
            InputError: It is the only one.
        """
        if not self._members.racing:
            raise InputError(phrase("One network is left"))
        member = self._members.chosen
        self._members.remove(member)
        self._end(member)
        return member

    def close(self) -> None:
        """End all workers, side by side."""
        for member in self._members:
            self._end(member)
        for thread in self._leaving:
            thread.join()

    def _end(self, member: Member) -> None:
        """Let a worker go; it takes some seconds where there is something to save."""
        self._leaving.append(threading.Thread(target=member.worker.close, daemon=True))
        self._leaving[-1].start()
