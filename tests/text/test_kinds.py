"""Kinds of characters, and the others of a kind."""

import pytest

from rnn_tui.text.kinds import kind, others_of_its_kind
from rnn_tui.text.vocab import Vocab

KINDS = {
    "digit": "07٣",
    "capital": "AÉΩ",
    "small letter": "zßω",
    "letter": "あ漢א",
    "syllable": "가힣",
    "initial": "\u1100",
    "medial": "\u1161",
    "final": "\u11a8",
    "blank": " \n\t\u3000",
    "mark": ".,(“€\u034f\x1b",
}


@pytest.mark.parametrize(("name", "symbols"), KINDS.items())
def test_kinds(name: str, symbols: str) -> None:
    assert {kind(symbol) for symbol in symbols} == {name}


def test_others_are_of_the_same_kind_and_not_oneself() -> None:
    found = others_of_its_kind(Vocab(tuple("a1B2 \nc?9")))
    assert [ids.tolist() for ids in found] == [[6], [3, 8], [], [1, 8], [5], [4], [0], [], [1, 3]]


def test_bytes_beyond_ascii_are_a_kind() -> None:
    found = others_of_its_kind(Vocab(("a", "\xc3", "\xb6", "\xa0", " "), "byte"))
    assert [ids.tolist() for ids in found] == [[], [2, 3], [1, 3], [1, 2], []]
