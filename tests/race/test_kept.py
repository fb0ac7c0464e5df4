import os
from pathlib import Path

import pytest

from rnn_tui.commands.options.lineup import file_name, name_in
from rnn_tui.errors import InputError
from rnn_tui.saving.races import fresh_race, newest_race, prune_races, require_folder, saved_in
from rnn_tui.text.corpus import Corpus


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rnn_tui.saving.races.user_state_path", lambda *_, **__: tmp_path)


def saved(folder: Path, name: str, when: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"")
    os.utime(folder / name, (when, when))
    return folder / name


@pytest.mark.parametrize("name", ["lstm", "lstm learning-rate 1e+30", "rnn activation relu"])
def test_a_name_comes_back_from_its_file(name: str) -> None:
    assert name_in(file_name(3, name)) == name
    assert "/" not in file_name(3, "a/b")


def test_of_one_that_began_again_the_newest_file_is_taken(tmp_path: Path) -> None:
    old = saved(tmp_path, "1-rnn.safetensors", 5)
    new = saved(tmp_path, "1-rnn-1.safetensors", 7)
    other = saved(tmp_path, "2-dense.safetensors", 6)
    saved(tmp_path, ".2-dense.safetensors.x.tmp", 9)
    assert saved_in(tmp_path) == {"1-rnn.safetensors": new, "2-dense.safetensors": other}
    saved(tmp_path, "1-zz.safetensors", 9)
    with pytest.raises(InputError, match="two networks there have the same number"):
        saved_in(tmp_path)
    (tmp_path / "1-zz.safetensors").unlink()
    os.utime(old, (8, 8))
    assert saved_in(tmp_path)["1-rnn.safetensors"] == old


def test_another_race_is_not_written_over(tmp_path: Path) -> None:
    names = {"1-rnn.safetensors", "2-dense.safetensors"}
    require_folder(tmp_path / "new", names, goes_on=False)
    saved(tmp_path, "1-rnn.safetensors", 1)
    with pytest.raises(InputError, match=r"\(1-rnn.safetensors\); name another folder, or go on"):
        require_folder(tmp_path, names, goes_on=False)
    require_folder(tmp_path, names, goes_on=True)
    saved(tmp_path, "3-gru.safetensors", 1)
    with pytest.raises(InputError, match=r"\(3-gru.safetensors\); name another folder$"):
        require_folder(tmp_path, names, goes_on=True)
    with pytest.raises(InputError, match="cannot write to"):
        require_folder(tmp_path / "1-rnn.safetensors" / "x", names, goes_on=False)


def test_five_races_are_kept_and_the_newest_is_found(hello: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no race of this text is kept in"):
        newest_race(hello.sha256)
    races = [tmp_path / "races" / f"{hello.sha256[:16]}-{n}" for n in range(6)]
    for when, race in enumerate(races):
        saved(race, "1-rnn.safetensors", 100 + when)
    assert newest_race(hello.sha256) == newest_race(None) == races[-1]
    assert not fresh_race(hello).exists()
    assert all(race.exists() for race in races)  # whoever goes on with one may leave at once
    prune_races()
    assert [race.exists() for race in races] == [False, True, True, True, True, True]
