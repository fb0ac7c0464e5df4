"""What is said at the end of a race, where something is missing."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rnn_tui.commands.runs.race_report import report_after_race
from rnn_tui.commands.runs.race_workers import Placed, Workers
from rnn_tui.protocol.replies import Left
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

GONE = "its worker was gone before the end"
LEFT = Left(3, True, "")


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rnn_tui.saving.races.user_state_path", lambda *_, **__: tmp_path)


def saved(path: Path, corpus: Corpus, updates: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(Config(hidden_size=3, seq_length=2), corpus)
    for _ in range(updates):
        trainer.step()
    save(path, trainer)
    return path


class Race:
    """Sessions that are over."""

    def __init__(self, folder: Path, *, keeps: bool = True, asked: bool = True) -> None:
        self.kept = folder / "races" / "a" if keeps else None
        self.asked = folder / "saved" if asked else None
        self.made: list[Placed] = []
        if self.asked:
            self.asked.mkdir()

    def ended(self, name: str, left: Left | None, unsaved: str = "", *parting: str) -> Placed:
        session = SimpleNamespace(left=left, unsaved=unsaved, parting=parting)
        file = f"{len(self.made) + 1}-{name}.safetensors"
        kept, asked = (folder / file if folder else None for folder in (self.kept, self.asked))
        self.made.append(Placed(name, cast(Any, session), kept, asked))
        return self.made[-1]

    def report(self, corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
        code = report_after_race(cast(Workers, self), corpus)
        lines = capsys.readouterr().err.splitlines()
        return code, [line.removeprefix("rnn-tui: ") for line in lines]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], hello: Corpus) -> Any:
    return lambda race: race.report(hello, capsys)


def test_what_was_kept_last_takes_the_place_of_what_is_missing(
    tmp_path: Path, hello: Corpus, said: Any
) -> None:
    race = Race(tmp_path)
    race.ended("rnn", LEFT)
    lost = race.ended("lstm", None, "it is not saved")
    assert lost.kept
    assert lost.asked
    saved(lost.kept, hello, 2)
    saved(lost.kept.with_stem(f"{lost.kept.stem}-1"), hello, 5)  # it had begun again
    code, lines = said(race)
    assert code == 2
    assert lines == [f"{lost.asked} has update 5, the last one that was kept: {GONE}"]
    assert load(lost.asked).update == 5


def test_a_file_that_is_newer_than_what_was_kept_stays(
    tmp_path: Path, hello: Corpus, said: Any
) -> None:
    race = Race(tmp_path, keeps=False)
    lost = race.ended("lstm", None, "it is not saved")
    assert lost.asked
    saved(lost.asked, hello, 7)
    assert said(race)[1] == [f"{lost.asked} has update 7, the last one that was kept: {GONE}"]


def test_of_nothing_nothing_is_kept(tmp_path: Path, said: Any) -> None:
    race = Race(tmp_path, keeps=False)
    race.ended("rnn", LEFT, "", "The disk is slow.")
    lost = race.ended("dense", None)  # gone before it stood ready
    nothing = f"{lost.asked} is not saved: {GONE}, and nothing of it had been kept"
    assert said(race) == (2, ["The disk is slow.", nothing])


def test_a_folder_that_takes_nothing_is_said_with_where_the_network_is(
    tmp_path: Path, hello: Corpus, said: Any
) -> None:
    race = Race(tmp_path)
    race.ended("rnn", Left(3, True, "cannot write a: no space; the run is kept in b"))
    lost = race.ended("dense", None, "it is not saved")
    assert lost.kept
    assert race.asked
    saved(lost.kept, hello, 2)
    race.asked.rmdir()
    code, lines = said(race)
    assert code == 2
    assert lines == [
        "cannot write a: no space; the run is kept in b",
        f"{lost.asked} is not saved: {GONE}; it is kept in {lost.kept}",
    ]


def test_a_race_that_was_left_at_once_misses_nothing(tmp_path: Path, said: Any) -> None:
    race = Race(tmp_path)
    race.ended("rnn", None)
    race.ended("dense", None)
    assert said(race) == (0, [])


def test_who_is_missing_in_a_race_that_is_kept(tmp_path: Path, hello: Corpus, said: Any) -> None:
    race = Race(tmp_path, asked=False)
    for name in ("rnn", "gru"):
        assert said(race) == (0, [])  # one alone is no race
        there = race.ended(name, LEFT)
        assert there.kept
        saved(there.kept, hello, 1)
    goes_on = f"the race is kept: rnn-tui race {hello.path or '-'} --resume goes on with it"
    assert said(race) == (0, [goes_on])
    race.ended("dense", None)
    assert said(race) == (0, [f"{goes_on}, without dense, of which nothing was kept"])
