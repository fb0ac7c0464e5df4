"""What the pages say around the screens, in the language of whoever started the server."""

import json

from rnn_tui.keys.table import KEYS
from rnn_tui.language import mark, tr, used

VIEWER = {
    "over": mark("This run is over, or there was no room for another viewer."),
    "again": mark("Begin a new one"),
}
LEAD = {
    "lead": mark("Lead"),
    "pause": mark("Pause all"),
    "go": mark("All go on"),
    "restart": mark("All begin again"),
    "look": mark("Look here:"),
    "step": mark("Step {number}"),
    "question": mark("question"),
    "here": mark("here"),
    "right": mark("right"),
    "wrong": mark("wrong"),
    "choices": mark("choices"),
    "note": mark(
        "Each button leads all viewers once; after it they may press what they like. Only counts "
        "are shown, no names. Whoever knows this page's address can lead."
    ),
    "nobody": mark("Nobody is here yet."),
    "now": mark(
        "Viewers: {viewers}, training: {running}. Updates: least {least}, middle {middle}, most "
        "{most}."
    ),
    "silent": mark("The server does not answer."),
    "sent": mark("Sent to all: {button}."),
}
LATER = ("nobody", "now", "silent", "sent")
"""Of the lead's page, what its script says."""


def words(page: dict[str, str]) -> dict[str, str]:
    """Return what a page says, and in which language (`language`), for its template."""
    return {name: tr(said) for name, said in page.items()} | {"language": used()}


def script_words() -> str:
    """Return what the script of the lead's page says, as JSON."""
    return json.dumps({name: tr(LEAD[name]) for name in LATER})


def screens() -> dict[str, str]:
    """Return what each screen is called."""
    return {key.page: tr(key.title) for key in KEYS if key.page}
