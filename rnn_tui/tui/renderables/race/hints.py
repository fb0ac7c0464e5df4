"""Why a network does not go on, and what can be done: in fewer and fewer words.

Keys stand by their names in braces, as everywhere before a table of keys has put its own there.
"""

from rnn_tui.protocol.race import EntrantView

GONE = (
    "{race.open}, then {train.restart} goes on from the last save",
    "{race.open}, then {train.restart}",
    "{race.open}, {train.restart}",
)
"""Where its worker is gone."""
TELLS = "{race.open} tells why"
"""Where it has diverged: the other screens explain that."""


def in_the_table(entrant: EntrantView) -> tuple[str, ...]:
    """Return what stands in the place of its newest sample; nothing where another will come."""
    if entrant.state == "stopped":
        return GONE
    if entrant.state == "diverged" and entrant.reason:
        return entrant.reason, TELLS
    return ()


def in_a_line(entrant: EntrantView, name: str) -> tuple[str, ...]:
    """Return what is said of the marked one below all pictures; nothing where it goes on.

    Args:
        entrant: The network.
        name: Its name, as far as there is room for it.
    """
    if entrant.state == "stopped":
        whole, short, _ = GONE
        gone = f"{name}: its worker is gone; "
        return f"{gone}{whole}.", f"{gone}{short}.", f"{name}: gone; {short}."
    if entrant.state == "diverged" and entrant.reason:
        return f"{name}: {entrant.reason}", f"{name}: diverged; {TELLS}."
    return (f"{name}: {entrant.reason}",) if entrant.reason else ()
