"""The files to which a run was saved, and how long ago; nothing is read here."""

import time
from pathlib import Path

from rnn_tui.language import phrase
from rnn_tui.protocol.job import Job
from rnn_tui.saving.autosave_files import modified, newest_of_run


def last_saved(job: Job) -> list[Path]:
    """Return the files of this run, the one written last first."""
    autosave, checkpoint = newest_of_run(job.keeping.autosave), job.keeping.checkpoint
    files = [*job.saved, *([autosave] if autosave else [])]
    # The checkpoint that was named may be an older run's, as long as this one has not saved.
    if checkpoint and modified(checkpoint) >= job.began:
        files.append(checkpoint)
    return sorted((path for path in files if path.exists()), key=modified, reverse=True)


def ago(path: Path) -> str:
    """Return how long ago a file was written, in words."""
    seconds = max(0, round(time.time() - modified(path)))
    if seconds < 2:
        return phrase("a moment ago")
    if seconds < 120:
        return phrase("{seconds} seconds ago", seconds=seconds)
    return phrase("{minutes} minutes ago", minutes=seconds // 60)


def resume_point(job: Job) -> str:
    """Return where a worker that starts after a fault would go on."""
    if files := last_saved(job):
        return phrase("from the last good state, saved {ago}", ago=ago(files[0]))
    if job.checkpoint:
        return phrase("from the checkpoint it was opened with")
    return phrase("from update 0")
