"""docs/bptt.md quotes the code as it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "bptt.md").read_text(encoding="utf-8")


def quotes() -> list[tuple[str, str]]:
    """Every quoted line with the file it is said to be in."""
    found, file = [], ""
    for line in PAGE.splitlines():
        if named := re.fullmatch(r"`(rnn_tui/\S+\.py)`", line):
            file = named[1]
        elif quoted := re.fullmatch(r"\|.*\| `(.+)` \|", line):
            found.append((file, quoted[1]))
    return found


@pytest.mark.parametrize("file", sorted({file for file, _ in quotes()}))
def test_the_quoted_lines_are_in_the_code(file: str) -> None:
    code = {line.strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()}
    assert [line for where, line in quotes() if where == file and line not in code] == []


def test_all_parts_are_explained() -> None:
    names = ("rnn", "lstm", "gru", "inputs", "linear", "loss", "clip", "optim")
    assert {file for file, _ in quotes()} == {f"rnn_tui/nn/{name}.py" for name in names}
    assert len(quotes()) > 60
