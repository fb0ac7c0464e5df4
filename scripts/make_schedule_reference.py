"""Make tests/data/schedules.npz: learning rates as PyTorch's schedulers have them.

    pip install --group oracle && python scripts/make_schedule_reference.py

A cosine is made for the updates that are left after the warm-up.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.optim import Optimizer, lr_scheduler
from torch.optim.lr_scheduler import LRScheduler

FILE = Path(__file__).parents[1] / "tests" / "data" / "schedules.npz"
RATE, UPDATES, WARMUP, WINDOWS = 0.03, 47, 7, 5


def rates(make: Callable[[Optimizer], LRScheduler]) -> np.ndarray:
    """Return the rate of every update."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    schedule, found = make(optimizer), []
    for _ in range(UPDATES):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return np.array(found)


def warm(optimizer: Optimizer) -> LRScheduler:
    return lr_scheduler.LinearLR(optimizer, 1 / WARMUP, total_iters=WARMUP - 1)


def warm_cosine(optimizer: Optimizer) -> LRScheduler:
    down = lr_scheduler.CosineAnnealingLR(optimizer, UPDATES - WARMUP)
    return lr_scheduler.SequentialLR(optimizer, [warm(optimizer), down], [WARMUP])


def main() -> None:
    np.savez_compressed(
        FILE,
        warm=rates(warm),
        cosine=rates(lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, UPDATES)),
        warm_cosine=rates(warm_cosine),
        step=rates(lambda optimizer: lr_scheduler.StepLR(optimizer, 2 * WINDOWS, 0.5)),
    )


if __name__ == "__main__":
    main()
