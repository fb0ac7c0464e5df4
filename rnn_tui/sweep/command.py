"""A sweep from its beginning, or from where it was left, to its end; and how to go on."""

import shlex

from rnn_tui.errors import InputError
from rnn_tui.plain.train.stop import Stop
from rnn_tui.standard_streams import complain
from rnn_tui.sweep.claim import Claim
from rnn_tui.sweep.record import Record
from rnn_tui.sweep.sweeping import Sweeping
from rnn_tui.sweep.telling import teller_for
from rnn_tui.sweep.workers import Workers
from rnn_tui.text.visible import visible


def sweep(record: Record, claim: Claim, workers: Workers, *, as_json: bool) -> int:
    """Do the runs that are left, and tell what came of all.

    Returns:
        0, or 128 + n after signal n.

    Raises:
        InputError: It cannot be gone on; the message says how to go on later.
    """
    with Stop().listening() as stop:
        teller = teller_for(record, as_json)
        try:
            with teller:
                Sweeping(record, claim, workers, teller, stop).run()
        except InputError as error:
            raise InputError(f"{error}; {how_to_go_on(record)}") from error
        teller.over()
        if record.left:
            complain(how_to_go_on(record))
    return 128 + stop.signal if stop.signal else 0


def how_to_go_on(record: Record) -> str:
    """Say how far it is, and the line that does the rest."""
    line = f"rnn-tui sweep --resume {visible(shlex.quote(str(record.folder)))}"
    text = "" if record.text.path else " TEXT"
    return f"{record.done} of {len(record.runs)} runs are done, the rest: {line}{text}"
