"""A moment is written on one screen and opened on another: real processes, real keys."""

from pathlib import Path

import pytest

from rnn_tui.live.prepared import require_sound
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.bundle.file import read_bundle
from shake.pty_screen import ROOT, PtyScreen
from tests.live.desk import HELLO
from tests.live.prepared import at, lived, opened, train, written


def test_from_one_machine_to_another(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes((ROOT / "corpora" / "hello.txt").read_bytes())
    with PtyScreen(["text.txt", "--preset", "hello", "--updates", "40"], tmp_path) as screen:
        screen.wait_for_text("finished")
        screen.press(b"/hel\r")
        screen.wait_for_text("goes on")
        screen.press(b"[")
        screen.wait_for_text("39 of 40")
        screen.press(b"3")
        screen.wait_for_text("micro-step 0")
        screen.press(b"W")
        screen.wait_for_text("opens it")
        leave(screen)
    text.unlink()
    bundle = tmp_path / "text-39.bundle"
    found = read_bundle(bundle)
    scene = require_sound(*found, "here")
    assert (scene.page, scene.memos["train"]) == ("backprop", {"prefix": "hel"})
    first = at(found[0].checkpoint.config, found[1])
    train(first, 39)
    again = opened(bundle)
    assert again.trainer.model.flat.tobytes() == first.trainer.model.flat.tobytes()
    with PtyScreen(["--bundle", bundle.name], tmp_path) as screen:
        screen.wait_for_text("39 of 40")
        screen.wait_for_text("micro-step 0")
        screen.press(b"[")
        screen.wait_for_text("38 of 40")
        screen.press(b"1")
        screen.wait_for_text("goes on")
        screen.press(b"sW")
        screen.wait_for(lambda: (tmp_path / "text-39-2.bundle").exists(), "bundle")
        leave(screen)
    branches = opened(tmp_path / "text-39-2.bundle").run.timeline.branches
    assert [(one.fork, one.head) for one in branches] == [(0, 40), (38, 39)]


@pytest.mark.parametrize("damage", [-1, 9])
def test_a_damaged_one_is_refused_before_any_screen(
    tmp_path: Path, damage: int, hello: Corpus
) -> None:
    good = written(tmp_path / "a.bundle", lived(HELLO, hello))
    data = bytearray(good.read_bytes())
    data[damage] ^= 1
    good.write_bytes(data)
    with PtyScreen(["--bundle", "a.bundle"], tmp_path) as screen:
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 2
        assert b"a.bundle: not a bundle, or a damaged one" in screen.painted
        assert b"1049h" not in screen.painted


def leave(screen: PtyScreen) -> None:
    screen.press(b"q")
    screen.wait_for(lambda: screen.exit_code is not None, "end")
    assert screen.exit_code == 0
    assert screen.broken == []
