import os
from pathlib import Path

import pytest

from rnn_tui.saving import autosave as module
from rnn_tui.saving import autosave_files
from rnn_tui.saving.autosave import Autosave
from rnn_tui.saving.autosave_files import newest, path_for, prune
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hello() -> Corpus:
    return corpus_from_bytes(b"hello", "hello.txt")


def test_it_says_when_it_is_time_and_saves_only_what_is_new(tmp_path: Path, hello: Corpus) -> None:
    clock, trainer = Clock(), Trainer(PRESETS["hello"], hello)
    autosave = Autosave(path_for(hello, "1", tmp_path / "deep"), clock)
    autosave.begin()
    assert autosave.due == clock.now + module.FIRST
    trainer.step()
    autosave.write(trainer)
    assert autosave.due == clock.now + module.EVERY
    assert load(autosave.path).update == 1
    before = autosave.path.stat().st_mtime_ns
    autosave.write(trainer)
    assert autosave.path.stat().st_mtime_ns == before
    trainer.step()
    autosave.write(trainer)
    assert load(autosave.path).update == 2


def test_a_failure_is_kept_and_training_goes_on(tmp_path: Path, hello: Corpus) -> None:
    clock, trainer = Clock(), Trainer(PRESETS["hello"], hello)
    (tmp_path / "file").write_text("in the way")
    autosave = Autosave(tmp_path / "file" / "a.safetensors", clock)
    autosave.begin()
    trainer.step()
    autosave.write(trainer)
    assert autosave.fault == "Not a directory"
    assert trainer.step().update == 2


def test_the_newest_of_a_text_is_found(tmp_path: Path, hello: Corpus) -> None:
    other = corpus_from_bytes(b"another text", "other.txt")
    assert newest(hello.sha256, tmp_path) is None
    for age, (corpus, stamp) in enumerate([(hello, "b"), (hello, "a"), (other, "c")]):
        path = path_for(corpus, stamp, tmp_path)
        path.write_bytes(b"")
        os.utime(path, (1_000 + age, 1_000 + age))
    assert newest(hello.sha256, tmp_path) == path_for(hello, "a", tmp_path)
    assert newest(None, tmp_path) == path_for(other, "c", tmp_path)


def test_number_and_size_are_bounded_and_strays_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave_files, "MOST_FILES", 4)
    monkeypatch.setattr(autosave_files, "MOST_BYTES", 250)
    for age in range(6):
        path = tmp_path / f"{age}.safetensors"
        path.write_bytes(b"x" * 100)
        os.utime(path, (1_000 + age, 1_000 + age))
    (tmp_path / ".5.safetensors.ab.tmp").write_bytes(b"half")
    prune(tmp_path, tmp_path / "0.safetensors")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "0.safetensors",
        "4.safetensors",
        "5.safetensors",
    ]
