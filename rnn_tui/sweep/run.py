"""A run of a sweep: its settings, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from rnn_tui.training.checkpoint.resume import option
from rnn_tui.training.settings.config import Config

Value = str | int | float | bool | None
Values = Mapping[str, Value]
"""By the name of the setting."""

SEED = "seed"
"""What runs of one combination differ in."""
VARIABLE = frozenset({field.name for field in fields(Config)} | {"no_clip"})
"""The settings that can differ from run to run."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a run; losses in nats per character, None where there is none."""

    update: int
    reason: str
    """Why it ended, in English."""
    diverged: bool
    """The update after that was not made."""
    loss: float | None
    """Smoothed, at the end."""
    validation: float | None
    """At the end."""
    best: float | None
    """The lowest validation loss."""
    best_update: int | None
    parameters: int
    seconds: float
    """At work, all parts of the run together."""


@dataclass(frozen=True, slots=True)
class Run:
    """One of the runs."""

    name: str
    """Of its files."""
    values: Values
    """The settings in which the runs differ, and the seed."""
    config: Config
    notes: tuple[str, ...] = ()
    """What was chosen unasked."""
    result: Result | None = None
    """None: it is not at its end."""

    @property
    def combination(self) -> tuple[tuple[str, Value], ...]:
        """The settings in which it differs from others in more than the seed."""
        return tuple((name, value) for name, value in self.values.items() if name != SEED)


def name_of(values: Values) -> str:
    """Return what a run is called: `cell=lstm,hidden-size=64,seed=0`."""
    return ",".join(f"{word(name)}={spelled(value)}" for name, value in values.items())


def word(setting: str) -> str:
    """Return a setting as it is spelled on the command line, without the dashes."""
    return option(setting)[2:]


def spelled(value: Value) -> str:
    """Return a value as it is spelled on the command line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).removesuffix(".0")
