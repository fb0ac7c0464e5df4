"""A save that cannot be: one clear line, the old file stays, and training goes on.

Permissions stop nobody who is root, so nothing here depends on them.
"""

import os
from pathlib import Path

import pytest

from rnn_tui.protocol.commands import Save
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.training.checkpoint.file import load
from tests.live.desk import LOOK, at_desk, looks


def refused(path: Path) -> str:
    script, _ = at_desk([(0.5, LOOK), (0.5, Save(path)), (1.0, LOOK)])
    before, after = looks(script)
    assert after.state == "running"
    assert after.update > before.update
    (refusal,) = script.replies(Refused)
    reason = str(refusal.reason)
    assert len(reason.splitlines()) == 1
    return reason


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder"),
        ("missing/run.safetensors", "No such file or directory"),
        ("letter.txt/run.safetensors", "Not a directory"),
    ],
)
def test_a_place_that_takes_no_file(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("Dear Ada,")
    assert words in refused(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_device() -> None:
    assert "is a pipe or a device" in refused(Path("/dev/full"))


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.safetensors"
    script, _ = at_desk([(0.5, Save(path))])
    assert len(script.replies(Done)) >= 1
    update = load(path).update

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "No space left on device" in refused(path)
    assert load(path).update == update
    assert list(tmp_path.iterdir()) == [path]
