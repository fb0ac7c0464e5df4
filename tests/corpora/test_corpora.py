"""The texts are what their descriptions say, and the generated ones are what their script makes."""

import hashlib
import math
import runpy
import sys
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.text.chance import losses
from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.floors import known_floor

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpora"
PAIRS = {")": "(", "]": "[", "}": "{"}


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / name))


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def making() -> dict[str, Any]:
    return script("make_corpora.py")


def test_generated_texts_are_made_again_character_for_character(making: dict[str, Any]) -> None:
    for maker in making["MAKERS"]:
        kept = (FOLDER / f"{maker.__name__}.txt").read_bytes()
        assert kept == making["make"](maker)[0].encode(), maker.__name__


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("period", 0),
        ("numbers", 0),
        ("repeat", 3 * math.log(8) / 20),
        ("distance", 1_200 * math.log(8 * 20) / 17_403),
        ("count", 600 * math.log(12) / 8_460),
        ("sums", 4_000 * 2 * math.log(100) / 37_219),
    ],
)
def test_the_least_loss_is_what_the_rule_says(
    making: dict[str, Any], name: str, least: float
) -> None:
    assert making["make"](making[name])[1] == pytest.approx(least)


def test_the_least_losses_that_the_program_knows_are_those(making: dict[str, Any]) -> None:
    least = {maker.__name__: making["make"](maker)[1] for maker in making["MAKERS"]}
    for path in FOLDER.glob("*.txt"):
        known = known_floor(hashlib.sha256(path.read_bytes()).hexdigest())
        expected = 0 if path.stem == "hello" else least.get(path.stem)
        assert known == (None if expected is None else pytest.approx(expected, abs=5e-4))


def nested(line: str) -> bool:
    open_ones: list[str] = []
    for bracket in line:
        if bracket in "([{":
            open_ones.append(bracket)
        elif not open_ones or open_ones.pop() != PAIRS[bracket]:
            return False
    return line != "" and not open_ones


RULES: dict[str, Callable[[str], bool]] = {
    "period.txt": lambda line: line == "abacabad" * 250,
    "repeat.txt": lambda line: line == " ".join([line[:3]] * 5),
    "count.txt": lambda line: line == "a" * (len(line) // 2) + "b" * (len(line) // 2),
    "brackets.txt": nested,
    "sums.txt": lambda line: (
        sum(map(int, line.split("=")[0].split("+"))) == int(line.split("=")[1])
    ),
    "distance.txt": lambda line: (
        line[0] == line[-1] and line[-2] == "=" and "abcdefghijklmnopqrst".startswith(line[1:-2])
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_every_line_follows_the_rule(name: str) -> None:
    assert [line for line in lines(name) if not RULES[name](line)] == []


def test_numbers_count_to_two_thousand() -> None:
    assert lines("numbers.txt") == [str(n + 1) for n in range(2_000)]


def test_brackets_reach_far() -> None:
    steps = [[1 if bracket in "([{" else -1 for bracket in line] for line in lines("brackets.txt")]
    depths = [max(accumulate(line)) for line in steps]
    assert max(depths) == 8
    assert sum(len(line) > 40 for line in steps) > 100


def test_prose_is_long_enough_and_plain() -> None:
    story = (FOLDER / "tidebook.txt").read_text("ascii")
    assert len(story) > 30_000
    paragraphs = [text for text in story.split("\n\n") if len(text) > 60]
    assert len(set(paragraphs)) == len(paragraphs)
    assert max(map(len, lines("tidebook.txt"))) <= 72


def test_korean_is_hangul_and_never_says_a_line_twice() -> None:
    corpus = read_corpus(FOLDER / "korean.txt")
    text = corpus.vocab.decode(corpus.ids)
    sentences = [line for line in text.splitlines() if line]
    assert len(text) > 6_000
    assert all("가" <= symbol <= "힣" or symbol in " ,.\n\"?'!" for symbol in corpus.vocab.symbols)
    assert len(set(sentences)) == len(sentences)


def test_the_figures_in_the_readme_are_those_of_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "make_corpora", raising=False)
    figures = script("corpus_figures.py")
    readme = (FOLDER / "README.md").read_text("utf-8").splitlines()
    for path in sorted(FOLDER.glob("*.txt")):
        row = figures["row"](path)
        assert any(line.startswith(row) for line in readme), row


def test_what_each_character_costs_adds_up_to_the_dice(making: dict[str, Any]) -> None:
    for maker in making["MAKERS"]:
        text, least = making["make"](maker)
        costs = losses(maker.__name__, text, begun=True)
        assert sum(costs) / len(text) == pytest.approx(least)
        assert len(costs) == len(text)
