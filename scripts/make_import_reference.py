"""Make tests/data/imports: networks that PyTorch trained, and what they expect after each symbol.

python scripts/make_import_reference.py         # needs torch and safetensors
"""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "imports"
TEXT = "the cat sat on a mat.\nthe dog ran to it.\n"
SYMBOLS = sorted(set(TEXT))
"""In the order most scripts for PyTorch use, which is not rnn-tui's."""


class Model(nn.Module):
    """A network whose parts are named as its maker liked."""

    def __init__(self, **parts: nn.Module) -> None:
        super().__init__()
        self.order = list(parts)
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Logits (N, V) for the symbol after each of ids (N,)."""
        x = ids
        if "embedding" not in self.order:
            x = nn.functional.one_hot(ids, len(SYMBOLS)).to(next(self.parameters()).dtype)
        for name in self.order:
            x = getattr(self, name)(x)
            x = x[0] if isinstance(x, tuple) else x
        return x


def train(model: Model, ids: torch.Tensor) -> None:
    optimizer = torch.optim.Adam(model.parameters(), 0.02)
    for _ in range(60):
        loss = nn.functional.cross_entropy(model(ids[:-1]), ids[1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    torch.manual_seed(0)
    V = len(SYMBOLS)
    models = {
        "lstm-embedding": Model(
            embedding=nn.Embedding(V, 4), lstm=nn.LSTM(4, 7, 2), fc=nn.Linear(7, V)
        ),
        "gru": Model(gru=nn.GRU(V, 6, 2), decoder=nn.Linear(6, V)),
        "gru-no-bias": Model(net=nn.GRU(V, 5, bias=False), out=nn.Linear(5, V, bias=False)),
        "rnn-relu": Model(rnn=nn.RNN(V, 8, 1, nonlinearity="relu"), linear=nn.Linear(8, V)),
        "rnn-float64": Model(layers=nn.RNN(V, 5, 3), head=nn.Linear(5, V)).double(),
    }
    ids = torch.tensor([SYMBOLS.index(symbol) for symbol in TEXT])
    expected = {}
    for name, model in models.items():
        train(model, ids)
        with torch.no_grad():
            expected[name] = model(ids).softmax(-1).numpy()
        save_file(model.state_dict(), FOLDER / f"{name}.safetensors")
    np.savez_compressed(FOLDER / "probabilities.npz", **expected)
    (FOLDER / "vocabulary.json").write_text(json.dumps(SYMBOLS) + "\n")
    (FOLDER / "text.txt").write_text(TEXT)


if __name__ == "__main__":
    main()
