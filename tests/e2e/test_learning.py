"""Lessons in a terminal of their own: begun, answered, left, gone on with."""

import json
from pathlib import Path

from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

pytestmark = needs_proc


def left(screen: PtyScreen) -> int | None:
    screen.press(b"q")
    screen.wait_for(lambda: screen.exit_code is not None, "end")
    return screen.exit_code


def test_a_lesson_and_the_one_after_it(tmp_path: Path) -> None:
    with PtyScreen(["learn", "1"], tmp_path) as screen:
        screen.wait_for_text("Which place is 1")
        screen.press(b"\rc\r")
        screen.wait_for_text("Right.")
        screen.press(b"\r")
        screen.wait_for_text("How many numbers has")
        screen.press(b"\r3\r")
        screen.wait_for_text("W_xh has 3 rows")
        screen.press(b"\r")
        screen.wait_for_text("How many logits come out")
        screen.press(b"\r5\r")
        screen.wait_for_text("It is 4.")
        screen.press(b"\r")
        screen.wait_for_text("2 of 3 answers")
        screen.press(b"\r")
        screen.wait_for_text("Which of the three vectors")
        assert left(screen) == 0
    (file,) = tmp_path.rglob("lessons.json")
    assert json.loads(file.read_text()) == {"one-hot": 3}
    with PtyScreen(["learn"], tmp_path) as screen:
        screen.wait_for_text("Which of the three vectors")
        assert left(screen) == 0


def test_from_a_run_to_the_lessons(tmp_path: Path) -> None:
    with PtyScreen(["hello"], tmp_path) as screen:
        screen.wait_for_text("running")
        screen.press(b"L")
        screen.wait_for_text("again: the run is left")
        screen.press(b"L")
        screen.wait_for_text("Which place is 1")
        screen.press(b"\x1b")
        screen.wait_for_text("brings the lesson back")
        assert left(screen) == 0
