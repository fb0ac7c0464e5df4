"""Recurrent layers in letters; what differs from cell to cell is asked of the cell."""

from rnn_tui.language import mark, phrase, tr
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations.place import Place
from rnn_tui.nn.cells import ACTIVATIONS, CELLS
from rnn_tui.nn.equations import Equation, on

STOPS = mark("stops here: the window begins")
"""Of what the first time step would hand on: nothing is learned from what was read before."""

MASK = Equation("m$t", "", ("{mask}",), mark("dropout: zeros leave out what the layer below gave"))
MASK_BACK = Equation("m$t", "", ("{mask}",), mark("dropout: what is from above went through it"))


def forward(config: NetworkConfig, at: Place) -> list[Equation]:
    """Return what a layer gives, from what it reads and remembers."""
    cell = CELLS[config.cell]
    x, W = _read(config, at)
    total = f"{W} {x} + W_hh h{at.before} + b"
    gates = [
        Equation(f"{gate.letter}$t", "", (f"{{{gate.letter}}}",), gate.words) for gate in cell.gates
    ]
    if gates:  # the sum is the same for all of them
        gates[0] = gates[0]._replace(letters=f"{cell.gates[0].function}($total)")
    read = tr("the layer below") if at.layer else tr("the character read")
    letters = {"t": at.now, "p": at.before, "f": config.activation}
    masked = [MASK] if config.dropout and at.layer else []
    return on([*masked, *gates, *cell.forward], total=total, read=read, **letters)


def backward(config: NetworkConfig, at: Place) -> list[Equation]:
    """Return what comes back to a layer, what it says about its weights, and what goes on."""
    x, W = _read(config, at)
    cell, activation = CELLS[config.cell], ACTIVATIONS[config.activation]
    words = phrase("its own error, and what comes back from step {step}", step=at.t + 2)
    total = Equation(
        f"dh{at.now}",
        mark("from above + from the future"),
        ("{dh_above} + {dh_future}", "{dh}"),
        mark("its own error only: nothing comes after it") if at.last else words,
    )
    grown = [
        Equation(
            "dW_hh", f"+= {cell.da_past} h$pᵀ", (mark("grew by {grown_hh}, now {total_hh}"),), ""
        ),
        Equation(f"d{W}", f"+= da$t {x}ᵀ", (mark("grew by {grown_ih}, now {total_ih}"),), ""),
    ]
    past = [
        one._replace(words=STOPS if at.first else one.words or mark("goes on into the past"))
        for one in cell.past
    ]
    letters = {"t": at.now, "p": at.before, "passes": tr(activation.passes)}
    letters["slope"] = on([Equation(activation.slope)], t=at.now)[0].left
    masked = [MASK_BACK] if config.dropout and at.layer + 1 < config.num_layers else []
    return [*on(masked, t=at.now), total, *on([*cell.through, *grown, *past], **letters)]


def _read(config: NetworkConfig, at: Place) -> tuple[str, str]:
    """Return what a layer reads, and the weights that it multiplies it by."""
    if not at.layer:
        return f"x{at.now}", "W_xh"
    return (f"(m{at.now} ⊙ h′{at.now})" if config.dropout else f"h′{at.now}"), "W_ih"
