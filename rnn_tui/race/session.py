"""A race, which the screen takes for one run: that of the network which is chosen."""

import itertools
import os
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
    RunUntil,
    Save,
    SetPace,
    SetSpeed,
    Step,
    View,
)
from rnn_tui.protocol.race import Pace, RaceView
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Notice, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrants import Entrant
from rnn_tui.race.member import Member, Worker
from rnn_tui.race.pacing import Pacing
from rnn_tui.race.tickets import OURS, Tickets
from rnn_tui.saving.free_name import free_path

Listener = Callable[[Message], None]
MakeWorker = Callable[[Entrant, Listener], Worker]

PACES: dict[Pace, str] = {
    "equal": "They wait for one another: equal updates.",
    "flat out": "Each goes as fast as it can.",
}


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
        self._clock = clock
        self._count = itertools.count(1)
        self._tickets = Tickets()
        self._leaving: list[threading.Thread] = []
        """End the workers of those that were dropped."""
        self._pausing: list[int] = []
        """The screen's tickets of pauses that wait for the end of a round."""
        self._view = View()
        self._waiting = False
        """Whether the screen waits for a snapshot."""
        self._at_once = False
        """Whether the next snapshot is of what was last heard: the race itself is another, and a
        worker may take long to answer."""
        self.members: list[Member] = []
        self._join(entrants)
        self.chosen = self.members[0]
        self.pacing = Pacing(self.members, self._run_until, clock, pace=pace, running=not paused)
        self.parting: tuple[str, ...] = ()

    def _join(self, entrants: Sequence[Entrant]) -> None:
        for entrant in entrants:
            self.members.append(self._member(entrant))

    def _member(self, entrant: Entrant) -> Member:
        # Nothing is heard of a worker before it is started.
        taken = {member.number for member in self.members}
        number = next(number for number in itertools.count() if number not in taken)
        worker = self._make(entrant, lambda said: self._hear(member, said))
        member = Member(entrant, worker, number)
        return member

    @property
    def racing(self) -> bool:
        """Whether there are several."""
        return len(self.members) > 1

    @property
    def pid(self) -> int | None:
        """Process number of the chosen network's worker."""
        return self.chosen.worker.pid

    @property
    def stopped(self) -> bool:
        """Whether the system holds it."""
        return self.chosen.worker.stopped

    @property
    def resume_point(self) -> str:
        """Where `restart` would go on, in words that follow a verb."""
        return self.chosen.worker.resume_point

    @property
    def unsaved(self) -> str:
        """After the end: why a checkpoint that was asked for is not written."""
        return next((m.worker.unsaved for m in self.members if m.worker.unsaved), "")

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
            self.chosen.fault = None  # what is looked at now waits for the new worker
        self.chosen.worker.restart()

    def close(self) -> None:
        """End all workers, side by side."""
        closing = [threading.Thread(target=m.worker.close, daemon=True) for m in self.members]
        for thread in closing:
            thread.start()
        for thread in (*closing, *self._leaving):
            thread.join()
        for member in self.members:
            self.parting += member.worker.parting

    def send(self, command: Command) -> int:
        """Carry a command out, or pass it on to those whom it is for; return its ticket."""
        with self._lock:
            ticket = next(self._count)
            if isinstance(command, Look):
                self._look(command.view)
            elif isinstance(command, Choose | Drop | SetPace | BeginRace):
                self._rearrange(ticket, command)
            elif self.racing and isinstance(command, Resume | RunToEpochEnd | Step | Pause):
                self._go(ticket, command)
            elif self.racing and self._view.race and isinstance(command, Restart | SetSpeed | Save):
                self._to_all(ticket, command)
            else:
                self._to_chosen(ticket, command)
            return ticket

    def _go(self, ticket: int, command: Command) -> None:
        """Let all go on or stand still; a pause is answered when the last one stands."""
        self.pacing.go(command, self.chosen)
        if self.pacing.pace == "flat out":
            self._to_all(ticket, command)
        elif isinstance(command, Pause) and self.pacing.under_way:
            self._pausing.append(ticket)
        else:
            self._listener(Done(ticket, command))

    def _has_stopped(self) -> None:
        if not self.pacing.under_way:
            pausing, self._pausing = self._pausing, []
            for ticket in pausing:
                self._listener(Done(ticket, Pause()))

    # What changes the race itself

    def _rearrange(self, ticket: int, command: Command) -> None:
        told, self._at_once = "", not isinstance(command, BeginRace)
        match command:
            case Choose(places):
                number = self.members.index(self.chosen) + places
                self._show(self.members[number % len(self.members)])
            case Drop() if not self.racing:
                self._listener(Refused(ticket, command, "One network is left."))
                return
            case Drop():
                told = f"{self.chosen.entrant.name} is out of the race."
                self._drop(self.chosen)
            case SetPace(pace):
                told = PACES[pace]
                self.pacing.set_pace(pace)
                self._look_again()
                self._has_stopped()
            case BeginRace() if self.racing:
                self._listener(Refused(ticket, command, "They race already."))
                return
            case BeginRace():
                if refused := self._begin():
                    self._listener(Refused(ticket, command, refused))
                    return
        self._listener(Done(ticket, command, told))

    def _show(self, member: Member) -> None:
        self.chosen = member
        if member.info is not None:
            self._listener(Started(member.info, member.update))
        self._look_again()

    def _drop(self, member: Member) -> None:
        number = self.members.index(member)
        self.members.remove(member)
        # It takes some seconds where there is something to save.
        self._leaving.append(threading.Thread(target=member.worker.close, daemon=True))
        self._leaving[-1].start()
        self._show(self.members[min(number, len(self.members) - 1)])
        self.pacing.left(member)
        if not self.racing:
            self.pacing.go_alone()
        self._has_stopped()

    def _begin(self) -> str:
        """Start the workers of the others; return why there is no race, empty where there is."""
        refused = "There are no others."
        try:
            for entrant in self._others():
                member = self._member(entrant)
                member.worker.start()
                self.members.append(member)
        except InputError as error:
            refused = f"{error}."
            if self.racing:
                self._listener(Notice(refused))
        if not self.racing:
            return refused
        snapshot = self.chosen.snapshot
        self.pacing.running = snapshot is None or snapshot.state == "running"
        self.chosen.worker.send(Pause())  # it goes on with them
        self.chosen.worker.step_back()
        return ""

    # What goes on to the workers

    def _to_chosen(self, ticket: int, command: Command) -> None:
        if command.goes_on is not None:
            self.pacing.running = command.goes_on
        self._tickets.ask(self.chosen, command, ticket)

    def _to_all(self, ticket: int, command: Command) -> None:
        there = [member for member in self.members if member.ready]
        if not there:
            self._listener(Refused(ticket, command, "No worker is left."))
        own = [Save(file_of(m)) if isinstance(command, Save) else command for m in there]
        self._tickets.ask_all(list(zip(there, own, strict=True)), ticket)

    def _run_until(self, member: Member, update: int) -> int:
        return self._tickets.ask(member, RunUntil(update))

    # What the workers say

    def _hear(self, member: Member, message: Message) -> None:
        with self._lock:
            if member not in self.members:
                return
            match message:
                case Snapshot():
                    member.saw(message, self._clock())
                    if member is not self.chosen and self._view.race:
                        self._see_beside(member)
                    elif member is self.chosen and self._waiting:
                        self._answer_look()
                case Done() | Refused():
                    self._hear_answer(member, message)
                case Started():
                    self._hear_start(member, message)
                case Failed() | Lost():
                    self._hear_fault(member, message)
                case Notice(text):
                    said = f"{member.entrant.name}: {text}" if self.racing else text
                    self._listener(Notice(said))

    def _hear_answer(self, member: Member, answer: Done | Refused) -> None:
        ticket = self._tickets.of(member, answer)
        if ticket == OURS:
            self.pacing.answered(member, answer)
            self._has_stopped()
        elif ticket is not None:
            if isinstance(answer, Done):
                answer = replace(answer, text=self._told(member, answer))
            self._listener(replace(answer, ticket=ticket))
        if self.racing and isinstance(answer.command, Restart | Mend):
            member.out = False
            member.update = 0 if isinstance(answer.command, Restart) else member.update
            self.pacing.go_on()

    def _told(self, member: Member, answer: Done) -> str:
        """Return what came of a command, and for whom."""
        if not (self.racing and self._view.race and answer.text):
            return answer.text
        match answer.command:
            case Restart():
                return "All have begun again."
            case Save():
                return f"All are saved, each in a file of its own. {answer.text}"
            case SetSpeed():
                return answer.text
        return f"{member.entrant.name}: {answer.text}"

    def _hear_start(self, member: Member, started: Started) -> None:
        member.began(started.info, started.update)
        if member is self.chosen:
            self._listener(started)
            if self._waiting:
                self._look(self._view)
        if self.racing:
            member.worker.step_back()
            self.pacing.go_on()

    def _hear_fault(self, member: Member, fault: Failed | Lost) -> None:
        member.fault = fault
        if member is self.chosen and not (self.racing and self._view.race):
            self._listener(fault)
        elif self._waiting:
            self._look(self._view)
        self.pacing.left(member)
        self._has_stopped()

    # Looking

    def _look(self, view: View) -> None:
        """Ask all that are looked at; the chosen one's snapshot is the answer."""
        self._view, self._waiting = view, True
        chosen = self.chosen
        if chosen.fault is not None and not view.race:
            self._waiting = False
            self._listener(chosen.fault)
            return
        chosen.look(view)
        for member in self.members if view.race else ():
            if member is not chosen:
                self._look_beside(member)
        if chosen.fault is not None or (self._at_once and view.race):
            self._answer_look()

    def _see_beside(self, member: Member) -> None:
        """Ask once more for what was meant meanwhile."""
        if member.asked and member.asked.prefix != self._view.prefix:
            self._look_beside(member)

    def _look_beside(self, member: Member) -> None:
        """Ask one that is not chosen what is to be seen of it, unless that is known already."""
        view = replace(self._view, steps=1, samples=1, inside=(), race=False)
        known = member.answered == view and not self.pacing.is_moving(member)
        busy = member.snapshot is not None and member.snapshot.busy
        if not member.looking and (busy or not known):
            member.look(view)

    def _look_again(self) -> None:
        """Ask what the screen waits for once more: it is another network's, or another race's."""
        if self._waiting:
            self._look(self._view)

    def _answer_look(self) -> None:
        now = self.chosen.snapshot
        if now is None and self.chosen.fault is not None:
            # It was gone before anybody looked: of the race there is more to see than of it.
            now = next((m.snapshot for m in self.members if m.snapshot is not None), None)
        if now is None:
            return
        self._waiting = self._at_once = False
        if self.racing:
            state, reason = self.pacing.state_of(self.chosen)
            if self._view.race and any(map(self.pacing.is_going, self.members)):
                state, reason = "running", ""  # what the keys of its page are about is the race
            busy = now.busy or any(map(self.pacing.is_moving, self.members))
            others = (m for m in self.members if m is not self.chosen and m.ready)
            busy = busy or any(member.looking for member in others)
            rate = self.chosen.pace.rate(self._clock()) if state == "running" else 0.0
            now = replace(
                now,
                state=state,
                reason=reason,
                updates_per_second=rate,
                busy=busy,
                race=self.view(),
            )
        self._listener(now)

    def view(self) -> RaceView:
        """Return what the screen sees of all of them."""
        info = self.chosen.info
        config = info.config if info else self.chosen.entrant.config
        return RaceView(
            entrants=tuple(m.view(*self.pacing.state_of(m)) for m in self.members),
            chosen=self.members.index(self.chosen),
            pace=self.pacing.pace,
            cores=os.cpu_count() or 1,
            characters=config.batch_size * config.seq_length,
        )


def file_of(member: Member) -> Path:
    """Return a file that is not there yet, named after the text and the network."""
    text = Path(member.info.corpus_name).stem if member.info else ""
    return free_path(f"{text}-{member.entrant.name}.txt", member.update)
