"""`rnn-tui inspect --memory-span`: what is printed, and what cannot be asked."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.inspection.memory.span.guesses import Where
from rnn_tui.inspection.memory.span.looking_back import Back, Span, memory_span
from rnn_tui.inspection.memory.span.sentences import span_in_words
from rnn_tui.plain.memory_span import bar
from rnn_tui.training.checkpoint.file import load

SYMBOLS = ("a", "\x1b", "가", "\n")
TEXT = "".join(SYMBOLS[id] for id in np.random.default_rng(5).integers(0, 4, 1_700))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text, one that is too short, and networks that have read it for a moment."""
    folder = tmp_path_factory.mktemp("inspect")
    (folder / "text").write_text(TEXT)
    (folder / "short").write_text(TEXT[:999])
    words = ["--hidden-size", "9", "--seq-length", "6", "--updates", "3"]
    for network in ("gru", "dense"):
        saved = ["--network", network, "--checkpoint", str(folder / network)]
        assert main(["train", str(folder / "text"), *words, *saved]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def test_json_holds_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "gru", "text", "--memory-span", "--back", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    net = load(Path("gru"))
    found = memory_span(net.model(), net.vocab.encode(TEXT), 5)
    assert (told["span"], told["places"], told["state"], told["used"]) == (
        found.steps,
        found.places,
        9,
        9,
    )
    for row, back in zip(told["back"], found.backs, strict=True):
        assert (row["back"], row["read"], row["guess"]) == (back.steps, back.read, back.guess)
        assert row["reached"] == back.reached
        assert ("best" in row) == bool(back.best and back.steps)
        if (best := back.best) and back.steps:
            assert row["best"]["present"] == net.vocab.symbols[best.present]
            assert row["best"]["following"] == [net.vocab.symbols[id] for id in best.following]
            numbers = (row["best"]["places"], row["best"]["read"], row["best"]["guess"])
            assert numbers == (best.places, best.read, best.guess)


def test_words_are_aligned_and_safe_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "gru", "text", "--memory-span", "--back", "4"]) == 0
    head, columns, *rows, last = (out := capsys.readouterr().out).splitlines()
    assert re.fullmatch(r"the state, 9 numbers, at 1,\d{3} places; read-outs are .*", head)
    assert [row[:4].strip() for row in rows] == ["0", "1", "2", "3", "4"]
    assert all(row[10] == row[43] == "%" for row in rows)
    assert columns.index("guess") + len("guess") == 44
    assert re.search(r"read at \S+, standing before \S+", rows[2])
    assert "back, read at" in last
    assert "\x1b" not in out


def test_a_network_that_only_looks_back_is_said_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "dense", "text", "--memory-span"]) == 0
    assert capsys.readouterr().out == (
        "This network has no hidden state: it sees the last 6 characters, each as it is, and "
        "nothing before.\n"
    )
    assert main(["inspect", "dense", "text", "--memory-span", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sees": 6}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["short"], "short has 999 characters: too few to learn from and to test on"),
        (["text", "--back", "0"], "--back is from 1 to 60 with --memory-span, not 0"),
        (["text", "--back", "61"], "not 61"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "gru", *words, "--memory-span"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert len(err.splitlines()) == 1


def span(*told: float) -> Span:
    """Return a span that tells so much of what guessing misses, at 0, 1, 2, … steps."""
    return Span(
        800,
        7,
        7,
        tuple(
            Back(k, 0.25, 0.2, Where(0, (1, 2)[: max(k - 1, 0)], 50, 0.2 + 0.8 * share, 0.2))
            for k, share in enumerate(told)
        ),
    )


@pytest.mark.parametrize(
    ("found", "done", "expected"),
    [
        (span(0.4, 0.4), True, "No byte of the past can be read out of the state."),
        (span(0.4), False, ""),
        (
            span(1, 0.4),
            True,
            "The present byte: 25 % right, guessing 20 %. Further back, as far as 1, nowhere half "
            "of what guessing misses is read.",
        ),
        (span(1, 0.5), False, "1 byte back, read at a: 60 % right, guessing 20 %."),
        (
            span(1, 0.4, 1, 0.4),
            True,
            "2 bytes back, read at a, standing before b: 100 % right, guessing 20 %. Further "
            "back, as far as 3, nowhere half of what guessing misses is read.",
        ),
        (
            span(1, 1, 1, 0.75),
            True,
            "3 bytes back, read at a, standing before b c: 80 % right, guessing 20 %. That is "
            "as far as was looked.",
        ),
    ],
)
def test_the_span_is_said_in_a_sentence(found: Span, done: bool, expected: str) -> None:
    assert span_in_words(found, "byte", "abc".__getitem__, done=done) == expected


@pytest.mark.parametrize(
    ("read", "guess", "expected"),
    [
        (1, 0.25, "██████│█████████████████"),
        (0.5, 1, "████████████           │"),
        (0, 0, "│                       "),
    ],
)
def test_a_line_in_the_bar_is_where_guessing_is(read: float, guess: float, expected: str) -> None:
    assert bar(read, guess) == expected
