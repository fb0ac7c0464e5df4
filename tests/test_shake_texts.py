"""A short form of `python -m shake.texts`, and its judge judged."""

from pathlib import Path

import pytest

from shake import long_texts, texts


def test_random_files_are_trained_on_or_refused_in_one_line(tmp_path: Path) -> None:
    counts, wrong = texts.shake(150, seed=1, folder=tmp_path)
    assert not wrong, wrong[0]
    assert counts["trained"] > 20
    assert counts["refused"] > 20


@pytest.mark.parametrize(
    ("code", "said"),
    [(2, "rnn-tui: two\nlines of it\n"), (2, "rnn-tui: an escape \x1b[m\n"), (1, ""), (0, "")],
)
def test_anything_else_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def broken(arguments: list[str]) -> int:
        print(said, end="", file=texts.sys.stderr)
        return code

    monkeypatch.setattr(texts, "rnn_tui", broken)
    assert texts.trial(tmp_path, [])[0] == "wrong"


def test_an_exception_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "rnn_tui", lambda arguments: arguments[99])
    came, said = texts.trial(tmp_path, [])
    assert came == "wrong"
    assert "IndexError" in said


def test_a_long_text_is_timed_and_weighed(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"hello " * 100_000)
    worked, seconds, peak = long_texts.trial(path, seed=0)
    assert worked
    assert seconds > 0
    assert 10 < peak < 1_000
    path.write_bytes(b"")
    assert not long_texts.trial(path, seed=0)[0]
