"""Labels of every symbol, against loops over the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.text.features.label import LEAST, Label
from rnn_tui.text.features.labels import MOST_SYMBOLS, labels_of
from rnn_tui.text.features.places import bracket_depth, bracket_steps, line_position, word_starts
from rnn_tui.text.features.quotes import inside_quotes


def corpus(text: str, units: str = "char") -> Corpus:
    options = TextOptions(units=units)  # type: ignore[arg-type]
    return corpus_from_bytes(text.encode(), "text", options)


def found(text: str, units: str = "char") -> dict[str, Label]:
    read = corpus(text, units)
    return {label.words: label for label in labels_of(read.vocab, read.ids)}


def quoted(text: str) -> str:
    return "".join("x" if inside else "." for inside in inside_quotes(list(text)))


@given(st.text("ab\n", max_size=40))
def test_a_line_is_counted_from_its_newline(text: str) -> None:
    place, places = 0, []
    for symbol in text:
        place = 0 if symbol == "\n" else place + 1
        places.append(place)
    assert line_position(np.array([s == "\n" for s in text], bool)).tolist() == places


@given(st.text("([{x)]}", max_size=40))
def test_brackets_are_counted_and_never_less_than_none(text: str) -> None:
    open_ones, expected = 0, []
    for symbol in text:
        open_ones = max(0, open_ones + (symbol in "([{") - (symbol in ")]}"))
        expected.append(open_ones)
    assert bracket_depth(bracket_steps(text)).tolist() == expected


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('a "bc d" e', "..xxxxx..."),
        ("say “it’s ‘so’ now” x", "....xxxxxxxxxxxxxx..."),
        ("don't, o'clock, dogs' tails", "." * 27),
        ("‘I don’t know,’ he said", "xxxxxxxxxxxxxx........."),
        ("‘I know’ he", "xxxxxxxx..."),
        ("'Yes,' said 'No.'", "xxxxx.......xxxx."),
        ("'tis the dogs' life", "." * 19),
        ("“one\n\ntwo “three” x", "xxxxx.....xxxxxx..."),
        ("„so“ «da» 「네」", "xxx..xxx..xx."),
        ('5" and "x"', ".xxxxxx..x"),
    ],
)
def test_quotes_are_told_from_apostrophes(text: str, inside: str) -> None:
    assert quoted(text) == inside


def test_a_word_goes_on_after_an_apostrophe() -> None:
    text = "'tis don’t a-b 3x 'no"
    starts = word_starts(np.array([s.isalnum() for s in text]), np.array([s in "'’" for s in text]))
    assert [text[at] for at in np.flatnonzero(starts)] == ["t", "d", "a", "b", "3", "n"]


def test_labels_say_what_is_there() -> None:
    line = 'Ab 12 (cd "e") it\'s\n'
    read = found(line * 40)
    expected = {
        "along the line": [*range(1, 20), 0],
        "inside brackets": [6 <= at < 13 for at in range(20)],
        "inside quotes": [10 <= at < 12 for at in range(20)],
        "at the start of a word": [at in (0, 3, 7, 11, 15) for at in range(20)],
        "at capitals": [at == 0 for at in range(20)],
        "at digits": [at in (3, 4) for at in range(20)],
        "at spaces": [at in (2, 5, 9, 14) for at in range(20)],
        "at vowels": [at in (0, 11, 15) for at in range(20)],
        "at '": [at == 17 for at in range(20)],
    }
    for words, values in expected.items():
        assert read[words].values.tolist() == [float(v) for v in values] * 40, words
    assert "at A" not in read  # the same as at capitals
    assert "with the depth of brackets" not in read  # 0 or 1, as inside brackets
    assert [*read][:1] == ["along the line"]


def test_syllables_are_asked_for_their_final_consonant() -> None:
    read = found("가각 나난.\n" * 30)
    assert read["at syllables with a final consonant"].values[:7].tolist() == [0, 1, 0, 0, 1, 0, 0]
    letters = found("가각 나난.\n" * 30, "jamo")
    assert letters["at initial consonants"].values[:12].tolist() == [
        1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0,
    ]  # fmt: skip
    assert letters["at vowels"].values[:5].tolist() == [0, 1, 0, 1, 0]
    assert np.flatnonzero(letters["at final consonants"].values[:12]).tolist() == [4, 10]


def test_of_bytes_only_ascii_is_known() -> None:
    read = found("Ää (é) a\n" * 40, "byte")
    assert read["inside brackets"].values[:13].tolist() == [0] * 5 + [1] * 3 + [0] * 3 + [0, 0]
    assert "at vowels" not in read or read["at vowels"].values[:5].tolist() == [0] * 5


def test_what_hardly_varies_is_left_out() -> None:
    rare = "x" * 500 + "y" * (LEAST - 1) + "x" * 500 + "y" * (LEAST - 1)
    assert not found(rare)
    enough = found("x" * 500 + "y" * LEAST + "x" * 500 + "y" * LEAST)
    assert [*enough] == ["at x", "at y"]
    assert not found("xy" * 50 + "x" * 100)  # in the first half alone


def test_only_the_more_frequent_symbols_have_a_label_each() -> None:
    symbols = [chr(0x4E00 + k) for k in range(60)]
    text = "".join("".join(symbols[: 60 - k]) for k in range(60))
    read = found((text + text[::-1]) * 2)
    assert [*read] == [f"at {symbol}" for symbol in symbols[:MOST_SYMBOLS]]
