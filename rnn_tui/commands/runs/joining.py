"""The networks that join a run on the screen, and where the race that they make is kept."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rnn_tui.commands.options.lineup import file_name
from rnn_tui.commands.options.order import Order, overrides
from rnn_tui.commands.runs.pace import pace_of
from rnn_tui.commands.runs.race_report import tell_of_kept
from rnn_tui.commands.runs.race_workers import WORTH, Placed
from rnn_tui.commands.runs.recording import race_tag, recording
from rnn_tui.models.registry import name_of
from rnn_tui.process.session import Session
from rnn_tui.protocol.commands import KeepIn, Tag
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.session import Listener
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.entrants import rivals
from rnn_tui.saving.races import fresh_race


class Joining:
    """Makes the sessions of those that join."""

    def __init__(self, options: argparse.Namespace, order: Order, first: Session) -> None:
        """Get ready.

        Args:
            options: Of the call.
            order: What was to be trained.
            first: What trains it.
        """
        self._options, self._order = options, order
        self._all = [Placed(name_of(order.config), first, None, None)]
        self._kept: Path | None = None
        """The folder of the newest race; None: it is not kept."""
        self._racing: list[Placed] = []
        """Those of the newest race."""
        self._tag = ""
        """Of their records."""

    def rivals(self) -> Sequence[Entrant]:
        """Return who joins; from now on the one that is there is kept with them, too."""
        order = self._order
        found = rivals(order.corpus, order.config, overrides(self._options))
        # Of an earlier race any network may be the one that is left.
        alone = next((one for one in reversed(self._all) if one.session.alive), self._all[0])
        self._tag = race_tag()
        if not self._options.no_record:
            alone.session.send(Tag(self._tag))
        if not self._options.no_autosave:
            self._kept, self._racing = fresh_race(order.corpus), []
            if file := self._place(alone.name, alone.session).kept:
                alone.session.send(KeepIn(file, WORTH))
        return found

    def session(self, entrant: Entrant, listener: Listener) -> Session:
        """Return the session of one that joins; it stands still at first."""
        file = self._file(entrant.name)
        session = Session(
            replace(entrant.config, speed=pace_of(self._order.config, self._options)),
            self._order.corpus,
            listener,
            paused=True,
            notes=entrant.notes,
            keeping=Keeping(file, record=recording(self._options, tags=(self._tag,)), worth=WORTH),
        )
        self._all.append(self._place(entrant.name, session))
        return session

    def report(self) -> None:
        """Say where the race is, once it is over."""
        for placed in self._all[1:]:
            placed.tell_parting()
        tell_of_kept(self._racing, self._kept, self._order.corpus)

    def _file(self, name: str) -> Path | None:
        return self._kept / file_name(len(self._racing) + 1, name) if self._kept else None

    def _place(self, name: str, session: Session) -> Placed:
        self._racing.append(Placed(name, session, self._file(name), None))
        return self._racing[-1]
