"""Layers that read several time steps of the one below, in letters.

aˡ_t = Σ_j Wˡ_j hˡ⁻¹_{t-back_j} + bˡ          h⁰ are the symbols, one-hot
hˡ_t = f(aˡ_t), or hˡ⁻¹_t + f(aˡ_t)           with a residual connection
"""

from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations.place import Place
from rnn_tui.nn.cells import ACTIVATIONS
from rnn_tui.nn.equations import Equation, index, on, raised

MOST_TERMS = 3
"""Lines for what a layer adds up: more would leave no room for the rest in a small window."""


def groups(taps: int) -> list[slice]:
    """Return which taps share a line, the furthest first: with many, all but the last two do."""
    together = taps - MOST_TERMS + 1 if taps > MOST_TERMS else 1
    return [slice(0, together), *(slice(tap, tap + 1) for tap in range(together, taps))]


def forward(
    config: NetworkConfig, taps: tuple[int, ...], at: Place, *, residual: bool
) -> list[Equation]:
    """Return what a layer gives, term by term.

    Args:
        config: Of the network.
        taps: How many time steps back the layer's taps read, the furthest first.
        at: Which layer, in which time step.
        residual: Whether what is below is added once more.
    """
    a, h = _of("a", at.layer, at.t), _of("h", at.layer, at.t)
    terms = [_term(number, taps[group], at) for number, group in enumerate(groups(len(taps)))]
    squeezed = Equation(h, f"{config.activation}({a})", ("{h}",), mark("what the layer gives on"))
    if residual:
        around = f"{_read(at.layer, at.t)} + {squeezed.letters}"
        words = mark("what is below, and what the layer adds")
        squeezed = Equation(h, around, ("{below} + {f_a}", "{h}"), words)
    bias = Equation(f"b{raised(at.layer + 1)}", "", ("{bias}",), mark("the bias"))
    return [*terms, bias, Equation(a, "", ("{a}",), mark("all of them added up")), squeezed]


def backward(
    config: NetworkConfig, taps: tuple[tuple[int, ...], ...], at: Place, *, residual: bool
) -> list[Equation]:
    """Return what comes down to a layer, and what that says about its weights.

    Args:
        config: Of the network.
        taps: Of every layer, as in `forward`.
        at: Which layer, in which time step.
        residual: Whether the layer above adds this one's h once more.
    """
    activation, own = ACTIVATIONS[config.activation], raised(at.layer + 1)
    da, dh = _of("da", at.layer, at.t), _of("dh", at.layer, at.t)
    through = on([Equation(activation.slope_of_sum)], a=_of("a", at.layer, at.t))[0].left
    return [
        _down(taps, at, dh, residual=residual),
        Equation(da, f"{dh} ⊙ {through}", ("{dh} ⊙ {slope}", "{da}"), activation.passes),
        Equation(
            f"dW{own}",
            f"+= {da} {_seen(taps[at.layer], at)}ᵀ",
            (mark("grew by {grown}, now {total}"),),
        ),
        Equation(f"db{own}", f"+= {da}", (mark("grew by {grown_b}, now {total_b}"),)),
    ]


def _of(letter: str, layer: int, t: int) -> str:
    return f"{letter}{raised(layer + 1)}{index(t)}"


def _read(layer: int, t: int) -> str:
    """Return what a layer reads of a time step."""
    return _of("h", layer - 1, t) if layer else f"x{index(t)}"


def _term(number: int, taps: tuple[int, ...], at: Place) -> Equation:
    """Return what one tap adds, or the furthest ones together."""
    W, letter = f"W{raised(at.layer + 1)}", "h" if at.layer else "x"
    steps = [at.t - back for back in taps]
    read = phrase("layer {layer}", layer=at.layer)
    read = read if at.layer else " ".join(map(at.symbol, steps))
    if len(taps) > 1:
        which = phrase("the {count} before: {read}", count=len(taps), read=read)
        return Equation(f"{W}{letter}…", "", (f"{{term_{number}}}",), which)
    back = taps[0]
    told = mark("{read}, {back} steps before") if back else mark("{read}, read now")
    told = mark("{read}, 1 step before") if back == 1 else told
    left = f"{W}{letter}{index(steps[0])}"
    words = phrase(told, read=read, back=back)
    return Equation(left, "", (f"{{term_{number}}}",), words)


def _seen(taps: tuple[int, ...], at: Place) -> str:
    """Return all that a layer reads at a time step."""
    first, *rest = [_read(at.layer, at.t - back) for back in taps]
    if not rest:
        return first
    return f"[{' '.join([first, *rest] if len(taps) <= MOST_TERMS else [first, '…', rest[-1]])}]"


def _down(taps: tuple[tuple[int, ...], ...], at: Place, dh: str, *, residual: bool) -> Equation:
    """Return what comes down to a layer: from the output, or from where the one above read it."""
    if at.layer == len(taps) - 1:
        return Equation(dh, f"W_hyᵀ dy{at.now}", ("{dh}",), mark("its own error, and no other"))
    above = at.layer + 1
    W = f"W{raised(above + 1)}ᵀ"
    if taps[above] == (0,):
        letters = f"{W} {_of('da', above, at.t)}"
        return Equation(dh, letters, ("{dh}",), mark("from the layer above, this step's alone"))
    steps = [at.t + back + 1 for back in reversed(taps[above]) if at.t + back < at.T]
    terms, filled = f"{W} {_of('da', above, at.t)[: -len(at.now)]}", "{dh_above}"
    if residual:
        terms, filled = f"{_of('dh', above, at.t)} + {terms}", "{around} + {dh_above}"
    told = mark("{terms} of step {steps}") if len(steps) == 1 else mark("{terms} of steps {steps}")
    letters = phrase(told, terms=terms, steps=", ".join(map(str, steps)))
    words = phrase("from where layer {layer} read it", layer=above + 1)
    return Equation(dh, letters, (filled, "{dh}"), words)
