"""The workers of `rnn-tui race`: what each is given, and where it is saved."""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

from rnn_tui.commands.options.lineup import Lineup
from rnn_tui.commands.runs.pace import pace_of
from rnn_tui.commands.runs.recording import race_tag, recording
from rnn_tui.process.session import Session
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.session import Listener
from rnn_tui.race.entrant import Entrant
from rnn_tui.saving.races import fresh_race, require_folder
from rnn_tui.standard_streams import complain

WORTH = 0.02
"""Seconds at work from which a network is kept: the fast ones wait for the slow ones most of the
time, and a race is gone on with as a whole."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A network's session, and where it is saved."""

    name: str
    session: Session
    kept: Path | None
    """By itself; None: nowhere."""
    asked: Path | None
    """At the end, as was asked for; None: nowhere."""

    def tell_parting(self) -> None:
        """Say what its worker had to say at the end."""
        for sentence in self.session.parting:
            complain(sentence)


class Workers:
    """Makes the session of each network."""

    def __init__(self, options: argparse.Namespace, entered: Lineup, *, autosave: bool) -> None:
        """Find out where they are to be saved.

        Raises:
            InputError: Nothing can be saved there.
        """
        self._options, self._entered = options, entered
        self.kept = fresh_race(entered.corpus) if autosave else None
        names = (entrant.name for entrant in entered.entrants)
        self._files = dict(zip(names, entered.files, strict=True))
        self._tag = race_tag()
        self.made: list[Placed] = []
        """In the order in which they were made, those that are dropped included."""
        if folder := options.checkpoints:
            goes_on = options.resume is not None and options.resume.resolve() == folder.resolve()
            require_folder(folder, set(entered.files), goes_on=goes_on)

    def __call__(self, entrant: Entrant, listener: Listener) -> Session:
        """Return a session that stands still at first; `hello` at a pace one can follow."""
        config, options, file = entrant.config, self._options, self._files[entrant.name]
        pace = pace_of(config, options) if options.updates is None else config.speed
        changed = {"speed": pace} if pace != config.speed else {}
        kept = self.kept / file if self.kept else None
        asked = options.checkpoints / file if options.checkpoints else None
        session = Session(
            replace(config, speed=pace),
            self._entered.corpus,
            listener,
            paused=True,
            notes=entrant.notes,
            checkpoint=entrant.checkpoint,
            overrides=changed,
            keeping=Keeping(
                kept,
                asked,
                options.checkpoint_every,
                record=recording(options, tags=(self._tag,)),
                worth=WORTH,
            ),
        )
        self.made.append(Placed(entrant.name, session, kept, asked))
        return session
