"""What is noted of the run that the worker trains: in the log that was asked for, in its record."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rnn_tui.live.engine import Engine
from rnn_tui.live.sinks import sink_for
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.records.record import Record
from rnn_tui.runlog.recorder import Observation, Recorder
from rnn_tui.text.vocab import Vocab


class EventLog:
    """Notes what happens, where that is to be kept."""

    def __init__(
        self,
        keeping: Keeping,
        clock: Callable[[], float],
        vocab: Vocab,
        tell: Callable[[str], None],
    ) -> None:
        """Open the log; without one, and without a record, nothing is ever noted.

        Args:
            keeping: What is to be kept.
            clock: Seconds.
            vocab: Of the text.
            tell: Gets a sentence when it cannot be written.
        """
        sink = sink_for(keeping.log, keeping.tensorboard, tell)
        self._recorder = None if sink is None else Recorder(sink, clock, vocab)
        self._record = Record(keeping.record, clock, tell)

    def begin(self, info: RunInfo, engine: Engine) -> None:
        """Note that a run begins."""
        trainer = engine.trainer
        if self._recorder:
            self._recorder.begin(asdict(info), trainer.update, trainer.history)
        self._record.begin(trainer, lambda: asdict(info))

    def look(self, engine: Engine) -> None:
        """Note what has changed; call between two updates, often."""
        # On a journey through training time nothing new happens.
        if (self._recorder or self._record.open) and not engine.run.travelling:
            seen = observation_of(engine)
            if self._recorder:
                self._recorder.look(seen)
            self._record.look(seen)

    def saved(self, update: int, path: Path) -> None:
        """Note that the run was saved."""
        self._record.saved(update, path)

    def tag(self, tag: str) -> None:
        """Note what the record can be found by."""
        self._record.tag(tag)

    def before_restart(self, last: Observation) -> None:
        """End the record: the next run has one of its own."""
        self._record.end("Begun again.", last)

    def end(self, engine: Engine) -> None:
        """Note that the worker leaves."""
        self.look(engine)
        if self._recorder:
            self._recorder.end(LEFT, engine.trainer.update)
        self._record.end(LEFT, observation_of(engine))


LEFT = "The program was left."


def observation_of(engine: Engine) -> Observation:
    """Return what is seen now."""
    run = engine.run
    trainer, branch = run.trainer, run.timeline.branch
    return Observation(
        branch=branch,
        update=trainer.update,
        epoch=trainer.epoch,
        grad_norm=trainer.grad_norm,
        learning_rate=trainer.learning_rate,
        state=run.status.name,
        reason=run.status.reason,
        temperature=engine.temperature,
        speed=engine.pacer.speed,
        samples=(engine.book.samples[-1],) if engine.book.samples else (),
    )
