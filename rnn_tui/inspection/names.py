"""What parameters are called on paper, and which layer they are of."""

import re

from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.equations import raised

_NAMES = {"weight_ih": "W_xh", "weight_hh": "W_hh", "bias": "b", "bias_hn": "b_hn"}
_LETTERS = {"weight": "W", "bias": "b"}
_RECURRENT, _NUMBERED = re.compile(r"rnn\.(\w+)_l(\d+)"), re.compile(r"\w+\.(\d+)\.(\w+)")


def on_paper(name: str, layers: int) -> str:
    """Give a parameter its name on paper: W_hh, W_hh2 with several layers, W¹; else its own."""
    owner, _, rest = name.partition(".")
    if owner == "linear":
        return "W_hy" if rest == "weight" else "b_y"
    if (found := _NUMBERED.fullmatch(name)) and found[2] in _LETTERS:
        return f"{_LETTERS[found[2]]}{raised(int(found[1]) + 1)}"
    found = _RECURRENT.fullmatch(name)
    if found is None or found[1] not in _NAMES:
        return name
    kind, layer = found[1], int(found[2])
    paper = "W_ih" if kind == "weight_ih" and layer else _NAMES[kind]
    return f"{paper}{layer + 1 if layers > 1 else ''}"


def weight_on_paper(name: str, index: tuple[int, ...], layers: int) -> str:
    """Write which weight: W_hh[2,1], rows and columns from 1."""
    return f"{on_paper(name, layers)}[{','.join(str(at + 1) for at in index)}]"


def unit_on_paper(config: NetworkConfig, layer: int, unit: int) -> str:
    """Write which hidden unit: h[3], h2[3] or h²[3] with several layers, from 1."""
    number = layer + 1
    which = str(number) if config.network == "recurrent" else raised(number)
    return f"h{which if config.num_layers > 1 else ''}[{unit + 1}]"


def layer_of(name: str) -> int | None:
    """Return which layer a parameter is of, from 0; None: the output layer."""
    if found := _RECURRENT.fullmatch(name):
        return int(found[2])
    found = _NUMBERED.fullmatch(name)
    return int(found[1]) if found else None
