"""A run played back from its log, for a screen that takes it for a live one.

No process and no network: questions are answered from what the log tells. What it does not hold is
left empty, and what would need the network is refused.
"""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rnn_tui.language import joined, mark, phrase
from rnn_tui.live.probe import curves
from rnn_tui.live.views.branches import GHOSTS, ghost_after
from rnn_tui.protocol.branches import BranchView, Ghost, Past
from rnn_tui.protocol.commands import (
    Close,
    Command,
    Look,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    SetSpeed,
    Step,
    Travel,
    View,
)
from rnn_tui.protocol.replies import Done, Message, Refused, Started
from rnn_tui.protocol.snapshot import NO_WINDOW, RunInfo, RunState, Sample, Snapshot
from rnn_tui.replay.info import info_of
from rnn_tui.runlog.course import Course, LoggedBranch
from rnn_tui.runlog.player import Player

STRIDES = 50
"""Strides from the first event to the last."""
NO_NETWORK = mark("This is a replay: a log holds no network; nothing new can happen.")


class Replay:
    """What the screen sees of a log; answers at once, on the thread that asks."""

    def __init__(
        self,
        player: Player,
        listener: Callable[[Message], None],
        *,
        infos: list[RunInfo],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Get ready.

        Args:
            player: The log, opened.
            listener: Gets every message.
            infos: Of each run in the log, from `infos_of`.
            clock: Seconds.
        """
        self.player, self.listener, self.infos, self.clock = player, listener, infos, clock
        self.told = 0
        """Runs the screen was told of."""
        self._tickets = itertools.count(1)

    pid: int | None = None
    """There is no process."""
    stopped = False
    resume_point = mark("at the beginning of the log")

    def start(self) -> None:
        """Begin to play."""
        self.player.begin(self.clock())
        self._introduce()

    def restart(self) -> None:
        """Begin again; nothing of a replay can fall."""
        self.start()

    def close(self) -> None:
        """There is nothing to end."""

    def send(self, command: Command) -> int:
        """Do it and answer, before returning."""
        ticket = next(self._tickets)
        self.player.play(self.clock())
        self._introduce()
        if isinstance(command, Look):
            self.listener(self._snapshot(command.view))
            return ticket
        said = self._obey(command)
        self._introduce()
        self.listener(
            Refused(ticket, command, NO_NETWORK) if said is None else Done(ticket, command, said)
        )
        return ticket

    def _obey(self, command: Command) -> str | None:
        player = self.player
        match command:
            case Pause():
                player.paused = True
            case Resume():
                player.paused = False
                if player.at_end:
                    player.seek(0)
                    return mark("From the beginning.")
            case Step():
                player.paused = True
                player.step()
            case RunToEpochEnd():
                player.play_to_epoch_end()
            case SetSpeed(value):
                player.speed = value
                if not value:
                    return mark("As fast as it went.")
                return phrase("{speed} updates a second.", speed=f"{value:g}")
            case Travel(strides):
                player.paused = True
                player.seek(player.place + strides * max(1, round(len(player.events) / STRIDES)))
            case Restart(None):
                player.seek(0)
                return mark("From the beginning.")
            case Close():
                pass
            case _:
                return None
        return ""

    def _introduce(self) -> None:
        if self.player.course.starts != self.told:
            self.told = self.player.course.starts
            self.listener(Started(self.infos[self.told - 1]))

    def _snapshot(self, view: View) -> Snapshot:
        player, course = self.player, self.player.course
        history, info = course.branch.history, self.infos[self.told - 1]
        return Snapshot(
            state=self._state(),
            reason=self._reason(),
            update=course.update,
            epoch=course.epoch,
            epoch_fraction=course.update % info.windows_per_epoch / info.windows_per_epoch,
            loss=history.loss,
            smoothed=history.smoothed,
            validation=history.validation,
            grad_norm=course.grad_norm,
            updates_per_second=player.updates_per_second,
            learning_rate=course.learning_rate,
            temperature=course.temperature,
            speed=player.speed,
            seed=info.config.seed,
            curves=curves(history, max(view.bins, 1)),
            window=NO_WINDOW,  # a log holds no predictions
            samples=samples(course, view.samples, len(info.symbols)),
            prefix=None,
            past=past(course, max(view.bins, 1)),
            replayed=True,
        )

    def _state(self) -> RunState:
        if self.player.at_end:
            return "finished"
        return "paused" if self.player.paused else "running"

    def _reason(self) -> str:
        player, course = self.player, self.player.course
        if player.at_end:
            why = phrase(course.reason or mark("The run was cut off."))
            return joined([phrase("The log ends here."), why])
        if player.paused:
            return phrase(
                "Replay paused at event {place} of {all}.",
                place=f"{player.place:,}",
                all=f"{len(player.events):,}",
            )
        return joined(filter(None, (phrase("Replay."), phrase(course.reason))))


def samples(course: Course, most: int, symbols: int) -> tuple[Sample, ...]:
    """Return the newest samples that are not after the moment shown."""
    seen = [s for s in course.samples if s.update <= course.update]
    return tuple(
        Sample(s.update, s.temperature, s.ids, s.probs)
        for s in seen[:most]
        if not len(s.ids) or s.ids.max() < symbols
    )


def past(course: Course, bins: int) -> Past | None:
    """Other branches, where there are some."""
    if len(course.branches) == 1 and course.update >= course.branch.head:
        return None
    others = [branch for branch in course.branches.values() if branch is not course.branch]
    return Past(
        start=0,
        head=course.branch.head,
        goal=None,
        kept=np.empty(0, np.int64),
        size=0,
        budget=0,
        branch=course.branch.number,
        branches=tuple(
            BranchView(b.number, b.parent, b.fork, b.head, b.change, b.history.smoothed)
            for b in course.branches.values()
        ),
        ghosts=tuple(ghost(branch, course.branch, bins) for branch in others[-GHOSTS:]),
    )


def ghost(branch: LoggedBranch, present: LoggedBranch, bins: int) -> Ghost:
    """Return the part of a branch after the fork that parts it from the present one."""
    parted = branch.fork if branch.parent else present.fork
    return ghost_after(branch.number, branch.history, parted, bins)


def open_log(path: Path) -> tuple[Player, list[RunInfo]]:
    """Return a log ready to be played, and what is known of its runs; all of it has been read once.

    Raises:
        InputError: It cannot be read, or is damaged.
    """
    player = Player.open(path)
    return player, [info_of(event, path) for event in player.events if event["event"] == "start"]
