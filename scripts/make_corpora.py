"""Write the generated texts of corpora/: always the same ones, character for character.

    python scripts/make_corpora.py

Every choice is drawn from a `Dice`, which adds up how much it could not be foreseen. Divided by
the length of the text this is the least loss possible: a network that knew the rule but not the
dice would get it.
"""

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "corpora"
ALPHABET = "abcdefghijklmnopqrst"


class Dice:
    """Equally likely choices, and the sum of their information."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.nats = 0.0
        """Information in all choices so far."""

    def pick(self, options: Sequence[str]) -> str:
        """One of the options."""
        self.nats += math.log(len(options))
        # `choice` may change from one Python to the next, `random` may not
        return options[int(self._random.random() * len(options))]

    def number(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return int(self.pick([str(n) for n in range(low, high + 1)]))


def period(dice: Dice) -> str:
    """Repeat eight letters for ever; what follows an `a` depends on the letters before it."""
    return "abacabad" * 250 + "\n"


def repeat(dice: Dice) -> str:
    """Three letters nobody can foresee, then the same three again and again."""
    words = ("".join(dice.pick("abcdefgh") for _ in range(3)) for _ in range(1_000))
    return "".join(" ".join([word] * 5) + "\n" for word in words)


def count(dice: Dice) -> str:
    """Return some a, then as many b."""
    sizes = (dice.number(1, 12) for _ in range(600))
    return "".join("a" * n + "b" * n + "\n" for n in sizes)


def numbers(dice: Dice) -> str:
    """One, two, three … two thousand."""
    return "".join(f"{n}\n" for n in range(1, 2_001))


def brackets(dice: Dice) -> str:
    """Three kinds of brackets, properly nested, up to eight deep."""
    return "".join(_nested(dice) + "\n" for _ in range(800))


def _nested(dice: Dice) -> str:
    line, closers = "", ""
    while not line or closers or dice.pick(("more", "end")) == "more":
        can_close, can_open = bool(closers), len(closers) < 8
        if can_open and (not can_close or dice.pick(("open", "close")) == "open"):
            pair = dice.pick(("()", "[]", "{}"))
            line, closers = line + pair[0], pair[1] + closers
        else:
            line, closers = line + closers[0], closers[1:]
    return line


def sums(dice: Dice) -> str:
    """Two numbers below a hundred, and their sum."""
    pairs = ((dice.number(0, 99), dice.number(0, 99)) for _ in range(4_000))
    return "".join(f"{a}+{b}={a + b}\n" for a, b in pairs)


def distance(dice: Dice) -> str:
    """Return a digit, the alphabet as far as it goes, and after = the digit once more."""
    # A fixed gap of twenty is not learned in minutes: nothing short leads up to the long ones
    lines = ((dice.pick("12345678"), dice.number(1, 20)) for _ in range(1_200))
    return "".join(f"{digit}{ALPHABET[:gap]}={digit}\n" for digit, gap in lines)


Maker = Callable[[Dice], str]
MAKERS: tuple[Maker, ...] = (period, repeat, count, numbers, brackets, sums, distance)


def make(maker: Maker) -> tuple[str, float]:
    """Return a text, and the least loss possible on it in nats per character."""
    dice = Dice(seed=MAKERS.index(maker))
    text = maker(dice)
    return text, dice.nats / len(text)


if __name__ == "__main__":
    for maker in MAKERS:
        (FOLDER / f"{maker.__name__}.txt").write_text(make(maker)[0], "ascii", newline="\n")
