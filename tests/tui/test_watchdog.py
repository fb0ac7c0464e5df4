import subprocess
import sys

SCRIPT = """
import sys, threading
from rnn_tui.tui.terminal import terminal

terminal.PATIENCE = 60 if sys.argv[1] == "hurry" else 0.05
watchdog = terminal.Watchdog(lambda: print("last act", flush=True))
watchdog.hurry()
watchdog.arm(129)
if sys.argv[1] == "hurry":
    watchdog.hurry()
if sys.argv[1] == "disarm":
    watchdog.disarm()
    sys.exit(0)
threading.Event().wait()
"""


def run(what: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, what]
    return subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)


def test_a_process_that_cannot_end_is_ended() -> None:
    done = run("block")
    assert (done.returncode, done.stdout) == (129, "last act\n")


def test_one_that_can_is_left_alone() -> None:
    done = run("disarm")
    assert (done.returncode, done.stdout) == (0, "")


def test_one_in_the_background_is_not_waited_for() -> None:
    done = run("hurry")
    assert (done.returncode, done.stdout) == (129, "last act\n")
