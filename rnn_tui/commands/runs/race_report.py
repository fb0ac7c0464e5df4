"""What is said of a race at its end: what could not be saved, what is saved instead, and where."""

import shlex
from collections.abc import Sequence
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
        placed.tell_parting()
    unsaved = [placed for placed in workers.made if placed.asked and is_unsaved(placed)]
    if not any(placed.session.left or placed.session.unsaved for placed in workers.made):
        unsaved = []  # it was left before any network could learn
    for placed in unsaved:
        complain(why_unsaved(placed))
    if not unsaved:
        tell_of_kept(workers.made, workers.kept, corpus)
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


def tell_of_kept(made: Sequence[Placed], kept: Path | None, corpus: Corpus) -> None:
    """Say with which command a race goes on that was kept by itself, and who is missing then.

    Args:
        made: Its networks.
        kept: The folder; None: it was not kept.
        corpus: The text.
    """
    if kept is None or not last_saved(kept):
        return
    prune_races()
    there = saved_in(kept)
    if len(there) < 2:
        return  # one alone is no race; where a run of its own is, is said elsewhere
    words = f"{shlex.quote(corpus.path)} --resume" if corpus.path else "- --resume"
    missing = [one.name for one in made if one.kept and one.kept.name not in there]
    without = f", without {', '.join(missing)}, of which nothing was kept" if missing else ""
    complain(f"the race is kept: rnn-tui race {visible(words)} goes on with it{visible(without)}")
