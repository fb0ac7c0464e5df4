"""How far somebody has come: kept whole, and no reason to refuse a lesson."""

import json
from pathlib import Path

import pytest

from rnn_tui.lessons import progress
from rnn_tui.lessons.built_in import find, first_to_do, names, next_after


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(progress, "user_data_path", lambda *_, **__: tmp_path / "data")
    return tmp_path / "data"


def test_it_is_kept_and_never_less(folder: Path) -> None:
    assert progress.steps_done() == {}
    progress.note("wall", 3)
    progress.note("mine.toml", 1)
    progress.note("wall", 2)
    assert progress.steps_done() == {"wall": 3, "mine.toml": 1}
    assert [file.name for file in folder.iterdir()] == ["lessons.json"]


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"[" * 9_999, b'{"a": "b", "c": -1}'])
def test_a_file_that_is_none(folder: Path, data: bytes) -> None:
    folder.mkdir()
    (folder / "lessons.json").write_bytes(data)
    assert progress.steps_done() == {}
    progress.note("wall", 1)
    assert json.loads((folder / "lessons.json").read_bytes()) == {"wall": 1}


def test_where_nothing_can_be_written_nothing_is(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    progress.note("wall", 1)
    assert progress.steps_done() == {}


def test_which_lesson_comes_next() -> None:
    assert first_to_do().name == names()[0]
    for name in names()[:2]:
        progress.note(name, len(find(name).steps))
    progress.note(names()[2], 1)
    assert first_to_do().name == names()[2]
    for name in names():
        progress.note(name, 99)
    assert first_to_do().name == names()[0]
    following = next_after(find(names()[0]))
    assert following
    assert following.name == names()[1]
    assert next_after(find(names()[-1])) is None


def test_a_teacher_s_lesson_has_none_after_it(tmp_path: Path) -> None:
    file = tmp_path / f"{names()[0]}.toml"
    file.write_bytes((Path(progress.__file__).parent / "data" / "01-one-hot.toml").read_bytes())
    assert next_after(find(str(file))) is None
