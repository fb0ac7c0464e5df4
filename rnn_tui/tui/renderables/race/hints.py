"""Why a network does not go on, and what can be done: in fewer and fewer words.

Keys stand by their names in braces, as everywhere before a table of keys has put its own there.
"""

from rnn_tui.language import mark, tr
from rnn_tui.protocol.race import EntrantView

GONE = (
    mark("{race.open}, then {train.restart} goes on from the last save"),
    mark("{race.open}, then {train.restart}"),
    mark("{race.open}, {train.restart}"),
)
"""Where its worker is gone."""
GONE_NAMED = (
    mark(
        "{name}: its worker is gone; {race.open}, then {train.restart} goes on from the last save."
    ),
    mark("{name}: its worker is gone; {race.open}, then {train.restart}."),
    mark("{name}: gone; {race.open}, then {train.restart}."),
)
TELLS = mark("{race.open} tells why")
"""Where it has diverged: the other screens explain that."""


def in_the_table(entrant: EntrantView) -> tuple[str, ...]:
    """Return what stands in the place of its newest sample; nothing where another will come."""
    if entrant.state == "stopped":
        return tuple(map(tr, GONE))
    if entrant.state == "diverged" and entrant.reason:
        return tr(entrant.reason), tr(TELLS)
    return ()


def in_a_line(entrant: EntrantView, name: str) -> tuple[str, ...]:
    """Return what is said of the marked one below all pictures; nothing where it goes on.

    Args:
        entrant: The network.
        name: Its name, as far as there is room for it.
    """
    if entrant.state == "stopped":
        return tuple(tr(gone, name=name) for gone in GONE_NAMED)
    told = f"{name}: {tr(entrant.reason)}"
    if entrant.state == "diverged" and entrant.reason:
        return told, tr("{name}: diverged; {race.open} tells why.", name=name)
    return (told,) if entrant.reason else ()
