"""Whether networks race, and what is to be said of it in a sentence."""

from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.snapshot import Snapshot


def racing(snapshot: Snapshot | None) -> RaceView | None:
    """Return the race, where there is more than one network in it."""
    race = snapshot.race if snapshot else None
    return race if race and len(race.entrants) > 1 else None


def pace_in_words(race: RaceView) -> str:
    """Say how the networks keep step, and what they share."""
    if race.pace == "equal":
        return "Equal updates: they wait for one another."
    cores = f"{race.cores} core{'s' * (race.cores != 1)}"
    return f"Flat out: each as fast as it can, {cores} shared by {len(race.entrants)}."
