"""What is said of a race at its end: what could not be saved, what is saved instead, and where."""

import shlex
from pathlib import Path

from rnn_tui.commands.runs.race_workers import Placed, Workers
from rnn_tui.errors import InputError
from rnn_tui.saving.autosave_files import modified, newest_of_run
from rnn_tui.saving.races import last_saved, prune_races, saved_in
from rnn_tui.standard_streams import complain
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.atomic import write_whole
from rnn_tui.training.checkpoint.file import load

UNUSABLE = 2


def report_after_race(workers: Workers, corpus: Corpus) -> int:
    """Say what became of the networks, where that is not what was asked for or not to be seen.

    Returns:
        The exit code: 2 where one that was to be saved is not, as it was at the end.
    """
    for placed in workers.made:
        for sentence in placed.session.parting:
            complain(sentence)
    unsaved = [placed for placed in workers.made if placed.asked and is_unsaved(placed)]
    if not any(placed.session.left or placed.session.unsaved for placed in workers.made):
        unsaved = []  # it was left before any network could learn
    for placed in unsaved:
        complain(why_unsaved(placed))
    if workers.kept and last_saved(workers.kept):
        prune_races()
        if not unsaved:
            complain(how_to_go_on(workers, corpus))
    return UNUSABLE if unsaved else 0


def is_unsaved(placed: Placed) -> bool:
    """Return whether the file that was asked for is not the network as it was at the end."""
    return placed.session.left is None or bool(placed.session.left.unsaved)


def why_unsaved(placed: Placed) -> str:
    """Return what there is instead, having put there what was kept of it last."""
    if placed.session.left is not None:
        return placed.session.left.unsaved
    file, gone = placed.asked, "its worker was gone before the end"
    assert file is not None
    where, kept = visible(str(file)), newest_of_run(placed.kept)
    if kept is not None and modified(kept) > modified(file):
        try:
            write_whole(file, kept.read_bytes())
        except (InputError, OSError):
            return f"{where} is not saved: {gone}; it is kept in {visible(str(kept))}"
    try:
        update = load(file).update
    except InputError:
        return f"{where} is not saved: {gone}, and nothing of it had been kept"
    return f"{where} has update {update:,}, the last one that was kept: {gone}"


def how_to_go_on(workers: Workers, corpus: Corpus) -> str:
    """Return with which command the race goes on, and who is missing then."""
    assert workers.kept is not None
    words = f"{shlex.quote(corpus.path)} --resume" if corpus.path else "- --resume"
    there = {Path(name) for name in saved_in(workers.kept)}
    missing = [one.name for one in workers.made if one.kept and Path(one.kept.name) not in there]
    without = f", without {', '.join(missing)}, of which nothing was kept" if missing else ""
    return f"the race is kept: rnn-tui race {visible(words)} goes on with it{visible(without)}"
