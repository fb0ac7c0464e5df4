"""Make tests/data/weight_decay.npz: parameters that PyTorch makes smaller while it trains them.

    pip install --group oracle && python scripts/make_weight_decay_reference.py

AdamW's decay is the decoupled one. SGD adds λ θ to the gradient, which without momentum is the
same. The learning rate is another one at every update, as with a schedule.
"""

from pathlib import Path

import numpy as np
import torch

FILE = Path(__file__).parents[1] / "tests" / "data" / "weight_decay.npz"
SIZE, UPDATES, DECAY = 7, 12, 0.3


def main() -> None:
    rng = np.random.default_rng(1)
    start, grads = rng.normal(size=SIZE), rng.normal(size=(UPDATES, SIZE))
    rates = np.linspace(0.08, 0.01, UPDATES)
    arrays = {"start": start, "grads": grads, "rates": rates, "weight_decay": np.array(DECAY)}
    for name, kind in (("adam", torch.optim.AdamW), ("sgd", torch.optim.SGD)):
        theta = torch.tensor(start, requires_grad=True)
        optimizer, course = kind([theta], lr=1.0, weight_decay=DECAY), []
        for rate, grad in zip(rates, grads, strict=True):
            optimizer.param_groups[0]["lr"] = float(rate)
            theta.grad = torch.tensor(grad)
            optimizer.step()
            course.append(theta.detach().numpy().copy())
        arrays[name] = np.array(course)
    np.savez_compressed(FILE, **arrays)


if __name__ == "__main__":
    main()
