import os
import signal
import sys
from pathlib import Path

import pytest

from rnn_tui.process.stopped import is_stopped
from rnn_tui.training.checkpoint.file import load
from tests.e2e.terminal import Terminal, children, colors, wait_for
from tests.marks import needs_proc

ROOT = Path(__file__).parents[2]
HELLO = [sys.executable, "-m", "rnn_tui", str(ROOT / "corpora" / "hello.txt")]
WORKER = "spawn_main"
"""What the worker's command line holds, and no other process's."""
SHELL = "0 0 1"
"""No alternate screen, no mouse, a cursor."""


def opened(terminal: Terminal, *options: str) -> int:
    """Open the screen; return the number of its process."""
    terminal.start([*HELLO, *options])
    terminal.wait_for("space pause|space go on")
    terminal.wait_for(r"update +\d")
    return terminal.program


def paused_at(terminal: Terminal, file: Path) -> int:
    """Open the screen where a saved run stopped; return the number of its process."""
    terminal.start([*HELLO, "--resume", str(file), "--checkpoint", str(file), "--paused"])
    terminal.wait_for(rf"paused .*update +{load(file).update} ")
    return terminal.program


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_hello_from_launch_to_quit(terminal: Terminal, tmp_path: Path) -> None:
    painted = tmp_path / "painted"
    with terminal.recorded(painted):
        terminal.start(["env", "TERM=screen-256color", "COLORTERM=", *HELLO])
        terminal.wait_for("▶ running")
        terminal.wait_for("uniform")
    wait_for(lambda: max(colors(painted.read_bytes())) == 256, "as many colors as it has")
    first = terminal.number("loss")
    wait_for(lambda: terminal.number("loss") < first, "falling loss")

    terminal.press("Space")
    terminal.wait_for("⏸ paused")
    # A sample that was begun before is still written to its end.
    wait_for(lambda: len({terminal.text for _ in range(8)}) == 1, "picture that stays")
    before = terminal.number("update")
    terminal.press("s")
    wait_for(lambda: terminal.number("update") == before + 1, "update more")
    terminal.press("s")
    wait_for(lambda: terminal.number("update") == before + 2, "update more")

    terminal.type("/hel")
    terminal.wait_for(r"/ hel\b")
    terminal.wait_for(r"[helo] █+.*\d %")
    terminal.press("Tab")
    terminal.wait_for(r"/ hel[helo]")
    assert terminal.number("update") == before + 2
    terminal.press("Escape")
    terminal.wait_for("space go on")

    terminal.press("q")
    assert terminal.exit_code() == 0
    assert terminal.modes == SHELL
    terminal.type("echo heard")
    terminal.wait_for("echo heard")


@pytest.mark.parametrize(
    ("first", "second"), [(signal.SIGTERM, signal.SIGINT), (signal.SIGHUP, signal.SIGQUIT)]
)
def test_a_signal_saves_leaves_the_terminal_as_it_was_and_it_goes_on_from_there(
    terminal: Terminal, tmp_path: Path, first: int, second: int
) -> None:
    file = tmp_path / "run.safetensors"
    process, update = opened(terminal, "--checkpoint", str(file)), 0
    for number in (first, second):
        wait_for(lambda: terminal.number("update") >= update + 3, "third update")  # noqa: B023
        os.kill(process, number)
        assert terminal.exit_code() == 128 + number
        assert terminal.modes == SHELL
        assert load(file).update >= update + 3
        if number == first:
            update = load(file).update
            terminal.type("clear")
            terminal.press("Enter")
            process = paused_at(terminal, file)
            terminal.press("Space")


@needs_proc
def test_a_signal_that_is_ignored_stays_ignored_until_the_terminal_is_gone(
    terminal: Terminal,
) -> None:
    terminal.start(["sh", "-c", 'trap "" HUP TERM; exec "$@"', "sh", *HELLO])
    terminal.wait_for(r"update +\d")
    process = terminal.program
    for number in (signal.SIGHUP, signal.SIGTERM):
        os.kill(process, number)
    terminal.press("Space")
    terminal.wait_for("space go on")
    terminal.close()
    wait_for(lambda: gone(process), "end of the screen")


@needs_proc
def test_a_stopped_screen_ends_where_it_is_when_told_to(terminal: Terminal) -> None:
    process = opened(terminal)
    workers = children(process, WORKER)
    terminal.press("C-z")
    wait_for(lambda: is_stopped(process), "stop")
    terminal.type("kill -TERM %1; kill -CONT %1")

    def ended() -> bool:
        terminal.press("Enter")  # the shell looks after its jobs before each prompt
        return gone(process) and all(map(gone, workers))

    wait_for(ended, "end in the background")
    assert terminal.modes == SHELL


def test_the_worker_goes_with_the_screen(terminal: Terminal) -> None:
    process = opened(terminal)
    workers = children(process, WORKER)
    assert workers
    os.kill(process, signal.SIGKILL)
    wait_for(lambda: all(map(gone, workers)), "end of the worker")


@pytest.mark.parametrize("attempt", range(2))
def test_all_end_with_the_terminal(terminal: Terminal, attempt: int) -> None:
    """Whether Textual's writer survives that is a matter of luck, hence the attempts.

    The third is the end of `test_back_in_time_and_on_as_a_branch`.
    """
    require_end_with_the_terminal(terminal, opened(terminal))


def require_end_with_the_terminal(terminal: Terminal, process: int) -> None:
    workers = children(process, WORKER)
    terminal.close()
    wait_for(lambda: all(map(gone, [process, *workers])), "end of screen and worker")


