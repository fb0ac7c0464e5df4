"""The longest beginning of a text that stands in another, against trying every place."""

import numpy as np
import pytest

from rnn_tui.text import suffixes
from rnn_tui.text.suffixes import LONGEST, Suffixes, as_string, sorted_suffixes


def tried(text: str, wanted: str) -> int:
    """How much of the beginning stands in the text, by looking for ever more of it."""
    return max(n for n in range(len(wanted) + 1) if wanted[:n] in text)


def random_text(rng: np.random.Generator, symbols: int) -> list[int]:
    """Ids; half of the texts repeat themselves, for ordinary ones rarely agree for long."""
    ids = rng.integers(0, symbols, rng.integers(1, 90)).tolist()
    return ids * int(rng.integers(1, 4)) if rng.random() < 0.5 else ids


@pytest.mark.parametrize(("few", "placed"), [(0, 7), (3, suffixes.PLACED), (suffixes.FEW, 11)])
def test_against_trying_every_place(few: int, placed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suffixes, "FEW", few)
    monkeypatch.setattr(suffixes, "PLACED", placed)
    for seed in range(200):
        rng = np.random.default_rng(seed)
        symbols = int(rng.integers(1, 9))
        text, wanted = random_text(rng, symbols), random_text(rng, symbols + 1)
        known, whole = sorted_suffixes(np.array(text, np.uint8)), as_string(np.array(text))
        for start in range(len(wanted)):
            rest = as_string(np.array(wanted[start:]))
            length, place = known.longest(rest)
            assert length == tried(whole, rest), seed
            assert whole[place : place + length] == rest[:length], seed


@pytest.mark.parametrize("few", [0, suffixes.FEW])
def test_ids_of_every_size_are_in_order(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suffixes, "FEW", few)
    ids = np.array([0, 127, 128, 255, 256, 0xD7FF, 0xD800, 0xDFFF, 0xFFFF, 0x1_0000, 0x10_FFFF])
    assert sorted(map(as_string, ids.reshape(-1, 1))) == [as_string(ids[n : n + 1]) for n in
                                                          range(len(ids))]  # fmt: skip
    assert sorted_suffixes(ids).longest(as_string(ids[5:9])) == (4, 5)


def test_a_long_text_over_and_over_is_compared_up_to_a_length() -> None:
    known = sorted_suffixes(np.zeros(5 * LONGEST, np.uint8))
    length, place = known.longest("\0" * 3 * LONGEST)
    assert length == LONGEST
    assert 0 <= place <= 4 * LONGEST


def test_an_empty_text_has_nothing() -> None:
    assert sorted_suffixes(np.zeros(0, np.uint8)).longest("\1") == (0, 0)
    assert sorted_suffixes(np.array([2], np.uint8)).longest("") == (0, 0)


@pytest.mark.parametrize("size", [2, 60, 254, 255, 300, 70_000])
def test_piles_of_piles_are_in_order(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suffixes, "FEW", 5)
    rng = np.random.default_rng(size)
    ids = rng.integers(0, size, 700)
    ids[400:650] = ids[:250]
    known = Suffixes(ids)
    begun = [known.sorted]
    while not known.done:
        known.advance()
        begun.append(known.sorted)
    assert begun == sorted(begun)
    assert (begun[0], begun[-1]) == (0, 700)
    assert len(begun) > 50
    text = as_string(ids)
    assert known._order.tolist() == sorted(range(700), key=lambda at: text[at:])
