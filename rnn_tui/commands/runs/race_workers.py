"""The workers of `rnn-tui race`: what each is given, where it is saved, what is said at the end."""

import argparse
import shlex
from dataclasses import replace

from rnn_tui.commands.options.lineup import Lineup, file_name
from rnn_tui.commands.runs.pace import pace_of
from rnn_tui.process.session import Session
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.session import Listener
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.session import Race
from rnn_tui.saving.races import fresh_race, last_saved, prune_races, require_folder
from rnn_tui.standard_streams import complain
from rnn_tui.text.visible import visible

WORTH = 0.2
"""Seconds at work from which a network is kept: the fast ones wait for the slow ones most of the
time, and a race is gone on with as a whole."""


class Workers:
    """Makes the session of each network."""

    def __init__(self, options: argparse.Namespace, entered: Lineup, *, autosave: bool) -> None:
        """Find out where they are to be saved.

        Raises:
            InputError: Nothing can be saved there.
        """
        self._options, self._entered = options, entered
        self.kept = fresh_race(entered.corpus) if autosave else None
        numbered = enumerate(entered.entrants, 1)
        self._files = {e.name: file_name(number, e.name) for number, e in numbered}
        if options.checkpoints:
            require_folder(options.checkpoints, set(self._files.values()))

    def __call__(self, entrant: Entrant, listener: Listener) -> Session:
        """Return a session that stands still at first; `hello` at a pace one can follow."""
        config, options, file = entrant.config, self._options, self._files[entrant.name]
        pace = pace_of(config, options) if options.updates is None else config.speed
        changed = {"speed": pace} if pace != config.speed else {}
        return Session(
            replace(config, speed=pace),
            self._entered.corpus,
            listener,
            paused=True,
            notes=entrant.notes,
            checkpoint=entrant.checkpoint,
            overrides=changed,
            keeping=Keeping(
                self.kept / file if self.kept else None,
                options.checkpoints / file if options.checkpoints else None,
                options.checkpoint_every,
                worth=WORTH,
            ),
        )

    def report(self, race: Race) -> int:
        """Say what could not be saved, or where it is; return the exit code."""
        for sentence in race.parting:
            complain(sentence)
        for sentence in race.unsaved:
            complain(sentence)
        if race.unsaved:
            return 2
        if self.kept and last_saved(self.kept):
            prune_races()
            text = self._entered.corpus.path
            words = f"{shlex.quote(text)} --resume" if text else "- --resume"
            complain(f"the race is kept: rnn-tui race {visible(words)} goes on with it")
        return 0
