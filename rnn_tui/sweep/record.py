"""A sweep's file, `sweep.json`: the text, the runs, and what came of those that are at their end.

It is replaced whole whenever a run is. A run is known by its settings, the digest of the text and
how that is read.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.sweep.claim import NAME as LOCK
from rnn_tui.sweep.run import VARIABLE, Result, Run, Value
from rnn_tui.text.corpus import Corpus, TextOptions
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.atomic import write_whole
from rnn_tui.training.settings.choose import check
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.from_json import fields_from, is_a

NAME = "sweep.json"
FORMAT = "rnn-tui sweep"
VERSION = 1
LARGEST = 64 << 20
"""Bytes of a file that is read."""
MOST = 2_000
"""Runs of a sweep: its file, a kilobyte for each, is replaced at the end of every one."""
LONGEST = 180
"""Bytes of a run's name: with what stands around it, a file's may have 255."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text that all runs learn."""

    name: str
    path: str
    """Empty where it had no file. Not safe to paint."""
    sha256: str
    options: TextOptions

    @classmethod
    def of(cls, corpus: Corpus) -> "Text":
        """Return what is noted of a text."""
        return cls(corpus.name, corpus.path, corpus.sha256, corpus.options)

    def is_that_of(self, other: "Text") -> bool:
        """Return whether it is the same text, read in the same way, wherever it is."""
        return (self.sha256, self.options) == (other.sha256, other.options)


@dataclass(slots=True)
class Record:
    """What a sweep's file says."""

    folder: Path
    text: Text
    runs: dict[str, Run] = field(default_factory=dict)
    """By their names, in the order in which they are begun."""
    checkpoint_every: int | None = None
    keep_best: bool = False

    @property
    def left(self) -> list[Run]:
        """The runs that are not at their end."""
        return [run for run in self.runs.values() if run.result is None]

    @property
    def done(self) -> int:
        """How many are."""
        return len(self.runs) - len(self.left)

    def finish(self, run: Run, result: Result) -> None:
        """Note what came of a run.

        Raises:
            InputError: The file cannot be written; it is as it was.
        """
        more = replace(self, runs={**self.runs, run.name: replace(run, result=result)})
        more.save()
        self.runs = more.runs

    def save(self) -> None:
        """Replace the file.

        Raises:
            InputError: It cannot be written; it is as it was.
        """
        said = {
            "format": FORMAT,
            "version": VERSION,
            "text": asdict(self.text),
            "checkpoint_every": self.checkpoint_every,
            "keep_best": self.keep_best,
            "runs": [asdict(run) for run in self.runs.values()],
        }
        write_whole(self.folder / NAME, json.dumps(said, indent=1).encode())


def begun(asked: Record) -> Record:
    """Return a sweep as it is to be gone on with, its file written.

    Runs can come to those that are there; what these came to is kept.

    Raises:
        InputError: The folder is of another sweep or of none, or nothing can be written there.
    """
    if there(asked.folder):
        asked = continued(load(asked.folder), asked)
    asked.save()
    return asked


def there(folder: Path) -> bool:
    """Return whether a folder holds anything; what a killed program left amid a write is removed.

    Raises:
        InputError: It cannot be looked into.
    """
    try:
        for stray in folder.glob(".*.tmp"):
            stray.unlink(missing_ok=True)
        return any(file.name != LOCK for file in folder.iterdir())
    except OSError as error:
        raise InputError(f"cannot write to {visible(str(folder))}: {error.strerror}") from None


def continued(stored: Record, asked: Record) -> Record:
    """Return what is asked for, with the names and results of what is there.

    Raises:
        InputError: It is another text, or a run that is there is not asked for.
    """
    where = visible(str(asked.folder))
    if not stored.text.is_that_of(asked.text):
        raise InputError(
            f"{where}: a sweep of another text is there ({stored.text.name}); name another folder: "
            "--out FOLDER"
        )
    known = {run.config: run for run in stored.runs.values()}
    runs = [
        replace(run, name=old.name, result=old.result)
        if (old := known.pop(run.config, None))
        else run
        for run in asked.runs.values()
    ]
    by_name = {run.name: run for run in runs}
    if known or len(by_name) < len(runs):
        odd = next(iter(known.values()), runs[0]).name
        raise InputError(
            f"{where}: another sweep is there, whose run {odd} is none of "
            "these; go on with it (--resume FOLDER) or name another folder (--out FOLDER)"
        )
    return replace(asked, runs=by_name)


def load(folder: Path) -> Record:
    """Read a sweep's file.

    Raises:
        InputError: There is none, it is damaged, or of a newer version.
    """
    path = folder / NAME
    where = visible(str(path))
    try:
        if not path.is_file():
            raise InputError(f"{visible(str(folder))}: no sweep is there ({NAME})")
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        said = json.loads(path.read_bytes())
        if said["format"] != FORMAT:
            raise ValueError("its format is another")
        if is_a(said["version"], int) and said["version"] > VERSION:
            raise InputError(f"{where}: written by a newer rnn-tui; update rnn-tui")
        return made_of(folder, said)
    except OSError as error:
        raise InputError(f"{where}: cannot be read: {error.strerror}") from None
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        why = visible(str(error))[:200]
        raise InputError(f"{where}: not a sweep, or a damaged one ({why})") from None


def made_of(folder: Path, said: Mapping[str, Any]) -> Record:
    """Make sense of a file's parts; any exception means that it cannot be trusted."""
    told = said["text"]
    options = fields_from(TextOptions, told["options"])
    text = Text(visible(str(told["name"])), str(told["path"]), str(told["sha256"]), options)
    runs = [run_of(one) for one in said["runs"]]
    by_name = {run.name: run for run in runs}
    every, best = said["checkpoint_every"], said["keep_best"]
    if not runs or len(by_name) < len(runs) or len({run.config for run in runs}) < len(runs):
        raise ValueError("no run, or one of them twice")
    if not (every is None or (is_a(every, int) and every >= 1)) or not isinstance(best, bool):
        raise ValueError("when to save is not known")
    return Record(folder, text, by_name, every, best)


def run_of(said: Mapping[str, Any]) -> Run:
    """Make sense of a run."""
    name, values, result = said["name"], said["values"], said["result"]
    # Its files are named after it: it must not lead out of the folder, nor to a terminal's codes.
    if not is_a(name, str) or not name or "/" in name or name[0] == "." or visible(name) != name:
        raise ValueError("a run's name is none")
    if not (values.keys() <= VARIABLE and all(is_a(one, Value) for one in values.values())):
        raise ValueError(f"what {name} differs in is not known")
    config = check(fields_from(Config, said["config"]))
    notes = tuple(str(note) for note in said["notes"])
    ended = None if result is None else fields_from(Result, result)
    return Run(name, values, config, notes, ended)
