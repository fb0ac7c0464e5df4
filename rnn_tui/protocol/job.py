"""What the worker process is asked to do; it travels down the pipe.

Nothing of the engine is imported here: the screen's process makes jobs, the worker's does them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.training.bundle.file import Bundle
    from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept of a run, so that it can be listed and compared later: a small log."""

    folder: Path
    tags: tuple[str, ...] = ()
    """What it can be found by from the beginning, such as the race that it is part of."""
    resumed: str = ""
    """The file from which it went on; empty: it is new."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where to save by itself, and how often."""

    autosave: Path | None = None
    """None: not at all."""
    checkpoint: Path | None = None
    """Saved at the end, whatever ends it; None: nowhere."""
    every: int | None = None
    """Updates between two saves to `checkpoint`; None: only at the end."""
    best: bool = False
    """Whether the best is kept beside `checkpoint`."""
    log: Path | None = None
    """Where what happens is noted; None: nowhere."""
    tensorboard: Path | None = None
    """A folder where TensorBoard finds the same; None: nowhere."""
    record: Recording | None = None
    """None: none is kept."""
    race: Path | None = None
    """A file in the folder of a race, kept together with `autosave`; None: there is none."""
    worth: float = 10.0
    """Seconds of training before a run is kept by itself: toys must not push out real runs."""


@dataclass(frozen=True, eq=False, slots=True)
class Job:
    """A run to train."""

    config: Config
    corpus: Corpus
    paused: bool = False
    notes: tuple[str, ...] = ()
    checkpoint: "Checkpoint | None" = None
    """Where to go on; None: at the first update."""
    bundle: "Bundle | None" = None
    """Whose checkpoint that is: it has the past, too. None: nobody's."""
    overrides: Mapping[str, object] = field(default_factory=dict)
    """Settings that change from the checkpoint on."""
    keeping: Keeping = field(default_factory=Keeping)
    """What is saved without being asked for."""
    saved: tuple[Path, ...] = ()
    """Files to which this run was saved by hand."""
    began: float = 0.0
    """When the run was first started, as files tell time."""
    again: bool = False
    """Whether a worker before this one is gone: the run goes on where it was last saved."""
