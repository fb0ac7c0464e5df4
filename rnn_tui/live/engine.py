"""The work between two looks at the pipe, a few milliseconds at a time; knows no pipe."""

import math
from collections.abc import Callable
from typing import TypeVar

from rnn_tui.language import mark, phrase
from rnn_tui.live.pace import STRETCH, Meter, Pacer, Stretch
from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.live.samples import PAUSE_FLAT_OUT, PAUSE_PACED, SampleBook
from rnn_tui.live.status import Diverged, Travelling
from rnn_tui.live.word_for_word import WordForWord
from rnn_tui.protocol.commands import Command, View, WaitsForArrival, WaitsForQuiet
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.training.trainer import Trainer

T = TypeVar("T")


class Engine:
    """A run with its pace, its samples and what is looked at."""

    def __init__(
        self,
        trainer: Trainer,
        clock: Callable[[], float],
        *,
        paused: bool,
        halt: Callable[[int], int | None] = lambda update: None,
    ) -> None:
        """Get ready.

        Args:
            trainer: What to train.
            clock: Seconds.
            paused: Stand still at first.
            halt: How many updates after one somebody must get a look at the trainer; None: never.
        """
        self.clock, self.halt = clock, halt
        self.temperature = trainer.config.temperature
        self.pacer = Pacer(trainer.config.speed, clock())
        self.stretch, self.meter = Stretch(), Meter()
        self.word_for_word = WordForWord(trainer, clock)
        self._begin(Run(trainer, paused=paused))

    def _begin(self, run: Run) -> None:
        self.run = run
        self._new_probe()
        self.book = SampleBook(run.trainer, self.clock)
        self.meter.clear()
        self.pacer.reset(self.clock())

    def _new_probe(self) -> None:
        self.probe = Probe(self.run, self.clock)
        self.inspector = self.probe.inspector

    @property
    def trainer(self) -> Trainer:
        """What is trained."""
        return self.run.trainer

    @property
    def busy(self) -> bool:
        """Whether the network must stay as it is: a sample or a validation is of one network."""
        return self.book.writing or self.trainer.validating or self._until_sample() == 0

    def is_ready_for(self, command: Command) -> bool:
        """Return whether a command can be carried out now; else it has to wait."""
        # A step would have to finish the validation first, and nobody would be answered meanwhile.
        if self.run.travelling:
            return not isinstance(command, WaitsForArrival)
        return not (isinstance(command, WaitsForQuiet) and self.busy)

    def seconds_until_due(self) -> float | None:
        """Seconds until there is something to do; None: nothing, until somebody asks for it."""
        if self.busy or self.run.travelling:
            return 0.0
        return self.pacer.wait(self.clock()) if self.run.running else None

    def work(self) -> None:
        """Do what comes next, for some milliseconds."""
        if self.run.travelling:
            self._travel_on()
        elif self.book.writing:
            self.book.advance(STRETCH)
        elif self.trainer.validating:
            self._validate()
        elif (updates := self._until_sample()) == 0:
            self.book.begin(self.temperature, self.run.timeline.branch.number)
        elif self.run.running:
            self._train(updates)

    def look(self, view: View) -> Snapshot:
        """Return the moment as it is, seen through `view`."""
        rate = self.meter.rate(self.clock()) if self.run.running else 0.0
        samples = self.book.on_branch(self.run.timeline.branch)[: view.samples]
        old, search = None, self.word_for_word
        if view.memorized:
            old = search.look(samples, running=self.run.running)
        state = EngineState(
            updates_per_second=rate,
            temperature=self.temperature,
            speed=self.pacer.speed,
            samples=samples,
            busy=self.busy,
            seconds=self.trainer.seconds,
            memorized=old,
            searching=view.memorized and search.working,
        )
        return self.probe.take(view, state)

    def change(self, act: Callable[[Run], T]) -> T:
        """Do what may make the run go or stand; the pace begins anew if it did."""
        was_running = self.run.running
        result = act(self.run)
        if self.run.running != was_running:
            self.meter.clear()
            self.pacer.reset(self.clock())
        return result

    def travel(self, act: Callable[[Run], str]) -> str:
        """Do what leads to another moment; what was seen of this one is forgotten."""
        said = self.change(act)
        self._moved()
        return said

    def _travel_on(self) -> None:
        start = self.clock()
        done = self.change(lambda run: run.travel_on(self.stretch.count))
        self.stretch.took(max(done, 1), self.clock() - start)
        if not self.run.travelling:
            self._moved()

    def _moved(self) -> None:
        # Two branches have different networks after the same update.
        self._new_probe()
        if not self.run.travelling:
            self.book.moved_to(self.run.timeline.branch)

    def set_temperature(self, value: float) -> str:
        """Sample at this temperature from the next sample on."""
        require_not_negative(value, mark("A temperature is a number from 0, not {value}."))
        self.temperature = value
        return phrase("Temperature {value} from the next sample on.", value=f"{value:.3g}")

    def set_speed(self, value: float) -> str:
        """Do at most so many updates a second; 0: no limit."""
        require_not_negative(value, mark("A speed is a number from 0, not {value}."))
        self.pacer.set_speed(value, self.clock())
        self.meter.clear()
        if not value:
            return mark("As fast as it goes.")
        return phrase("At most {speed} updates a second.", speed=f"{value:,.4g}")

    def restart(self, seed: int | None) -> str:
        """Begin again from the first update."""
        self._begin(self.run.restarted(seed))
        trainer = self.trainer
        return phrase(
            "Begun again: seed {seed}, learning rate {rate}.",
            seed=trainer.config.seed,
            rate=f"{trainer.learning_rate:.3g}",
        )

    def _validate(self) -> None:
        trainer, end = self.trainer, self.clock() + STRETCH
        while trainer.validating:
            trainer.validate_slice()
            if self.clock() >= end:
                break
        if not trainer.validating:
            self.change(Run.validated)

    def _until_sample(self) -> int | None:
        if isinstance(self.run.status, Diverged | Travelling):
            return None
        pause = PAUSE_PACED if self.pacer.speed else PAUSE_FLAT_OUT
        return self.book.until_due(pause if self.run.running else 0.0)

    def _train(self, until_sample: int | None) -> None:
        start = self.clock()
        most = min(self.pacer.due(start), self.stretch.count, until_sample or self.stretch.count)
        most = min(most, self.halt(self.trainer.update) or most)
        if not most:
            return
        done = self.run.advance(most)
        now = self.clock()
        self.stretch.took(done, now - start)
        self.trainer.seconds += now - start
        self.pacer.did(done)
        self.meter.note(now, self.trainer.update)


def require_not_negative(value: float, said: str) -> None:
    """Refuse what cannot be a temperature or a speed."""
    if not (math.isfinite(value) and value >= 0):
        raise RefusalError(phrase(said, value=value))
