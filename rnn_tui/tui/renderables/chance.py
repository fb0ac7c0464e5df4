"""Which characters of a text nobody can foresee, and what is said of it."""

import math
from collections.abc import Sequence

from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.snapshot import Floats
from rnn_tui.tui.renderables.lines import fitting, line
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.theme.palette import Palette

SIGN = "?"
HALF = math.log(2) - 1e-9


def sign(least: Floats, step: int) -> str:
    """Return the mark of a step whose target has half a chance at most, whatever is known."""
    return SIGN if step < len(least) and least[step] >= HALF else ""


def meanings() -> tuple[str, ...]:
    """Return what the mark means, in fewer and fewer words."""
    return (
        tr("{sign} chance: one who knows the rule of the text gives it 50 % at most", sign=SIGN),
        tr("{sign} chance: by the rule 50 % at most", sign=SIGN),
        tr("{sign} chance", sign=SIGN),
    )


def explained(width: int, palette: Palette) -> Strip:
    """Say in a line what the mark means."""
    return line([(f" {fitting(width - 1, *meanings())}", palette.dim)], width)


def beside_mean(texts: Sequence[str], least: float) -> tuple[str, ...]:
    """Return what is said of a mean loss, first beside what one has who knows the rule.

    Args:
        texts: The same in fewer and fewer words.
        least: In nats; NaN: nobody knows it.
    """
    known = tr("knowing the rule: {loss}", loss=loss(least))
    return (*(f"{text} · {known}" for text in texts if not math.isnan(least)), *texts)
