"""A race, which the screen takes for one run: that of the network which is chosen."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence

from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase, sentence
from rnn_tui.protocol.commands import BeginRace, Choose, Command, Drop, Look, Pause, SetPace
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.protocol.session import Listener
from rnn_tui.race.entering import Entering, MakeWorker
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.hearing import Hearing
from rnn_tui.race.looking import Looking
from rnn_tui.race.members import Members
from rnn_tui.race.pacing import Pacing
from rnn_tui.race.passing import Passing
from rnn_tui.race.tickets import Tickets


class Race:
    """Networks, each with a session of its own."""

    def __init__(
        self,
        entrants: Sequence[Entrant],
        make: MakeWorker,
        listener: Listener,
        *,
        others: Callable[[], Sequence[Entrant]] = tuple,
        pace: Pace = "equal",
        paused: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Get ready; nothing is started yet.

        Args:
            entrants: Who races; one alone is a run like any other until `BeginRace`.
            make: Makes a session; where several race, one that stands still at first.
            listener: Gets every message of the one that is chosen; called from any thread.
            others: Who joins at `BeginRace`.
            pace: Whether they wait for one another.
            paused: Stand still at first.
            clock: Seconds.
        """
        self._listener = listener
        self._lock = threading.RLock()
        self._count = itertools.count(1)
        self.members, tickets = Members(), Tickets()
        self.pacing = Pacing(
            self.members, lambda: self._passing.rest(), clock, pace=pace, running=not paused
        )
        self._looking = Looking(self.members, self.pacing, listener, clock)
        parts = self.members, self.pacing, self._looking, tickets, listener
        self._passing, hearing = Passing(*parts), Hearing(*parts, self._lock)
        self._entering = Entering(self.members, make, hearing.hear, others)
        for entrant in entrants:
            self._entering.add(entrant)

    @property
    def pid(self) -> int | None:
        """Process number of the chosen network's worker."""
        return self.members.chosen.worker.pid

    @property
    def stopped(self) -> bool:
        """Whether the system holds it."""
        return self.members.chosen.worker.stopped

    @property
    def resume_point(self) -> str:
        """Where `restart` would go on, in words that follow a verb."""
        return self.members.chosen.worker.resume_point

    def start(self) -> None:
        """Start all workers and return at once.

        Raises:
            InputError: A limit of the system stands in the way.
        """
        for member in self.members:
            member.worker.start()

    def restart(self) -> None:
        """Put another worker in the place of the chosen one's."""
        with self._lock:
            chosen = self.members.chosen
            chosen.fault = None  # what is looked at now waits for the new worker
        chosen.worker.restart()

    def close(self) -> None:
        """End all workers, side by side."""
        self._entering.close()

    def send(self, command: Command) -> int:
        """Carry a command out, or pass it on to those whom it is for; return its ticket."""
        with self._lock:
            ticket = next(self._count)
            if isinstance(command, Look):
                self._looking.ask(command.view)
            elif isinstance(command, Choose | Drop | SetPace | BeginRace):
                self._rearrange(ticket, command)
            else:
                self._passing.pass_on(ticket, command)
            return ticket

    def _rearrange(self, ticket: int, command: Command) -> None:
        try:
            told = self._rearranged(command)
        except InputError as error:
            self._listener(Refused(ticket, command, sentence(reason(error))))
        else:
            self._listener(Done(ticket, command, told))

    def _rearranged(self, command: Command) -> str:
        """Change the race itself; return what is to be said of it.

        Raises:
            InputError: It cannot be.
        """
        match command:
            case Choose(places):
                self.members.choose(places)
                self._show_chosen()
            case Drop():
                return self._drop()
            case SetPace(pace):
                self.pacing.set_pace(pace)
                self._looking.race_changed()
            case BeginRace():
                self._begin()
        return ""

    def _show_chosen(self) -> None:
        chosen = self.members.chosen
        if chosen.info is not None:
            self._listener(Started(chosen.info, chosen.update))
        self._looking.race_changed()

    def _drop(self) -> str:
        member = self._entering.drop()
        self._show_chosen()
        self.pacing.left(member)
        return phrase("{network} is out of the race.", network=member.entrant.name)

    def _begin(self) -> None:
        alone = self.members.chosen
        self._entering.join(self._listener)
        self.pacing.running = alone.snapshot is None or alone.snapshot.state == "running"
        alone.worker.send(Pause())  # it goes on with them
        alone.worker.step_back()
