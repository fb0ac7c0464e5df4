"""`rnn-tui inspect`: an option of another look is refused, not ignored."""

from pathlib import Path

import pytest

from rnn_tui.cli import main


@pytest.mark.parametrize(
    ("look", "words", "expected"),
    [
        (["--surprise"], ["--regex", "a"], "--regex goes with --units"),
        (["--influence", "0"], ["--of", "c"], "--of goes with --units"),
        (["--units"], ["--back", "3"], "--back goes with --influence or --memory-span"),
        (["--memorized"], ["--before", "net"], "--before goes with --surprise"),
        (["--memory-span"], ["--seed", "0"], "--seed goes with --memorized"),
        (["--influence", "2"], ["--length", "9"], "--length goes with --memorized"),
        (["--surprise"], ["--temperature", "0"], "--temperature goes with --memorized"),
    ],
)
def test_what_goes_with_another_look_is_refused(
    look: list[str],
    words: list[str],
    expected: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["inspect", str(tmp_path / "net"), str(tmp_path / "text"), *look, *words]) == 2
    assert expected in capsys.readouterr().err


def test_what_goes_with_this_look_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--influence", "0", "--back", "3"]
    assert main(["inspect", str(tmp_path / "net"), str(tmp_path / "text"), *words]) == 2
    assert "goes with" not in capsys.readouterr().err
