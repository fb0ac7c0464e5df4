"""What is said of the unrolled figure: why there is none, and the mean loss."""

from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.numbers import loss, thousands
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.theme.palette import Palette


def said_instead(
    part: Unrolled, width: int, height: int, palette: Palette, narrowest: int, lowest: int
) -> list[Strip]:
    """Say why there is no figure; nothing where there is one."""
    if part.unknown:
        names = " ".join(steady(symbol) for symbol in part.unknown[:20])
        text = tr(
            "The network has never seen {names}: take characters of the text it learns.",
            names=names,
        )
        return sentence(text, width, height, palette.wrong)
    if not len(part.inputs):
        return sentence(tr("Type at least one character."), width, height, palette.dim)
    if width < narrowest or height < lowest:
        return sentence(tr("No room for the figure."), width, height, palette.dim)
    return []


def mean(part: Unrolled, *, own: bool) -> tuple[str, str]:
    """Say the mean loss, at length and in short; `own`: of a text that a person typed."""
    was, last = part.unchanged or part, thousands(part.total)
    told = f"{compared.both(loss(part.mean_loss), loss(was.mean_loss)):>5}"
    if own:
        return (
            tr("mean loss of your text: {loss} nats", loss=told),
            tr("mean of your text: {loss}", loss=told),
        )
    return (
        tr("mean loss of steps 1–{last}: {loss} nats", last=last, loss=told),
        tr("mean loss 1–{last}: {loss}", last=last, loss=told),
    )
