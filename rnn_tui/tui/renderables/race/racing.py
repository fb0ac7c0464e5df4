"""Whether networks race, and what is to be said of it in a sentence."""

from rnn_tui.language import tr
from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.snapshot import Snapshot


def racing(snapshot: Snapshot | None) -> RaceView | None:
    """Return the race, where there is more than one network in it."""
    race = snapshot.race if snapshot else None
    return race if race and len(race.entrants) > 1 else None


def pace_in_words(race: RaceView) -> str:
    """Say how the networks keep step, and what they share."""
    if race.pace == "equal":
        return tr("Equal updates: they wait for one another.")
    count = len(race.entrants)
    if race.cores == 1:
        return tr("Flat out: each as fast as it can, 1 core shared by {count}.", count=count)
    return tr(
        "Flat out: each as fast as it can, {cores} cores shared by {count}.",
        cores=race.cores,
        count=count,
    )