def test_the_screen_outlives_the_worker_which_saves_first_when_it_is_told_to_end(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "run.safetensors"
    process = opened(terminal, "--checkpoint", str(file))
    (worker,) = children(process, WORKER)
    os.kill(worker, signal.SIGKILL)
    terminal.wait_for("Training has stopped")
    terminal.wait_for("SIGKILL")
    terminal.press("r")
    wait_for(lambda: "Training has stopped" not in terminal.text, "new worker")
    terminal.wait_for("▶ running")
    (worker,) = children(process, WORKER)
    wait_for(lambda: terminal.number("update") >= 3, "third update")
    os.kill(worker, signal.SIGTERM)
    terminal.wait_for("SIGTERM")
    assert load(file).update >= 3
    terminal.press("q")
    assert terminal.exit_code() == 0


def test_what_cannot_be_used_is_one_line_and_exit_code_2(terminal: Terminal) -> None:
    for arguments, said in (
        (["no-such-file.txt"], "no-such-file.txt"),
        ([str(ROOT / "corpora" / "hello.txt"), "--theme", "moonlight"], "no theme moonlight"),
    ):
        terminal.start([sys.executable, "-m", "rnn_tui", *arguments])
        assert terminal.exit_code() == 2
        assert said in terminal.text
        assert "Traceback" not in terminal.text
        assert terminal.modes == SHELL


def test_the_whole_group_can_be_told_to_end(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "run.safetensors"
    process = opened(terminal, "--checkpoint", str(file))
    workers = children(process, WORKER)
    wait_for(lambda: terminal.number("update") >= 3, "third update")
    for one in [*workers, process]:  # the worker first: what it is told must not cost the save
        os.kill(one, signal.SIGTERM)
    assert terminal.exit_code() == 128 + signal.SIGTERM
    assert load(file).update >= 3
    wait_for(lambda: all(map(gone, workers)), "end of the worker")
    assert terminal.modes == SHELL


def test_an_update_is_walked_through_and_hello_learned_while_one_watches(
    terminal: Terminal,
) -> None:
    opened(terminal, "--paused", "--speed", "0", "--until-loss", "0.05")
    terminal.press("2")
    terminal.wait_for("Unrolled in time")
    terminal.wait_for(r"one-hot +1 0 0 0")
    terminal.press("3", "Right", "Right", "Right")
    terminal.wait_for("micro-step 3 of 19")
    terminal.wait_for(r"h₂ += tanh\(W_xh x₂")
    terminal.press("End")
    terminal.wait_for("micro-step 19 of 19")
    wait_for(lambda: terminal.number("update") == 1, "one update")
    terminal.press("Left")
    wait_for(lambda: terminal.number("update") == 0, "no update")
    terminal.press("4")
    terminal.wait_for("The error (shrinks|grows|keeps)")

    terminal.press("1", "Space")
    terminal.wait_for("■ finished")
    terminal.type("/h")
    terminal.wait_for("goes on: ello")
    terminal.press("Escape")
    terminal.wait_for("space go on")
    terminal.press("q")
    assert terminal.exit_code() == 0


def test_back_in_time_and_on_as_a_branch(terminal: Terminal) -> None:
    process = opened(terminal, "--speed", "200")
    wait_for(lambda: terminal.number("update") >= 150, "update 150")
    terminal.type("[")
    head = int(terminal.wait_for(r"paused[\s\S]* at (\d+) of (\d+) ")[2])
    terminal.type("{")
    wait_for(lambda: terminal.number("update") <= head * 0.82, "earlier moment")
    terminal.wait_for("◆")
    past = terminal.number("update")
    terminal.type("]")
    wait_for(lambda: terminal.number("update") > past, "later moment")
    terminal.type(">")
    terminal.wait_for("branch 2 of 2")
    terminal.type("s")
    terminal.wait_for(r"branch 2 of 2 ─")
    terminal.type("b")
    terminal.wait_for(r"branch 1 of 2 ─")
    assert terminal.number("update") == head
    terminal.press("Space")
    terminal.wait_for("▶ running")
    require_end_with_the_terminal(terminal, process)


def test_weights_are_turned_and_what_follows_is_seen_marked_and_taken_back(
    terminal: Terminal,
) -> None:
    opened(terminal, "--paused", "--speed", "0")
    for update in (1, 2, 3):
        terminal.press("s")
        terminal.wait_for(rf"update +{update} ")
    terminal.press("5", "BTab")
    untouched = terminal.wait_for(r"loss, nats +([\d.]+) +│")[1]
    terminal.press("m")
    was = terminal.wait_for(r"W_hh\[1,1\] = (\S+)  before update 3 ")[1]

    terminal.press("i", "2", ".", "5", "Enter")  # as fast as a slow line brings them, all at once
    terminal.wait_for(rf"W_hh\[1,1\] = 2\.5, was {was[:5]}")
    terminal.wait_for(rf"loss, nats +{untouched}\d* +(?!{untouched})[\d.]+ +│")
    terminal.wait_for(r"radius of W_hh +0\.\d+ +2\.\d+")
    terminal.press("DC")
    terminal.wait_for(r"    1( +0\.00){4}")
    terminal.press("d")
    terminal.wait_for(r"W_hh ×0\.9: \[ takes it back")
    terminal.press("1")
    terminal.wait_for(r"W_hh ×0\.9┄")  # on the chart
    terminal.wait_for("branch 2 of 2")

    terminal.press("5")
    for taken_back in (r"W_hh ×0.9", r"h\[1\]→0", r"W_hh\[1,1\] \S+→2.5"):
        terminal.type("[")
        terminal.wait_for(rf"Before {taken_back} at update 3")
    terminal.wait_for(rf"W_hh\[1,1\] = {was}  h1 → h1")
    terminal.wait_for(rf"loss, nats +{untouched} +│")
    terminal.press("q")
    assert terminal.exit_code() == 0
