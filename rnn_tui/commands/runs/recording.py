"""What is kept of a run so that `rnn-tui runs` lists it."""

import argparse
from datetime import datetime
from pathlib import Path

from rnn_tui.protocol.job import Recording
from rnn_tui.records.folder import folder, fresh_id


def recording(
    options: argparse.Namespace, resumed: Path | None = None, tags: tuple[str, ...] = ()
) -> Recording | None:
    """Return where the record of a run goes; None: none is wanted.

    Args:
        options: Of the call.
        resumed: The checkpoint from which it goes on; None: it is new.
        tags: What it can be found by.
    """
    if options.no_record:
        return None
    return Recording(folder(), tags, str(resumed.absolute()) if resumed else "")


def race_tag() -> str:
    """Return what the records of a race that begins now have in common, and no others."""
    return f"race-{fresh_id(datetime.now())}"
