"""What happens in a run, noted as it is seen between two updates.

Somebody calls `look` often; it writes what has changed since, as often as its rhythm says. What
lies between two updates that are noted is told by its smallest and its largest loss.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from rnn_tui.runlog.file import FORMAT, VERSION
from rnn_tui.runlog.rhythm import LOG, Pause, Rhythm
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.branches import Branch
from rnn_tui.training.history import History, KnobMark, lower, upper
from rnn_tui.version import __version__


class Sink(Protocol):
    """What takes the events of a run."""

    def write(self, event: Mapping[str, Any]) -> None:
        """Take one."""

    def close(self) -> None:
        """Take no more."""


class SampleLike(Protocol):
    """A text the network wrote."""

    @property
    def update(self) -> int:
        """After which update."""

    @property
    def temperature(self) -> float:
        """Of the lots that were drawn."""

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Its symbols (L,)."""

    @property
    def probs(self) -> npt.NDArray[np.float64]:
        """Of each symbol (L,)."""


@dataclass(frozen=True, eq=False, slots=True)
class Observation:
    """What is seen of a run."""

    branch: Branch
    """Its history is that of the whole branch."""
    update: int
    epoch: int
    grad_norm: float
    learning_rate: float
    state: str = "running"
    reason: str = ""
    temperature: float = 0.0
    speed: float = 0.0
    samples: tuple[SampleLike, ...] = ()
    """Newest first."""


