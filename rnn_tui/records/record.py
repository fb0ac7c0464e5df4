"""The record of a run, written while it trains."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnn_tui.protocol.job import Recording
from rnn_tui.records.file import RecordFile
from rnn_tui.runlog.recorder import Observation, Recorder
from rnn_tui.runlog.rhythm import RECORD
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.trainer import Trainer

NOT_KEPT = ("symbols", "letters")
"""The vocabulary: a record holds nothing of the text, and is small in any script."""
NOTHING = (-1, Path())


class Record:
    """Keeps one run after the other, each in a file of its own; or none, where none is asked for.

    What is noted is the same as in a log, less often and without samples.
    """

    def __init__(
        self, recording: Recording | None, clock: Callable[[], float], tell: Callable[[str], None]
    ) -> None:
        """Get ready.

        Args:
            recording: Where, and what to note besides; None: nothing is kept.
            clock: Seconds.
            tell: Gets a sentence when it cannot be written.
        """
        self._recording, self._clock, self._tell = recording, clock, tell
        self._file: RecordFile | None = None
        self._recorder: Recorder | None = None
        self._saved = self._noted = NOTHING
        """What was saved last, and what of that was noted last."""
        self._files: set[Path] = set()
        """Of this run, as far as they are noted."""

    def begin(self, trainer: Trainer, describe: Callable[[], Mapping[str, Any]]) -> None:
        """Begin with a run.

        Args:
            trainer: The run.
            describe: Gives what stays the same of it, as a log has it; called once it is needed.
        """
        if self._recording is None or (self._file and self._file.faulty):
            return
        recording, corpus = self._recording, trainer.corpus
        own = facts_of(corpus) | {"resumed": recording.resumed if trainer.update else ""}

        def facts() -> dict[str, Any]:
            found = {name: value for name, value in describe().items() if name not in NOT_KEPT}
            return found | own

        self._file = RecordFile(recording.folder, facts, self._tell)
        self._recorder = Recorder(self._file, self._clock, corpus.vocab, RECORD)
        self._recorder.begin({}, trainer.update, trainer.history)
        self._saved, self._noted, self._files = NOTHING, NOTHING, set()
        for tag in recording.tags:
            self.tag(tag)

    @property
    def open(self) -> bool:
        """Whether there is anything to be noted for."""
        return self._recorder is not None

    def look(self, seen: Observation) -> None:
        """Note what has changed; call between two updates, often."""
        if self._recorder:
            self._recorder.look(seen)

    def tag(self, tag: str) -> None:
        """Note what this run, and those that are begun after it, can be found by."""
        if self._recording and tag not in self._recording.tags:
            self._recording = replace(self._recording, tags=(*self._recording.tags, tag))
        if self._recorder:
            self._recorder.note("tag", tag=tag, on=True)

    def saved(self, update: int, path: Path) -> None:
        """Note to which file the run was saved, once; the update of the last save at the end."""
        self._saved = (update, path.absolute())
        if self._saved[1] not in self._files:
            self._note_saved()

    def end(self, reason: str, last: Observation) -> None:
        """Note that the run is over, and what was seen of it last."""
        if self._recorder:
            self._recorder.look(last, final=True)
            self._note_saved()
            self._recorder.end(reason, last.update)
        self._recorder = None

    def _note_saved(self) -> None:
        if self._recorder and self._saved != self._noted:
            self._noted = update, path = self._saved
            self._files.add(path)
            self._recorder.note("checkpoint", update=update, file=str(path))


def facts_of(corpus: Corpus) -> dict[str, Any]:
    """Return which text it was, without anything of it."""
    return {
        "text_path": corpus.path,
        "text_sha256": corpus.sha256,
        "text_length": len(corpus.ids),
        "vocabulary": len(corpus.vocab),
    }
