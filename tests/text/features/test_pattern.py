"""A regular expression as a label, whatever the symbols are, and what cannot be one."""

import re
import time

import pytest

from rnn_tui.alarm import within
from rnn_tui.errors import InputError
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes
from rnn_tui.text.features.pattern import LONGEST, pattern_label

TEXT = "각 12\n가34 é5\nx 6"


def covered(text: str, pattern: str, units: str = "char") -> str:
    options = TextOptions(units=units)  # type: ignore[arg-type]
    corpus = corpus_from_bytes(text.encode(), "text", options)
    values = pattern_label(corpus.vocab, corpus.ids, pattern).values
    assert len(values) == len(corpus.ids)
    return "".join("x" if value else "." for value in values)


@pytest.mark.parametrize("pattern", [r"\d+", r"^\w", r"$|x", "각.*?3", "[가-힣]", "(?i)X", r"\b"])
def test_what_matches_cover_is_so(pattern: str) -> None:
    expected = ["."] * len(TEXT)
    for match in re.finditer(pattern, TEXT, re.MULTILINE):
        expected[match.start() : match.end()] = "x" * (match.end() - match.start())
    assert covered(TEXT, pattern) == "".join(expected)


def test_letters_and_bytes_belong_to_their_character() -> None:
    assert covered("가각a", "각|a", "jamo") == "..xxxx"
    assert covered("가aé", "[가é]", "byte") == "xxx.xx"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("a(b", "no regular expression: a(b: missing ), unterminated subpattern at character 2"),
        ("[a", "at character 1"),
        ("(?P<\x1b>a)", "\u241b"),
        ("a{99999999999}", "too complicated"),
        ("x" * (LONGEST + 1), f"at most {LONGEST}"),
    ],
)
def test_what_is_none_says_why_in_a_line(pattern: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        covered("abc", pattern)
    assert said in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+b", "(.*)*b"])
def test_a_search_without_end_is_broken_off(pattern: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError, match="takes too long"), within(0.05, "takes too long"):
        covered("a" * 5_000, pattern + "c")
    assert time.perf_counter() - begun < 5
    with within(5, "takes too long"):
        assert covered("aab", "a+b") == "xxx"
