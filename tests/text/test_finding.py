"""Finding a string, against Python's own."""

import random

import numpy as np
import pytest

from rnn_tui.text import finding
from rnn_tui.text.finding import find


def found(text: str, sought: str, after: int, *, back: bool = False) -> int | None:
    ids, what = (np.frombuffer(s.encode("utf-16-le"), np.uint16) for s in (text, sought))
    *_, last = [None, *find(ids, what, after, back=back)]
    return last


def truth(text: str, sought: str, after: int, *, back: bool) -> int | None:
    places = [at for at in range(len(text)) if text.startswith(sought, at)]
    if back:
        before = [at for at in places if at < after]
        return (before or places or [None])[-1]
    behind = [at for at in places if at > after]
    return (behind or places or [None])[0]


@pytest.mark.parametrize("stretch", [1, 2, 5, 1 << 20])
@pytest.mark.parametrize("back", [False, True])
def test_the_next_one_wherever_one_begins(
    stretch: int, back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "STRETCH", stretch)
    luck = random.Random(4)
    for _ in range(150):
        text = "".join(luck.choices("aab", k=luck.randint(0, 13)))
        sought = "".join(luck.choices("ab", k=luck.randint(1, 4)))
        after = luck.randint(-2, len(text) + 2)
        known = truth(text, sought, after, back=back)
        assert found(text, sought, after, back=back) == known, (text, sought, after)


def test_wide_glyphs_are_found_and_halves_of_numbers_are_not() -> None:
    assert found("영화가 정말 좋다", "정말", -1) == 4
    assert found("\u6161\u6161", "\u0061", -1) is None


def test_each_stretch_is_a_step() -> None:
    ids = np.zeros(3 * finding.STRETCH, np.uint8)
    assert len([*find(ids, np.array([1], np.uint8), -1)]) == 3
    ids[-1] = 1
    assert [*find(ids, np.array([1], np.uint8), -1)] == [None, None, len(ids) - 1]
