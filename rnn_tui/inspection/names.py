"""What parameters are called on paper."""

_NAMES = {"weight_ih": "W_xh", "weight_hh": "W_hh", "bias": "b", "bias_hn": "b_hn"}


def on_paper(name: str, layers: int) -> str:
    """Give a parameter its name on paper: W_hh, or W_hh2 with several layers; else its own."""
    owner, _, rest = name.partition(".")
    if owner == "linear":
        return "W_hy" if rest == "weight" else "b_y"
    kind, _, layer = rest.rpartition("_l")
    if kind not in _NAMES:
        return name
    paper = "W_ih" if kind == "weight_ih" and layer != "0" else _NAMES[kind]
    return f"{paper}{int(layer) + 1 if layers > 1 else ''}"


def weight_on_paper(name: str, index: tuple[int, ...], layers: int) -> str:
    """Write which weight: W_hh[2,1], rows and columns from 1."""
    return f"{on_paper(name, layers)}[{','.join(str(at + 1) for at in index)}]"
