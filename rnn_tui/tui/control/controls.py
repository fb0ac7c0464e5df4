"""Keys on their way to the worker: what each one asks for, given what the last snapshot says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.language import counted, mark, phrase
from rnn_tui.protocol import commands
from rnn_tui.protocol.commands import (
    Command,
    Drop,
    Pause,
    Restart,
    Resume,
    Save,
    SetLearningRate,
    SetPace,
    SetSpeed,
    SetTemperature,
    Step,
)
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.control.knobs import double, halve, turn_rate, turn_temperature
from rnn_tui.tui.control.pending import PendingValue

SLOW = 25.0
"""Updates a second below which a key is acknowledged at once: the answer waits for the update."""
PRECIOUS = 60.0
"""Seconds of training that are not thrown away without asking."""

BUILDING = mark("The network is being built; one moment.")


class Controls:
    """Turns keys into commands and answers into a sentence; knows no widget and no clock."""

    def __init__(
        self,
        send: Callable[[Command], int],
        checkpoint: Path | None = None,
        keys: KeyTable | None = None,
    ) -> None:
        self._send, self._checkpoint = send, checkpoint
        self._keys = keys or KeyTable()
        self._snapshot: Snapshot | None = None
        self._seen_at: float | None = None
        self._trained = 0.0
        self._running = PendingValue[bool]()
        self._rate = PendingValue[float]()
        self._temperature = PendingValue[float]()
        self._speed = PendingValue[float]()
        self._seed = PendingValue[int]()
        self._pace = PendingValue[Pace]()
        self._asked = self._waiting = ""
        self.message = ""
        """What came of the last key, where that is worth saying."""

    def say(self, message: str) -> None:
        """Put a sentence on the status line; a question that was there is withdrawn."""
        self.message, self._asked = message, ""

    def _wait(self, words: str) -> None:
        """Acknowledge a key whose answer takes its time; the answer takes the words back."""
        snapshot = self._snapshot
        if snapshot and not snapshot.speed and 0 < snapshot.updates_per_second < SLOW:
            self.say(words)
            self._waiting = words

    def begin(self, update: int) -> None:
        """Know how many updates a worker goes on from; nobody knows how long they took."""
        self._trained = PRECIOUS if update else 0.0
        self._seen_at = None

    def take_snapshot(self, snapshot: Snapshot, now: float) -> None:
        """Believe a snapshot that arrived `now` (in seconds)."""
        last, self._snapshot = self._snapshot, snapshot
        if self.message == BUILDING:
            self.message = ""
        if last and last.state == snapshot.state == "running" and self._seen_at is not None:
            self._trained += now - self._seen_at
        self._seen_at = now
        for value in self._pending:
            value.seen()

    def take_reply(self, reply: Done | Refused) -> None:
        """Take the answer to a command."""
        for value in self._pending:
            value.replied(reply.ticket)
        if self._waiting and self.message == self._waiting:
            self.message = self._waiting = ""
        match reply:
            case Done(command=Restart()):
                self._trained = 0.0
                self.say(reply.text)
            case Refused(reason=reason):
                self.say(reason)
            case Done(text=text) if text:
                self.say(text)

    def pause(self) -> None:
        """Stand still, or go on."""
        if snapshot := self._ready():
            stop = self._running.over(snapshot.state == "running")
            self.pass_on(Pause() if stop else Resume())
            if stop:
                self._wait(mark("Pausing after the update that is under way …"))

    def step(self) -> None:
        """Do one update."""
        if self._ready():
            self.pass_on(Step())
            self._wait(mark("One more update, then pausing …"))

    def turn_rate(self, up: bool) -> None:
        """Turn the learning rate."""
        if snapshot := self._ready():
            present = self._rate.over(snapshot.learning_rate)
            value = turn_rate(present, up=up)
            if value == present:
                end = mark("{rate} is the lowest learning rate there is.")
                if up:
                    end = mark("{rate} is the highest learning rate there is.")
                self.say(phrase(end, rate=f"{value:g}"))
                return
            self._rate.sent(value, self._send(SetLearningRate(value)))
            self._wait(phrase("Learning rate {rate} from the next update on …", rate=f"{value:g}"))

    def turn_temperature(self, up: bool) -> None:
        """Turn the temperature of the samples."""
        if snapshot := self._ready():
            value = turn_temperature(self._temperature.over(snapshot.temperature), up=up)
            self._temperature.sent(value, self._send(SetTemperature(value)))
            if value == 0:
                self.say(mark("Temperature 0: samples always take the likeliest character."))

    def turn_speed(self, up: bool) -> None:
        """Double or halve the speed."""
        if not (snapshot := self._ready()):
            return
        limit = self._speed.over(snapshot.speed)
        if up and limit == 0:
            self.say(mark("This is full speed already."))
        elif not limit and not snapshot.updates_per_second > 0:
            self.say(mark("The speed is known once training runs."))
        else:
            self._limit(double(limit) if up else halve(limit, snapshot.updates_per_second))

    def full_speed(self) -> None:
        """Take the brake off."""
        if self._ready():
            self._limit(0.0)

    def save(self) -> None:
        """Write a checkpoint."""
        if self._ready():
            self._send(Save(self._checkpoint))

    def restart(self) -> None:
        """Begin again with the same seed."""
        name = "train.restart"
        if (snapshot := self._ready(asked=name)) and self._sure(name, snapshot):
            self._send(Restart())

    def new_seed(self) -> None:
        """Begin again with the next seed."""
        name = "train.new_seed"
        if (snapshot := self._ready(asked=name)) and self._sure(name, snapshot):
            seed = self._seed.over(snapshot.seed) + 1
            self._seed.sent(seed, self._send(Restart(seed)))

    def turn_pace(self) -> None:
        """Let the networks of a race wait for one another, or not."""
        if snapshot := self._ready():
            if snapshot.race is None:
                self.say(mark("There is no race: one network runs."))
                return
            equal = self._pace.over(snapshot.race.pace) == "equal"
            pace: Pace = "flat out" if equal else "equal"
            self._pace.sent(pace, self._send(SetPace(pace)))

    def drop(self) -> None:
        """Take the chosen network out of the race."""
        name = "race.drop"
        if (snapshot := self._ready(asked=name)) and snapshot.race:
            chosen = snapshot.race.marked.name
            question = phrase("Press {race.drop} again to let {network} go.", network=chosen)
            if self._asked_twice(name, question):
                self._send(Drop())

    def leave_for_lessons(self) -> bool:
        """Say whether the key that leads to the lessons was pressed twice; at first, ask."""
        asks = mark("Press {app.lessons} again: the run is left as by {app.quit}, for the lessons.")
        return self._asked_twice("app.lessons", asks)

    def send(self, name: str, *values: object) -> None:
        """Send the command of this name, as the table of keys has it."""
        self.pass_on(getattr(commands, name)(*values))

    def pass_on(self, command: Command) -> None:
        """Send a command as it is."""
        if self._ready():
            ticket = self._send(command)
            if command.goes_on is not None:
                self._running.sent(command.goes_on, ticket)

    def _limit(self, speed: float) -> None:
        self._speed.sent(speed, self._send(SetSpeed(speed)))
        if speed:
            self.say(phrase("At most {speed} updates a second.", speed=f"{speed:g}"))
        else:
            self.say(mark("Full speed."))

    def _sure(self, name: str, snapshot: Snapshot) -> bool:
        if self._trained < PRECIOUS or snapshot.replayed:
            self.say("")
            return True
        question = phrase(
            "Press {again} again to throw away {updates} and begin anew ({save} saves them first).",
            again=self._keys[name].face,
            updates=counted(snapshot.update, "update"),
            save=self._keys["train.save"].face,
        )
        return self._asked_twice(name, question)

    def _asked_twice(self, name: str, question: str) -> bool:
        """Say whether a key was pressed for the second time; at the first time, ask."""
        asked = self._asked == name
        self.say("" if asked else question)
        self._asked = "" if asked else name
        return asked

    def _ready(self, asked: str = "") -> Snapshot | None:
        """Return the last snapshot; before the first, say so. A question stays for `asked`."""
        if self._snapshot is None:
            self.say(BUILDING)
        elif self._asked != asked or not asked:
            self.say("")
        return self._snapshot

    @property
    def _pending(self) -> tuple[PendingValue[Any], ...]:
        return self._running, self._rate, self._temperature, self._speed, self._seed, self._pace
