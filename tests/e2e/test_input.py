"""Noise and sequences in parts, sent to the real program."""

from pathlib import Path

from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


NOISE = [b"\xff", b"\x1b[M\xff\xfe\xfd", b"\xed\xa0\x80", b"\x1b[\xe9A"]


@needs_proc
def test_noise_and_a_mouse_beyond_the_screen_end_nothing_and_esc_and_q_in_one_breath_all(
    tmp_path: Path,
) -> None:
    with PtyScreen([HELLO], tmp_path) as screen:
        screen.wait_for_text("running")
        for number, noise in enumerate((*NOISE, b"")):
            screen.press(noise)
            screen.wait_for(lambda: not screen.unread, "reading")
            screen.listen()
            screen.press(b" ")
            screen.wait_for_text("running" if number % 2 else "paused")
        for report in (b"\x1b[<64;120;90M", b"\x1b[<0;500;1M", b"\x1b[<2;0;0M"):
            screen.listen()
            screen.press(b"/")
            screen.wait_for_text("back to the keys")
            screen.press(report + b"q")
            screen.wait_for_text("'q' never occurs in this text")
            assert screen.exit_code is None
            screen.listen()
            screen.press(b"\x7f\x1b")
            screen.wait_for_text("go on")
        screen.press(b"/")
        screen.wait_for(lambda: not screen.unread, "reading")
        screen.press(b"\x1bq")  # leaves the prefix and the program
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken


@needs_proc
def test_a_screen_whose_keyboard_is_lost_says_so_and_does_not_end_with_0(tmp_path: Path) -> None:
    code = (
        "from rnn_tui.tui.terminal import input_driver as i\n"
        "def fall(data, now): raise OSError('the line is cut')\n"
        "i.Splitter.feed = lambda self, data, now: fall(data, now)\n"
        "from rnn_tui.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    )
    (tmp_path / "fallen.py").write_text(f"if __name__ == '__main__':\n    exec({code!r})\n")
    with PtyScreen([HELLO], tmp_path, program=[str(tmp_path / "fallen.py")]) as screen:
        screen.wait_for_text("running")
        screen.press(b"x")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 1
        assert b"keyboard was not heard any more: OSError: the line is cut" in screen.painted
        assert not screen.broken
