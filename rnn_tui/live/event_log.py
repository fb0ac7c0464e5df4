"""The event log of a run that the worker trains."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rnn_tui.live.engine import Engine
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.runlog.file import LogFile
from rnn_tui.runlog.recorder import Observation, Recorder
from rnn_tui.text.vocab import Vocab


class EventLog:
    """Notes what happens, where a log was asked for."""

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float],
        vocab: Vocab,
        tell: Callable[[str], None],
    ) -> None:
        """Open the log; without a path nothing is ever noted.

        Args:
            path: The file; None: no log.
            clock: Seconds.
            vocab: Of the text.
            tell: Gets a sentence when it cannot be written.
        """
        self._recorder = None if path is None else Recorder(LogFile(path, tell), clock, vocab)

    def begin(self, info: RunInfo, engine: Engine) -> None:
        """Note that a run begins."""
        if self._recorder:
            trainer = engine.trainer
            self._recorder.begin(asdict(info), trainer.update, trainer.history)

    def look(self, engine: Engine) -> None:
        """Note what has changed; call between two updates, often."""
        # On a journey through training time nothing new happens.
        if self._recorder and not engine.run.travelling:
            self._recorder.look(observation_of(engine))

    def end(self, engine: Engine) -> None:
        """Note that the worker leaves."""
        if self._recorder:
            self.look(engine)
            self._recorder.end("The program was left.", engine.trainer.update)


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
