"""`rnn-tui inspect --memorized`: a network that knows its text by heart, and what cannot be."""

import json
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.plain import memorized
from rnn_tui.plain.memorized import Memorized, below, marked, summary
from rnn_tui.plain.surprise import lines
from rnn_tui.text.vocab import Vocab

VERSE = "the tide comes in,\nthe tide goes out,\nand no one asks it why.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A verse by heart, and a validation text that is another one."""
    folder = tmp_path_factory.mktemp("memorized")
    (folder / "text").write_text(VERSE * 8 + VERSE[::-1] * 2)
    words = ["--hidden-size", "40", "--seq-length", "20", "--updates", "500", "--optimizer", "adam"]
    words += ["--val-fraction", "0.2", "--learning-rate", "0.01", "--batch-size", "4"]
    assert main(["train", str(folder / "text"), *words, "--checkpoint", str(folder / "net")]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def test_what_is_known_by_heart_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["inspect", "net", "text", "--memorized", "--temperature", "0.2", "--length", "150"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["text"]) == 150
    assert told["memorized"] > 0.5 > 0.05 >= told["validation"]
    text = Path("text").read_text()
    for one in told["stretches"]:
        assert one["length"] >= told["from_length"]
        stands = told["text"][one["start"] : one["start"] + one["length"]]
        assert text[one["place"] : one["place"] + one["length"]] == stands
    assert main(words) == 0
    out = capsys.readouterr().out
    longest = told["stretches"][0]
    assert f"{longest['length']:5,} characters, at {longest['place']:,}: " in out
    assert "~~~~" in out
    assert f"in stretches of {told['from_length']} characters and more" in out


def test_another_text_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").write_text(VERSE * 9)
    assert main(["inspect", "net", "other", "--memorized"]) == 2
    assert "give the same file" in capsys.readouterr().err


def test_a_text_too_long_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memorized, "MOST", 100)
    assert main(["inspect", "net", "text", "--memorized"]) == 2
    assert "too long to be looked through" in capsys.readouterr().err


def test_of_a_text_too_short_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("short").write_text("hello")
    words = ["--updates", "3", "--hidden-size", "3", "--checkpoint", "small"]
    assert main(["train", "short", *words]) == 0
    assert main(["inspect", "small", "short", "--memorized"]) == 2
    said = "has 5 characters: too few to tell what is memorized, no stretch of 16 can stand in it"
    assert said in capsys.readouterr().err


def test_marks_stand_below_what_they_mean() -> None:
    vocab = Vocab(tuple("가a\nb"))
    inside = np.array([True, False, True, False, True])
    found = [*lines(marked(vocab, np.array([0, 1, 2, 3, 0]), inside))]
    assert found == [[("가", True), ("a", False), ("↵", True)], [("b", False), ("가", True)]]
    assert [below(line) for line in found] == ["~~ ~", " ~~"]


def test_a_letter_marks_its_syllable() -> None:
    vocab = Vocab(("\u1100", "\u1161", "\u11a8", "x"), "jamo")
    inside = np.array([False, False, True, False])
    assert [*marked(vocab, np.array([0, 1, 2, 3]), inside)] == [("각", True), ("x", False)]


def test_without_a_validation_text_nothing_is_compared() -> None:
    found = Memorized(np.arange(4), [], np.arange(4) == 1, 16, None)
    assert summary(found, "byte") == (
        "25 % of the sample stands word for word in the training text, in stretches of 16 bytes "
        "and more; there is no validation text to compare it with."
    )
    told = summary(Memorized(np.arange(4), [], np.arange(4) > 4, 7, 0.05), "character")
    assert told.endswith("; of the validation text, which was not learned, 5 % does.")
