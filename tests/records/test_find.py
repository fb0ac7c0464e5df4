"""Which record is meant by what somebody types, and whose ids are their own."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.records.find import file_or_record, find
from rnn_tui.records.folder import MOST_READ, create, folder, read

NAME = '{"event":"name","seconds":3,"name":"%s"}\n'


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five runs, of which two have a name, one of them twice."""
    monkeypatch.setattr("rnn_tui.records.folder.user_data_path", lambda *_, **__: tmp_path)
    assert folder() == tmp_path / "runs"
    folder().mkdir()
    for run, names in {
        "1130-1243-kqf": ["base"],
        "1130-1243-bdz": [],
        "1130-1244-bdz": ["early", "wide"],
        "1201-0900-xyz": [],
        "abc": [],
    }.items():
        text = '{"event":"start"}\n' + "".join(NAME % name for name in names)
        (folder() / f"{run}.jsonl").write_text(text)
    return folder()


@pytest.mark.parametrize(("word", "run"), [
    ("1130-1243-kqf", "1130-1243-kqf"),
    ("base", "1130-1243-kqf"),
    ("wide", "1130-1244-bdz"),
    ("12", "1201-0900-xyz"),
    ("1130-1244", "1130-1244-bdz"),
    ("kqf", "1130-1243-kqf"),
    ("1130-1243-k", "1130-1243-kqf"),
    ("ab", "abc"),
])  # fmt: skip
def test_what_is_meant(runs: Path, word: str, run: str) -> None:
    assert find(word) == runs / f"{run}.jsonl" == file_or_record(word)


@pytest.mark.parametrize(("word", "said"), [
    ("early", "no run"),
    ("1130-1243", "1130-1243-bdz, 1130-1243-kqf"),
    ("bdz", "1130-1243-bdz, 1130-1244-bdz"),
    ("", "no run"),
    ("\x1b[2J", "no run"),
    ("../runs/abc", "no run"),
])  # fmt: skip
def test_what_is_refused(runs: Path, word: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        find(word)
    assert "\x1b" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_name_that_two_runs_have(runs: Path) -> None:
    with (runs / "abc.jsonl").open("a") as file:
        file.write(NAME % "base")
    with pytest.raises(InputError, match="could be any of 1130-1243-kqf, abc;"):
        find("base")


def test_a_file_comes_first(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(runs.parent)
    Path("base").write_text("mine")
    assert file_or_record("base") == Path("base")
    assert file_or_record("none/base") == Path("none/base")
    assert file_or_record("none.jsonl") == Path("none.jsonl")
    with pytest.raises(InputError, match="No such file, and no run"):
        file_or_record("none")
    with pytest.raises(InputError, match="could be any of"):
        file_or_record("bdz")


def test_without_a_folder_there_is_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_tui.records.folder.user_data_path", lambda *_, **__: tmp_path)
    with pytest.raises(InputError, match="no run"):
        find("base")


def test_many_begin_at_once(tmp_path: Path) -> None:
    began = datetime(2026, 11, 30, 12, 43, 7)

    def make(_: int) -> Path:
        path, handle = create(tmp_path / "runs", began)
        os.close(handle)
        return path

    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(make, range(600)))
    assert len(set(made)) == 600
    assert all(path.name.startswith("1130-1243-") and path.stat().st_size == 0 for path in made)
    assert made[0].stat().st_mode & 0o777 == 0o600


def test_what_is_no_record_is_not_waited_for(tmp_path: Path) -> None:
    pipe, link, large = (tmp_path / f"{name}.jsonl" for name in ("pipe", "link", "large"))
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "pipe.jsonl")
    with large.open("wb") as file:
        file.truncate(MOST_READ + 1)
    for path, said in (
        (pipe, "no plain file"), (link, "is a link"), (large, "too large"),
        (tmp_path, "no plain file"), (tmp_path / "none", "No such file"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said):
            read(path)
