"""What is said of the weight that is marked among the gradients."""

from rnn_tui.inspection.weight_axes import axes
from rnn_tui.language import phrase, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened, Weight
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.update.filled import indexed


def legends(part: Opened, weight: Weight, info: RunInfo, key: str) -> list[str]:
    """Return what there is to say of a weight, in fewer and fewer words; `key` checks it."""
    name, value = _named(part, weight), f"{weight.value:.6g}"
    texts = [
        tr(
            "{weight} = {value}  gradient {gradient}  {key} checks it",
            weight=name,
            value=value,
            gradient=f"{weight.gradient:.6g}",
            key=key,
        ),
        tr("{weight} gradient {gradient}", weight=name, gradient=f"{weight.gradient:.4g}"),
    ]
    if symbol := _unread(part, weight, info):
        never = tr(
            "{weight} = {value}  gradient 0: {symbol} is never read here",
            weight=name,
            value=value,
            symbol=symbol,
        )
        texts.insert(0, never)
    return texts


def _unread(part: Opened, weight: Weight, info: RunInfo) -> str:
    """Return the symbol whose weight it is, where the window has no such one; else ""."""
    if info.config.network != "recurrent" or part.batch_size > 1:
        return ""
    columns = axes(weight.name, info.config, len(info.symbols))[1]
    symbol = weight.index[-1]
    if len(weight.index) < 2 or columns.kind != "symbol" or symbol in part.inputs:
        return ""
    return steady(named(info.symbols[symbol], info.letters[symbol]))


def numbers_of(part: Opened, weight: Weight) -> Copied:
    """Return a weight and its gradient, all digits, for the clipboard."""
    name = _named(part, weight)
    numbers = f"{name} = {weight.value:.6g}  gradient {weight.gradient:.6g}"
    return Copied(phrase("{weight} and its gradient", weight=name), numbers)


def _named(part: Opened, weight: Weight) -> str:
    return indexed(weight, several=any(step.layer for step in part.steps))
