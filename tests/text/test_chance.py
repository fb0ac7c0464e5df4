"""What the rule of a text leaves to chance, against going through all that could be written."""

import itertools
import math
from fractions import Fraction
from functools import cache

import pytest

from rnn_tui.text.built_in import folder
from rnn_tui.text.chance import losses, rule_of
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes, read_corpus

ABC = "abcdefghijklmnopqrst"
LINES = {
    "repeat": [
        f"{a + b + c} " * 4 + f"{a + b + c}\n" for a, b, c in itertools.product(ABC[:8], repeat=3)
    ],
    "count": ["a" * n + "b" * n + "\n" for n in range(1, 13)],
    "sums": [f"{a}+{b}={a + b}\n" for a in range(100) for b in range(100)],
    "distance": [f"{n}{ABC[:gap]}={n}\n" for n in range(1, 9) for gap in range(1, 21)],
}


@cache
def goes_on(name: str, text: str) -> Fraction:
    """How likely a line, and those after it, begin so."""
    if not text:
        return Fraction(1)
    line = text[: text.find("\n") + 1] or text
    lines = LINES[name]
    share = Fraction(sum(one.startswith(line) for one in lines), len(lines))
    return share * goes_on(name, text[len(line) :])


@cache
def begins(name: str, text: str) -> Fraction:
    """How likely a text that goes on for ever reads so from a place that is chosen blindly."""
    lines = LINES[name]
    found = Fraction(0)
    for line in lines:
        for tail in (line[start:] for start in range(len(line))):
            if tail.startswith(text):
                found += 1
            elif text.startswith(tail):
                found += goes_on(name, text[len(tail) :])
    return found / sum(map(len, lines))


STRETCHES = {
    "repeat": ["bc abc a", "abc abc\nbca bca b", "bb bbb", "\nabc"],
    "count": ["aaabbb\naab", "ab\nab\n", "bbb\na", "aaaa"],
    "sums": ["0=181\n99+90=189\n6", "+4=13\n", "12", "9\n9+9=1"],
    "distance": ["defg=3\n1abc=1\n", "=8\n8a", "bcd", "5\n5abcdefghijklmnopqrst=5\n"],
}
CASES = [(name, text) for name, texts in STRETCHES.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_from_anywhere_it_is_what_all_that_could_be_written_says(name: str, text: str) -> None:
    found = losses(name, text, begun=False)
    chances = [begins(name, text[:k]) for k in range(len(text) + 1)]
    expected = [-math.log(two / one) for one, two in itertools.pairwise(chances)]
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("repeat", "abc abc abc abc abc\nhgf hg"),
        ("count", "aaabbb\nab\naaaaaaaaaaaa"),
        ("sums", "99+90=189\n6+75=81\n0+0=0\n26+9"),
        ("distance", "1abc=1\n8abcdefghijklmnopqrst=8\n2a"),
    ],
)
def test_from_its_beginning_too(name: str, text: str) -> None:
    chances = [goes_on(name, text[:k]) for k in range(len(text) + 1)]
    expected = [-math.log(two / one) for one, two in itertools.pairwise(chances)]
    assert losses(name, text, begun=True) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", ["hello", "period", "numbers"])
def test_where_nothing_is_drawn_all_is_foreseen_once_it_is_known_where_one_is(name: str) -> None:
    corpus = read_corpus(folder() / f"{name}.txt")
    text = corpus.vocab.decode(corpus.ids)
    assert set(losses(name, text[:300], begun=True)) == {0.0}
    for start in range(1, 40):
        part = text[start : start + 30]
        places = [k for k in range(len(text)) if text.startswith(part[:1], k)]
        for known in range(1, len(part)):
            on = [k for k in places if text[k + known : k + known + 1] == part[known]]
            off = [k for k in places if k + known < len(text)]
            cost = losses(name, part, begun=False)[known]
            assert cost == pytest.approx(math.log(len(off) / len(on)), abs=1e-12)
            places = on


def nested(lines: str) -> float:
    """How likely brackets are drawn so, by the description of the text in words."""
    chance, closers = 1.0, ""
    for place, sign in enumerate(lines):
        fresh = place == 0 or lines[place - 1] == "\n"
        if not closers and not fresh:
            chance /= 2
            if sign == "\n":
                continue
        elif 0 < len(closers) < 8:
            chance /= 2
        if sign in "([{":
            chance, closers = chance / 3, dict(zip("([{", ")]}", strict=True))[sign] + closers
        else:
            assert closers[0] == sign
            closers = closers[1:]
    return chance


def test_brackets_are_known_from_the_first_line_that_is_read_whole() -> None:
    text = "()[]\n{{{{{{{{}}}}}}}}\n([]{})\n"
    found = losses("brackets", text, begun=True)
    for k, cost in enumerate(found):
        assert cost == pytest.approx(math.log(nested(text[:k]) / nested(text[: k + 1])), abs=1e-12)
    half = losses("brackets", text[2:], begun=False)
    assert [math.isnan(cost) for cost in half] == [True] * 3 + [False] * (len(text) - 5)
    assert half[3:] == found[5:]


@pytest.mark.parametrize("name", ["hello", "period", "repeat", "count", "numbers", "brackets"])
@pytest.mark.parametrize("units", ["char", "byte", "jamo"])
def test_the_built_in_texts_have_their_rules(name: str, units: str) -> None:
    options = TextOptions(units=units)  # type: ignore[arg-type]
    assert rule_of(read_corpus(folder() / f"{name}.txt", options)) == name


def test_no_other_text_has_one() -> None:
    data = (folder() / "distance.txt").read_bytes()
    assert rule_of(corpus_from_bytes(data, "mine.txt")) == "distance"
    for other in (data[1:], data[:-1], data.replace(b"a", b"A"), b"hello", "가나다\n".encode()):
        assert rule_of(corpus_from_bytes(other, "distance.txt")) == ""
    assert rule_of(read_corpus(folder() / "tidebook.txt")) == ""


def test_the_same_bytes_in_another_encoding_are_another_text() -> None:
    data = (folder() / "hello.txt").read_bytes()
    assert rule_of(corpus_from_bytes(data, "hello.txt", TextOptions(encoding="utf-16-le"))) == ""
