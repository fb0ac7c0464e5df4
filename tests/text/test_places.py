"""Each character stands at one kind of place, told by hand for a few texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text.places import PLACES, places, places_of_text
from rnn_tui.text.vocab import Vocab

LETTERS = dict(zip("LWinDbEm", PLACES, strict=True))
"""A letter for each kind: line start, word start, inside, name, digit, blank, line End, mark."""


def spelled(text: str) -> str:
    names = {name: letter for letter, name in LETTERS.items()}
    return "".join(names[PLACES[kind]] for kind in places_of_text([*text]))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The cat.\n", "LiibWiimE"),
        ("to Tom, it\n", "LibnnnmbWiE"),
        ("a. Tom I am", "LmbWiibWbWi"),
        ('he: "Go" TV', "LimbmWimbWi"),
        ("he saw TV 24", "LibWiibnnbDD"),
        ("don't 'tis", "LiimibmWii"),
        ("I'll see Tom's", "LmiibWiibnnnmn"),
        ("\n\n 3\n9", "EELDEL"),
        ("가나 다라마\n", "LibWiiE"),
        ("x e\u0301e (Ab)", "LbWiibmnnm"),
        ("", ""),
    ],
)
def test_texts_told_by_hand(text: str, kinds: str) -> None:
    assert spelled(text) == kinds


@given(st.text())
def test_every_character_stands_at_one_place(text: str) -> None:
    found = places_of_text([*text])
    assert len(found) == len(text)
    for character, kind in zip(text, found, strict=True):
        assert (PLACES[kind] == "line ends") == (character == "\n")


def test_the_symbols_of_a_character_stand_where_it_does() -> None:
    jamo = Vocab(("\u1100", "\u1161", "\u11a8", " "), "jamo")
    found = places(jamo, np.array([0, 1, 2, 0, 1, 3, 0, 1, 2], np.uint8))
    assert [PLACES[kind] for kind in found] == [
        *["line starts"] * 3, *["inside words"] * 2, "blanks", *["word starts"] * 3,
    ]  # fmt: skip
    data = "a 가1".encode()
    byte = Vocab(tuple(chr(one) for one in data), "byte")
    assert [PLACES[kind] for kind in places(byte, np.arange(len(data)))] == [
        "line starts", "blanks", *["word starts"] * 3, "digits",
    ]  # fmt: skip
