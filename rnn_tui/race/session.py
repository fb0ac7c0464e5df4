"""A race, which the screen takes for one run: that of the network which is chosen."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.protocol.commands import (
    BeginRace,
    Choose,
    Command,
    Drop,
    Look,
    Mend,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    Save,
    SetPace,
    SetSpeed,
    Step,
    TurnWeights,
)
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Notice, Refused, Started
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.looking import Looking
from rnn_tui.race.member import Member, Worker
from rnn_tui.race.members import Members
from rnn_tui.race.pacing import Pacing
from rnn_tui.race.tickets import Tickets
from rnn_tui.saving.free_name import free_path

RUNNING = "The race runs: {train.pause} pauses it, then weights can be turned."
MakeWorker = Callable[[Entrant, Listener], Worker]


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
        self._make, self._listener, self._others = make, listener, others
        self._lock = threading.RLock()
        self._count = itertools.count(1)
        self._tickets = Tickets()
        self._pausing: list[int] = []
        """The screen's tickets of pauses that wait for the end of a round."""
        self._leaving: list[threading.Thread] = []
        """End the workers of those that were dropped."""
        self.members = Members()
        self.pacing = Pacing(self.members, self._rest, clock, pace=pace, running=not paused)
        self._looking = Looking(self.members, self.pacing, listener, clock)
        for entrant in entrants:
            self._add(entrant)

    def _add(self, entrant: Entrant) -> Member:
        # Nothing is heard of a worker before it is started.
        worker = self._make(entrant, lambda said: self._hear(member, said))
        member = self.members.add(entrant, worker)
        return member

    # What the screen needs of a session

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
        for member in self.members:
            self._end(member)
        for thread in self._leaving:
            thread.join()

    def send(self, command: Command) -> int:
        """Carry a command out, or pass it on to those whom it is for; return its ticket."""
        with self._lock:
            ticket = next(self._count)
            if isinstance(command, Look):
                self._looking.ask(command.view)
            elif isinstance(command, Choose | Drop | SetPace | BeginRace):
                self._rearrange(ticket, command)
            elif self.members.racing and isinstance(command, Resume | RunToEpochEnd | Step | Pause):
                self._go(ticket, command)
            elif isinstance(command, TurnWeights) and self.pacing.goes_on(self.members.chosen):
                self._listener(Refused(ticket, command, RUNNING))
            elif self._looking.of_all and isinstance(command, Restart | SetSpeed | Save):
                self._to_all(ticket, command)
            else:
                self._to_chosen(ticket, command)
            return ticket

    # Commands

    def _rearrange(self, ticket: int, command: Command) -> None:
        try:
            told = self._rearranged(command)
        except InputError as error:
            self._listener(Refused(ticket, command, f"{error}."))
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
        if not self.members.racing:
            raise InputError("One network is left")
        member = self.members.chosen
        self.members.remove(member)
        self._end(member)
        self._show_chosen()
        self.pacing.left(member)
        return f"{member.entrant.name} is out of the race."

    def _end(self, member: Member) -> None:
        """Let a worker go; it takes some seconds where there is something to save."""
        self._leaving.append(threading.Thread(target=member.worker.close, daemon=True))
        self._leaving[-1].start()

    def _begin(self) -> None:
        """Start the workers of the others, as many as the system allows."""
        if self.members.racing:
            raise InputError("They race already")
        alone, others = self.members.chosen, self._others()
        if not others:
            raise InputError("There is no other network to race this one")
        for entrant in others:
            member = self._add(entrant)
            try:
                member.worker.start()
            except InputError as error:
                self.members.remove(member)
                if len(self.members) == 1:
                    raise
                self._listener(Notice(f"{error}."))
                break
        self.pacing.running = alone.snapshot is None or alone.snapshot.state == "running"
        alone.worker.send(Pause())  # it goes on with them
        alone.worker.step_back()

    def _go(self, ticket: int, command: Command) -> None:
        """Let all go on or stand still; a pause is answered when the last one stands."""
        self.pacing.go(command)
        if self.pacing.pace == "flat out":
            self._to_all(ticket, command)
        elif isinstance(command, Pause) and self.pacing.under_way:
            self._pausing.append(ticket)
        else:
            self._listener(Done(ticket, command))

    def _rest(self) -> None:
        pausing, self._pausing = self._pausing, []
        for ticket in pausing:
            self._listener(Done(ticket, Pause()))

    def _to_chosen(self, ticket: int, command: Command) -> None:
        if command.goes_on is not None:
            self.pacing.running = command.goes_on
        self._ask(ticket, [(self.members.chosen, command)])

    def _to_all(self, ticket: int, command: Command) -> None:
        there = self.members.ready
        own = [Save(file_of(m)) if isinstance(command, Save) else command for m in there]
        if there:
            self._ask(ticket, list(zip(there, own, strict=True)))
        else:
            self._listener(Refused(ticket, command, "No worker is left."))

    def _ask(self, ticket: int, commands: list[tuple[Member, Command]]) -> None:
        for member, command in commands:
            if isinstance(command, Restart) and self.members.racing:
                member.worker.send(Pause())  # so that it begins with the others, or a round
        self._tickets.ask(ticket, commands)

    # What the workers say

    def _hear(self, member: Member, message: Message) -> None:
        with self._lock:
            if member not in self.members:
                return
            match message:
                case Snapshot():
                    self._looking.saw(member, message)
                case Done() | Refused() if message.ticket == member.round:
                    self.pacing.arrived(member, message)
                case Done() | Refused():
                    self._hear_answer(member, message)
                case Started():
                    self._hear_start(member, message)
                case Failed() | Lost():
                    self._hear_fault(member, message)
                case Notice(text):
                    name = f"{member.entrant.name}: " if self.members.racing else ""
                    self._listener(Notice(name + text))

    def _hear_answer(self, member: Member, answer: Done | Refused) -> None:
        ticket = self._tickets.of(member, answer)
        if ticket is not None:
            if isinstance(answer, Done) and self._looking.of_all and answer.text:
                answer = replace(answer, text=told(member, answer))
            self._listener(replace(answer, ticket=ticket))
        if isinstance(answer.command, Mend | TurnWeights) and self.members.racing:
            member.out = False
            self.pacing.go_on()

    def _hear_start(self, member: Member, started: Started) -> None:
        member.began(started.info, started.update)
        if member is self.members.chosen:
            self._listener(started)
            self._looking.again()
        if self.members.racing:
            member.worker.step_back()
            self.pacing.go_on()

    def _hear_fault(self, member: Member, fault: Failed | Lost) -> None:
        member.fault = fault
        if member is self.members.chosen and not self._looking.of_all:
            self._listener(fault)
        else:
            self._looking.again()
        self.pacing.left(member)


def told(member: Member, answer: Done) -> str:
    """Return what came of a command that was given on the page of all, and for whom."""
    match answer.command:
        case Restart():
            return "All have begun again."
        case Save():
            return f"All are saved, each in a file of its own. {answer.text}"
        case SetSpeed():
            return answer.text
    return f"{member.entrant.name}: {answer.text}"


def file_of(member: Member) -> Path:
    """Return a file that is not there yet, named after the text and the network."""
    text = Path(member.info.corpus_name).stem if member.info else ""
    return free_path(f"{text}-{member.entrant.name}.txt", member.update)