class Recorder:
    """Writes down what changes."""

    def __init__(
        self, file: Sink, clock: Callable[[], float], vocab: Vocab, rhythm: Rhythm = LOG
    ) -> None:
        self.file, self.clock, self.vocab, self.rhythm = file, clock, vocab, rhythm
        self._start = clock()

    def begin(self, facts: Mapping[str, Any], update: int, history: History) -> None:
        """Note that a run begins, or goes on from a checkpoint.

        Args:
            facts: What stays the same: settings, vocabulary, sizes; JSON.
            update: Updates done before.
            history: What is known of those.
        """
        self._branch = self._branches = 1
        self._update = update
        self._noted = 0
        self._due = self._sample_due = self._validation_due = 0.0
        self._validation = history.validations[-1:]
        self._unnoted: list[tuple[int, float]] = []
        """Validations that are not due yet: the lowest, and the newest if that is another."""
        self._marks = {(mark.update, mark.label) for mark in history.marks}
        self._last_mark: KnobMark | None = history.marks[-1] if history.marks else None
        self._sample: SampleLike | None = None
        self._standing: tuple[object, ...] = ()
        head = {"format": FORMAT, "version": VERSION, "rnn_tui": __version__}
        self.note("start", **head, update=update, **facts)

    def look(self, seen: Observation, *, final: bool = False) -> None:
        """Note what has changed; if this is the final look, also what is not due yet."""
        branch = seen.branch
        if branch.number != self._branch:
            self._change_branch(branch)
        history = branch.history
        if history.marks and history.marks[-1] is not self._last_mark:
            self._note_marks(history.marks)
        if history.validations[-1:] != self._validation:
            self._validation = history.validations[-1:]
            self._unnoted = lowest_and_newest([*self._unnoted, *self._validation])
        if self._unnoted and (final or self._now >= self._validation_due):
            self._note_validations()
        pause = self.rhythm.samples
        if pause and seen.samples and seen.samples[0] is not self._sample:
            self._note_sample(seen.samples[0], pause)
        if seen.update == branch.head != self._update:
            self._note_update(seen, final)
        self._note_standing(seen)

    def end(self, reason: str, update: int) -> None:
        """Note that the run is over, and close the file."""
        self.note("end", update=update, reason=reason)
        self.file.close()

    def note(self, event: str, **fields: Any) -> None:
        """Write an event; one that cannot be seen from the run is told from outside."""
        if event == "start":
            self.file.write({"event": event, **fields})
        else:
            self.file.write({"event": event, "seconds": round(self._now, 3), **fields})

    @property
    def _now(self) -> float:
        return self.clock() - self._start

    def _note_validations(self) -> None:
        for update, loss in self._unnoted:
            self.note("validation", update=update, loss=loss)
        self._unnoted = []
        self._validation_due = self.rhythm.validations.after(self._now)

    def _change_branch(self, branch: Branch) -> None:
        if self._unnoted:  # they are of the branch that is left
            self._note_validations()
        self._branch = branch.number
        if branch.number > self._branches and branch.parent is not None:
            self._branches = branch.number
            self._update = branch.fork
            self.note(
                "branch",
                number=branch.number,
                parent=branch.parent.number,
                update=branch.fork,
                marks=self._marks_before(branch),
            )
            return
        self._update = branch.head
        marks = branch.history.marks
        self._last_mark = marks[-1] if marks else None
        self.note("branch", number=branch.number, update=branch.head)

    def _marks_before(self, branch: Branch) -> list[str]:
        """Return the marks at its fork that it has from its parent; what is new is to be noted."""
        there = [mark for mark in branch.history.marks if mark.update == branch.fork]
        if turned := branch.turned[branch.forked.turns :]:
            known = [mark.label for mark in turned[0].marks]
            # The same may have been tried on another branch.
            self._marks -= {(m.update, m.label) for m in there if m.label not in known}
            return known
        return [mark.label for mark in there if self._is_noted(mark)]

    def _note_marks(self, marks: list[KnobMark]) -> None:
        self._last_mark = marks[-1]
        for mark in marks:
            if not self._is_noted(mark):
                self._marks.add((mark.update, mark.label))
                self.note("knob", update=mark.update, label=mark.label)

    def _is_noted(self, mark: KnobMark) -> bool:
        return (mark.update, mark.label) in self._marks

    def _note_sample(self, sample: SampleLike, pause: Pause) -> None:
        if (now := self._now) < self._sample_due:
            return
        self._sample = sample
        self._sample_due = pause.after(now)
        self.note(
            "sample",
            update=sample.update,
            temperature=sample.temperature,
            text=self.vocab.decode(sample.ids),
            ids=sample.ids.tolist(),
            probs=[round(probability, 3) for probability in sample.probs.tolist()],
        )

    def _note_standing(self, seen: Observation) -> None:
        standing = {
            "update": seen.update,
            "state": seen.state,
            "reason": seen.reason,
            "temperature": seen.temperature,
            "speed": seen.speed,
        }
        # While it runs, the update changes all the time.
        different = tuple(standing.values())[seen.state == "running" :]
        if different != self._standing:
            self._standing = different
            self.note("state", **standing)

    def _note_update(self, seen: Observation, final: bool) -> None:
        now, final = self._now, final or seen.state != "running"
        if self._noted >= self.rhythm.first and now < self._due and not final:
            return
        history = seen.branch.history
        low, high = extremes(history, self._update)
        self._update = seen.update
        self._noted += 1
        self._due = self.rhythm.updates.after(now)
        self.note(
            "update",
            update=seen.update,
            epoch=seen.epoch,
            loss=history.loss,
            low=low,
            high=high,
            smoothed=history.smoothed,
            grad_norm=seen.grad_norm,
            learning_rate=seen.learning_rate,
        )


def lowest_and_newest(validations: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return the lowest and the newest of some validations, which may be the same one."""
    newest = validations[-1]
    lowest = min(validations, key=lambda pair: (isnan(pair[1]), pair[1]))
    return [newest] if lowest == newest else [lowest, newest]


def extremes(history: History, update: int) -> tuple[float, float]:
    """Return the smallest and the largest loss after an update, as far as the history has them."""
    bins = history.bins
    place = bisect_right(bins.update, update)
    return (
        extreme(lower, [*bins.low[place:], *([history.low] if history.in_bin else [])]),
        extreme(upper, [*bins.high[place:], *([history.high] if history.in_bin else [])]),
    )


def extreme(choose: Callable[[float, float], float], losses: Iterable[float]) -> float:
    """Return the one of all; NaN where there is none."""
    found = list(losses)
    result = found[0] if found else float("nan")
    for loss in found[1:]:
        result = choose(result, loss)
    return result
