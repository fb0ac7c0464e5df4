"""Jobs that go wrong in the worker process, once: the worker that follows does them well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from rnn_tui.nn.cell import FloatArray
from rnn_tui.protocol.job import Job
from rnn_tui.training.trainer import Trainer

Fault = Literal["memory", "raises"]
FIELDS = ("config", "corpus", "paused", "notes", "checkpoint", "bundle", "overrides", "keeping")
AT = 100
"""The update in whose middle it happens."""


@dataclass(frozen=True, eq=False, slots=True)
class FaultyJob(Job):
    """A job whose hundredth update changes half of the weights and then fails."""

    fault: Fault = "raises"

    def __reduce__(self) -> Any:
        values = tuple(getattr(self, name) for name in FIELDS)
        if self.again:
            return Job, (*values, self.saved, self.began, True)
        return arrive, (self.fault, *values)


def arrive(fault: Fault, *fields: Any) -> Job:
    """Called in the worker while it unpickles its job."""
    spoil(Trainer.step, fault)
    return Job(*fields)


def spoil(step: Callable[[Trainer], Any], fault: Fault) -> None:
    """Let the hundredth update fail."""

    def half_a_step(trainer: Trainer) -> Any:
        if trainer.update + 1 < AT:
            return step(trainer)
        half: FloatArray = trainer.model.flat[::2]
        half += 1
        raise MemoryError if fault == "memory" else ZeroDivisionError("in the middle\x1b[2J")

    Trainer.step = half_a_step  # type: ignore[assignment, method-assign]
