"""Learning from parts of the batch side by side, each in a thread of its own.

The streams of a batch know nothing of each other until their gradients are added up. NumPy lets go
of the interpreter in its products and longer loops, so that threads really run at the same time.
"""

import copy
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from itertools import pairwise
from typing import Self

import numpy as np

from rnn_tui.models.protocol import Model, ModelState, joined, part_of, quietly
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.stack import EVERY, Masks, cut


class SideBySide:
    """The mean over a batch as that of its parts, weighted by their numbers of streams.

    The sums have another order than in one go and so other last bits, the same every time.
    """

    def __init__(self, model: Model, threads: int) -> None:
        """Share `model`'s parameters; the gradients of all parts land in its `grads_flat`."""
        self.model = model
        self._learners = [model, *(model.twin() for _ in range(threads - 1))]
        self._pool = pool(threads)
        self._masks: Masks = ()

    def dropping(self, masks: Masks) -> Self:
        """As `Model.dropping`; each part takes its streams of the masks."""
        dropping = copy.copy(self)
        dropping._masks = masks
        return dropping

    @quietly
    def loss_and_grads(
        self, x: IntArray, y: IntArray, state: ModelState
    ) -> tuple[float, ModelState]:
        """As `Model.loss_and_grads`."""
        B = x.shape[1]
        learners = self._learners[:B]
        parts = cut_into(len(learners), B)
        at_work = learners
        if self._masks:
            at_work = [
                learner.dropping(cut(self._masks, EVERY, part))
                for learner, part in zip(learners, parts, strict=True)
            ]
        tasks = [
            self._pool.submit(learner.loss_and_grads, x[:, part], y[:, part], part_of(state, part))
            for learner, part in zip(at_work, parts, strict=True)
        ]
        wait(tasks)  # all of them: one that fails must not leave others at work in their arrays
        losses, states = zip(*(task.result() for task in tasks), strict=True)
        shares = [(part.stop - part.start) / B for part in parts]
        for learner, share in zip(learners, shares, strict=True):
            learner.grads_flat *= share
        for learner in learners[1:]:
            self.model.grads_flat += learner.grads_flat
        return float(np.dot(shares, losses)), joined(states)


@lru_cache
def pool(threads: int) -> ThreadPoolExecutor:
    """Return the threads, made once: trainers come and go."""
    return ThreadPoolExecutor(threads, thread_name_prefix="learner")


def cut_into(count: int, B: int) -> list[slice]:
    """So many parts of B streams, as equal as can be."""
    ends = [B * part // count for part in range(count + 1)]
    return [slice(*both) for both in pairwise(ends)]
