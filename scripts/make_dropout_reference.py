"""Make tests/data/dropout.npz: three layers of every cell with PyTorch's own dropout between them.

    pip install --group oracle && python scripts/make_dropout_reference.py

PyTorch does not tell its masks. The same random numbers drawn again, layer by layer, make them: put
between single layers, they give the output of the whole to the last bit, which is checked.
"""

import numpy as np
import torch
from make_reference import CELLS, DATA, INPUTS, Arrays, B, H, T, named, use_one_bias
from torch import nn

LAYERS, P, SEED = 3, 0.4, 5


def sequence(name: str) -> Arrays:
    """One sequence of numbers forward and back, while training."""
    torch.manual_seed(SEED)
    rnn = CELLS[name](INPUTS, H, LAYERS)
    rnn.dropout = P
    use_one_bias(rnn)
    x = torch.randn(T, B, INPUTS, dtype=torch.float64, requires_grad=True)
    kinds = ("h", "c") if name == "lstm" else ("h",)
    state = [torch.randn(LAYERS, B, H, dtype=torch.float64, requires_grad=True) for _ in kinds]
    dh = torch.randn(T, B, H, dtype=torch.float64)
    dstate = [torch.randn(LAYERS, B, H, dtype=torch.float64) for _ in kinds]
    torch.manual_seed(SEED)
    h, after = rnn(x, tuple(state) if name == "lstm" else state[0])
    after = list(after) if name == "lstm" else [after]
    torch.autograd.backward([h, *after], [dh, *dstate])
    torch.manual_seed(SEED)
    ones = torch.ones(T, B, H, dtype=torch.float64)
    masks = [nn.functional.dropout(ones, P) for _ in range(LAYERS - 1)]
    assert torch.equal(by_layers(name, rnn, x, state, masks), h)
    found = {"x": x, "dx": x.grad, "h": h, "dh": dh, "masks": torch.stack(masks)}
    for k, kind in enumerate(kinds):
        found |= {f"before_{kind}": state[k], f"after_{kind}": after[k]}
        found |= {f"dafter_{kind}": dstate[k], f"dbefore_{kind}": state[k].grad}
    arrays = {key: value.detach().numpy() for key, value in found.items()}
    arrays |= named(rnn, "data")
    return arrays | {f"d{key}": value for key, value in named(rnn, "grad").items()}


def by_layers(
    name: str,
    rnn: nn.RNNBase,
    x: torch.Tensor,
    state: list[torch.Tensor],
    masks: list[torch.Tensor],
) -> torch.Tensor:
    """Return the output of the same layers one by one, with the masks between them."""
    for layer in range(LAYERS):
        one = CELLS[name](INPUTS if layer == 0 else H, H, 1)
        for parameter, value in one.named_parameters():
            value.data = getattr(rnn, parameter.replace("_l0", f"_l{layer}")).data
        start = tuple(part[layer : layer + 1] for part in state)
        below = x * masks[layer - 1] if layer else x
        x, _ = one(below, start if name == "lstm" else start[0])
    return x


def main() -> None:
    arrays = {
        f"dropout/{name}/{key}": value for name in CELLS for key, value in sequence(name).items()
    }
    np.savez_compressed(DATA / "dropout.npz", **arrays)


if __name__ == "__main__":
    main()
