"""`rnn-tui learn` without a screen."""

import json
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.lessons import progress
from rnn_tui.lessons.built_in import files, names


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the person's own progress out of it."""
    monkeypatch.setattr(progress, "user_data_path", lambda *_, **__: tmp_path)


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[str(n), x] for n, x in enumerate(names(), 1)]
    assert main(["learn", "--list", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["name"] for record in records] == [*names()]
    assert records[0] == {
        "number": 1, "name": "one-hot", "title": "A character as numbers", "steps": 3,
        "done": 0,
    }  # fmt: skip
    progress.note("one-hot", 3)
    progress.note("formula", 1)
    assert main(["learn", "--list"]) == 0
    first, second, third, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith("as numbers (done)")
    assert second.endswith("a tanh (1 of 3 done)")
    assert third.endswith("enters")


@pytest.mark.parametrize("file", files(), ids=names())
def test_what_is_checked_is_answered(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--check", str(file), "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(record["answer"] for record in records)
    assert main(["learn", "--check", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines[1::2]] == [record["answer"] for record in records]


def test_answers_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "--check", str(files()[6])]) == 0
    out = capsys.readouterr().out
    assert "    a  up\n" in out
    assert "    −0.2187  ± 0.002\n" in out
    assert "    c\n" in out


def test_a_mistake_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "x"\ntext = "ab"\n\n[[step]]\nsay = "{open(1)}"\nkey = "train.step"\n')
    assert main(["learn", "--check", str(file)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
    assert "mine.toml, line 5: say: open(1): there is no function open" in err
