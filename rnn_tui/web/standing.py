"""Where viewers stand and what they answered, as counts: who is who stays with them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypedDict


@dataclass(slots=True)
class Standing:
    """What a viewer's program said last."""

    update: int = 0
    running: bool = False
    step: int | None = None
    """Of the lesson, from 0; None: there is none."""
    answers: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """By step: the letter of the choice, empty for other questions, and whether it was right."""

    def take(self, said: Mapping[str, object]) -> None:
        """Take what a program says."""
        update, step, right = said.get("update"), said.get("step"), said.get("right")
        if isinstance(update, int):
            self.update = update
        self.running = said.get("running") is True
        self.step = step if isinstance(step, int) else None
        if self.step is not None and isinstance(right, bool):
            self.answers[self.step] = str(said.get("answer", "")), right


class StepCounts(TypedDict):
    """How many viewers stand at a step of the lesson, and how they answered it."""

    here: int
    right: int
    wrong: int
    choices: dict[str, int]


class Counts(TypedDict):
    """What is known of a class."""

    viewers: int
    running: int
    updates: list[int]
    """The least, the middle and the most that anybody has made; empty without viewers."""
    steps: list[StepCounts]


def counted(standings: Iterable[Standing], steps: Sequence[str]) -> Counts:
    """Return how many viewers are where; `steps` are those of the lesson."""
    all = list(standings)
    updates = [one.update for one in all]
    return {
        "viewers": len(all),
        "running": sum(one.running for one in all),
        "updates": [min(updates), round(median(updates)), max(updates)] if updates else [],
        "steps": [_at(step, all) for step in range(len(steps))],
    }


def _at(step: int, all: Sequence[Standing]) -> StepCounts:
    given = [one.answers[step] for one in all if step in one.answers]
    return {
        "here": sum(one.step == step for one in all),
        "right": sum(right for _, right in given),
        "wrong": sum(not right for _, right in given),
        "choices": dict(sorted(Counter(letter for letter, _ in given if letter).items())),
    }
