"""What of samples stands in the training text: underlined, and in one line."""

import numpy as np
import pytest
from rich.cells import cell_len

from rnn_tui.protocol.memorized import Memorized, OldParts
from rnn_tui.protocol.snapshot import Sample
from rnn_tui.tui.renderables.memory.memorized import in_words
from rnn_tui.tui.renderables.samples import draw
from rnn_tui.tui.theme.palette import Palette
from tests.tui.snapshots import make_info


def underlined(samples: list[Sample], memorized: Memorized, letters: str, width: int) -> list[str]:
    """Return the lines with what is not underlined blotted out."""
    info = make_info(symbols=tuple(letters), letters=tuple(letters))
    strips = draw(samples, info, width, 4, Palette(), memorized)
    return [
        "".join(
            part.text if part.style and part.style.underline else "·" * cell_len(part.text)
            for part in strip
        )
        for strip in strips
    ]


def sample(ids: list[int]) -> Sample:
    return Sample(7, 0.8, np.array(ids), np.linspace(0, 1, len(ids)))


def test_parts_are_underlined_over_the_ends_of_lines() -> None:
    found = Memorized("ready", samples=(OldParts(((1, 3), (5, 9)), 0.5), OldParts(((2, 4),), 0.5)))
    samples = [sample([0, 1, 2, 3, 4, 5, 6, 7, 0, 1]), sample([0, 0, 3, 4])]
    assert underlined(samples, found, "abcdefgh", 21) == [
        "·" * 14 + "·bc··fg", "·" * 14 + "ha·····", "·" * 14 + "··de···", "·" * 21,
    ]  # fmt: skip


def test_a_letter_underlines_its_syllable_and_what_is_not_yet_found_nothing() -> None:
    letters = "\u1100\u1161\u11a8x"
    found = Memorized("ready", samples=(OldParts(((2, 3),), 0.2), None))
    samples = [sample([0, 1, 2, 3, 0, 1]), sample([3, 3])]
    assert underlined(samples, found, letters, 22) == [
        "·" * 14 + "각······", "·" * 22, "·" * 22, "·" * 22,
    ]  # fmt: skip
    assert underlined(samples[:1], Memorized("looking"), letters, 22) == ["·" * 22] * 4


PART = OldParts(((0, 61),), 0.414, 61, 4567, 312)


@pytest.mark.parametrize(
    ("memorized", "longest", "shortest"),
    [
        (
            Memorized("ready", 1.0, 23, 0.04, (PART,)),
            "41 % of the newest stands word for word in the training text, 23 letters or more in a "
            "row (validation 4 %); the longest, 61, in line 312",
            "41 % from the text; 61 from line 312",
        ),
        (
            Memorized("ready", 1.0, 16, None, (OldParts(((0, 61),), 1.0, 61, 4567),)),
            "100 % of the newest stands word for word in the training text, 16 letters or more in "
            "a row; the longest, 61, in letter 4,568",
            "100 % from the text; 61 from letter 4,568",
        ),
        (
            Memorized("ready", 1.0, 23, 0.04, (OldParts((), 0.0), PART)),
            "No 23 letters in a row of the newest stand in the training text",
            "No 23 letters stand in the text",
        ),
        (
            Memorized("looking", 0.072),
            "Looking through the training text for what samples repeat of it:   7 %",
            "Looking through the text:   7 %",
        ),
        (
            Memorized("too long"),
            "What samples repeat of the text is not looked for: it has more than 2,000,000 letters",
            "The text is too long to compare with",
        ),
        (Memorized("ready", 1.0, 23, 0.04, (None,)), "", ""),
    ],
)
def test_it_is_said_in_fewer_and_fewer_words(
    memorized: Memorized, longest: str, shortest: str
) -> None:
    told = in_words(memorized, "letter")
    assert (told[0], told[-1]) == (longest, shortest)
    assert [len(one) for one in told] == sorted((len(one) for one in told), reverse=True)
