"""A worker's loop on the test's own desk: a clock that is wound by hand and a pipe of lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from rnn_tui.live.loop import Loop
from rnn_tui.protocol.commands import Close, Command, Look, Request, View
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import StepReport, Trainer

HELLO = PRESETS["hello"]
PROSE = b"The tide came in, the tide went out, and no one had told it to. " * 9


class Clock:
    """Stands still unless something takes time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class TimedTrainer(Trainer):
    """A trainer whose updates and validation slices take time on the clock."""

    clock: Clock
    update_takes = 0.001
    slice_takes = 0.003
    gradient_is_infinite_at = -1

    def step(self) -> StepReport:
        self.clock.now += self.update_takes
        return super().step()

    def restarted(self, seed: int | None = None) -> Trainer:
        seed = self.config.seed if seed is None else seed
        again = TimedTrainer(replace(self.config, seed=seed), self.corpus)
        again.clock = self.clock
        return again

    def validate_slice(self) -> None:
        self.clock.now += self.slice_takes
        super().validate_slice()

    def clip(self, grads: Any) -> float:
        norm = super().clip(grads)
        return float("inf") if self.update == self.gradient_is_infinite_at else norm


@dataclass
class Script:
    """A pipe on which commands arrive at set times (seconds from the start), and a record."""

    clock: Clock
    arrivals: list[tuple[float, Command]]
    sent: list[Any] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    waits: list[float | None] = field(default_factory=list)
    tickets: int = 0

    def __post_init__(self) -> None:
        self.start = self.clock.now

    def poll(self, timeout: float | None = 0.0) -> bool:
        self.waits.append(timeout)
        if not self.arrivals:
            raise EOFError
        wait = max(0.0, self.start + self.arrivals[0][0] - self.clock.now)
        arrived = timeout is None or wait <= timeout
        self.clock.now += wait if arrived or timeout is None else timeout
        return arrived

    def recv(self) -> Request:
        self.tickets += 1
        return Request(self.tickets, self.arrivals.pop(0)[1])

    def send(self, obj: Any) -> None:
        self.sent.append(obj)
        self.sent_at.append(self.clock.now - self.start)

    def replies(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.sent if isinstance(message, kind)]


def hello() -> Corpus:
    return corpus_from_bytes(b"hello\n", "hello.txt")


def prose(**changes: Any) -> tuple[Config, Corpus]:
    """Settings with a validation part of several slices, and the text for them."""
    config = replace(HELLO, hidden_size=5, seq_length=7, batch_size=2, val_fraction=0.6, **changes)
    return config, corpus_from_bytes(PROSE, "prose.txt")


def at_desk(
    arrivals: Iterable[tuple[float, Command] | Command],
    *,
    config: Config = HELLO,
    corpus: Corpus | None = None,
    paused: bool = False,
    **trainer_attributes: Any,
) -> tuple[Script, Loop]:
    """Run a loop through all arrivals (those without a time come at once) and a Close."""
    clock = Clock()
    timed = [a if isinstance(a, tuple) else (0.0, a) for a in arrivals]
    script = Script(clock, [*timed, (timed[-1][0] if timed else 0.0, Close())])
    trainer = TimedTrainer(config, corpus or hello())
    trainer.clock = clock
    for name, value in trainer_attributes.items():
        setattr(trainer, name, value)
    loop = Loop(trainer, script, paused=paused, clock=clock)
    loop.run()
    return script, loop


def looks(script: Script) -> list[Snapshot]:
    return script.replies(Snapshot)


LOOK = Look(View())
