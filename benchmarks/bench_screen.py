"""What does the screen cost? Against `train`, in a pseudo terminal of 120 x 40 (Linux).

    python -m benchmarks.bench_screen [--rounds N] [--seconds S] [--only WORDS]
                                      [--memory | --starts | --race]

`train` and the screen take turns, flat out, the other one being stopped, so that whatever else the
machine does meets both: its own speed swings by a factor of 1.8 here, for seconds at a time. Rates
are medians, shares medians of the rounds' shares.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from benchmarks.viewer import PATIENCE, Viewer
from rnn_tui.tui.screens.memory import MemoryScreen

CORPORA = Path(__file__).parents[1] / "corpora"
HELLO = str(CORPORA / "hello.txt")
FIRST, *LOOKS = MemoryScreen.LOOKS
SCREENS = {"1 Train": "1", "2 Unrolled": "2", "4 Gradients": "4", f"5 {FIRST}": "5"}
SCREENS |= {f"5 {look}": "\t" for look in LOOKS}
"""What stands on the screen, and the key that leads there from the one before."""
FLAT_OUT = ("--speed", "0", "--no-autosave")
WARM_UP = 2.0
"""Seconds before anything is measured; no more than a turn takes."""
BETWEEN_KEYS = 0.3
SLOW_LINE = 20_000
"""Bytes a second."""
NUMBERS = rb"update +([\d,]+) +loss"
BAR = rb"update +([\d,]+) "
"""What `train` paints ten times a second."""
ANSWERS = "Pausing|⏸ paused".encode(), "▶ running".encode()
"""Where updates are slow, the status line says at once what the key will do."""
TO_SETTLE = 0.3
"""Seconds after which a run that was stopped is at its full speed again."""
HUGE = 100_000_000
"""Characters."""
LEAST = """
import numpy
from textual.app import App
from textual.widgets import Label
class Least(App):
    def compose(self):
        yield Label("Loss")
Least().run()
"""
"""The floor under the time to the first frame."""


def works(text: str) -> dict[str, tuple[list[str], float]]:
    """Words after the program's name, and the share of the speed without a screen to be kept."""
    return {
        "hello": ([HELLO], 0.90),
        "RNN 100, T 25, B 1": ([text, "--preset", "min-char-rnn"], 0.95),
        "LSTM 2×128, T 50, B 50": ([text, "--preset", "torch-rnn"], 0.95),
    }


Rates = list[float]


class Training:
    """A run that goes on only while it is its turn."""

    def __init__(self, viewer: Viewer, pattern: bytes = NUMBERS) -> None:
        """Hold a run that has begun; `pattern` finds the number of updates on the screen."""
        self.viewer, self.pattern = viewer, pattern
        self._hold(signal.SIGSTOP)

    def _hold(self, signal_number: int) -> None:
        # With a screen only its worker: the screen itself would give the terminal back.
        for pid in self.viewer.processes()[1:] or [self.viewer.pid]:
            os.kill(pid, signal_number)

    def turn(self, seconds: float) -> float:
        """Train for so long; return the updates a second."""
        self._hold(signal.SIGCONT)
        self.viewer.watch(TO_SETTLE)
        begin, first = self.viewer.update(self.pattern)
        self.viewer.watch(seconds)
        end, last = self.viewer.update(self.pattern)
        self._hold(signal.SIGSTOP)
        return (last - first) / (end - begin)

    def end(self) -> None:
        """Let go of it."""
        self._hold(signal.SIGCONT)


def rates(
    words: Sequence[str], screens: Sequence[str], rounds: int, seconds: float
) -> Iterator[tuple[str, Rates, Rates]]:
    """For each screen the updates a second of `train`, and with it; both take turns."""
    training = Viewer("train", *words, "--updates", "1000000000")
    with training as alone, Viewer(*words, *FLAT_OUT) as shown:
        alone.wait_for(BAR)
        bare = Training(alone, BAR)
        shown.wait_for(b"running")
        shown.watch(min(WARM_UP, seconds))
        seen = Training(shown)
        for screen in screens:
            shown.press(SCREENS[screen])
            turns = [(bare.turn(seconds), seen.turn(seconds)) for _ in range(rounds)]
            yield screen, *map(list, zip(*turns, strict=True))
        bare.end()
        seen.end()


def speed_rows(
    text: str, screens: Sequence[str], rounds: int, seconds: float, only: str
) -> Iterator[str]:
    """Yield the update rate with a screen against the rate without."""
    yield "| flat out | screen | updates/s | without a screen | share | to keep | |"
    yield "|---" * 7 + "|"
    for name, (words, goal) in works(text).items():
        if only not in name.lower():
            continue
        for screen, bare, seen in rates(words, screens, rounds, seconds):
            share = median(rate / base for rate, base in zip(seen, bare, strict=True))
            yield (
                f"| {name} | {screen} | {median(seen):,.4g} "
                f"| {median(bare):,.4g} | {share:.2f} | ≥ {goal:.2f} | {verdict(share >= goal)} |"
            )


def start_rows(rounds: int) -> Iterator[str]:
    """From the command to the first picture, and to the first numbers."""
    with Viewer(HELLO, "--no-autosave") as viewer:
        viewer.wait_for(NUMBERS)  # Python has compiled the program now
    floor, first, numbers = [], [], []
    for _ in range(rounds):
        with Viewer(program=(sys.executable, "-c", LEAST)) as viewer:
            viewer.wait_for(b"Loss")
            floor.append(time.perf_counter() - viewer.started)
        with Viewer(HELLO, "--no-autosave") as viewer:
            viewer.wait_for(b"Loss")
            first.append(time.perf_counter() - viewer.started)
            viewer.wait_for(NUMBERS)
            numbers.append(time.perf_counter() - viewer.started)
    yield row("first frame, hello", median(first), "s", 0.6)
    share = median(frame / least for frame, least in zip(first, floor, strict=True))
    yield (
        f"| … of a Textual app of one label, NumPy imported | {median(floor):.3g} s; "
        f"hello takes {share:.2f} × that | | |"
    )
    yield row("first numbers, hello", median(numbers), "s", 1.0)
    yield (
        f"| … least of {rounds}: app of one label, first frame, first numbers "
        f"| {min(floor):.3g}, {min(first):.3g}, {min(numbers):.3g} s | | |"
    )


def key_rows(text: str, rounds: int, seconds: float) -> Iterator[str]:
    """From a press of the space bar to the answer in the header."""
    for name, (words, _) in works(text).items():
        times = answers((*words, *FLAT_OUT), rounds, seconds)
        yield row(f"key to painted answer, {name}, half of them", median(times), "ms", 30)
        yield row(f"… 95 of 100, {name}", quantiles(times, n=20)[-1], "ms", 70)


def look_rows(text: str, rounds: int, seconds: float) -> Iterator[str]:
    """Yield the same of a large network for each look of the screen Memory."""
    (name, (words, _)) = [*works(text).items()][-1]
    for number, look in enumerate((FIRST, *LOOKS)):
        times = answers((*words, *FLAT_OUT), rounds, seconds, "5" + "\t" * number)
        yield row(f"key to painted answer, {name}, {look}, half of them", median(times), "ms", 50)
        yield row(f"… 95 of 100, {look}", quantiles(times, n=20)[-1], "ms", 100)


def answers(words: Sequence[str], rounds: int, seconds: float, first: str = "") -> list[float]:
    """Return milliseconds from presses of the space bar to their answers."""
    times = []
    with Viewer(*words) as viewer:
        viewer.wait_for(rb"update +[1-9]")
        for key in first:
            viewer.press(key)
            viewer.watch(BETWEEN_KEYS)
        viewer.watch(min(WARM_UP, seconds))
        for press in range(8 * rounds):
            times.append(1e3 * viewer.answer(" ", ANSWERS[press % 2]))
            viewer.watch(BETWEEN_KEYS)
    return times


def race_rows(text: str, rounds: int, seconds: float) -> Iterator[str]:
    """Yield the same of six networks that race, on all cores."""
    six = ("race", text, "--networks", "rnn,lstm", "--vary", "seed=0,1,2", "--no-autosave")
    for pace in ("equal", "flat-out"):
        times = answers((*six, "--pace", pace), rounds, seconds)
        name = f"six networks race, {pace}"
        yield row(f"key to painted answer, {name}, half of them", median(times), "ms", 50)
        yield row(f"… 95 of 100, {name}", quantiles(times, n=20)[-1], "ms", 100)


def process_rows(seconds: float) -> Iterator[str]:
    """Yield what the screen's own process takes: of a core, of memory, of the line."""
    with Viewer(HELLO, *FLAT_OUT) as viewer:
        viewer.wait_for(b"running")
        viewer.watch(min(WARM_UP, seconds))
        yield row("screen's process while training", *share(viewer, seconds), 35)
        kilobytes, frames = viewer.bytes / 1e3 / seconds, viewer.frames / seconds
        yield row("memory of both processes, hello", sum(viewer.megabytes()), "MB", 120)
        viewer.answer(" ", b"paused")
        viewer.watch(min(WARM_UP, seconds))
        yield row("screen's process while paused", *share(viewer, seconds), 3)
        yield f"| painted while training | {kilobytes:.3g} kB/s, {frames:.3g} frames/s | | |"


def share(viewer: Viewer, seconds: float) -> tuple[float, str]:
    """Return how much of one core the screen's process takes."""
    viewer.forget()
    before = viewer.processor_seconds()
    viewer.watch(seconds)
    return 100 * (viewer.processor_seconds() - before) / seconds, "% of a core"


def slow_rows(seconds: float) -> Iterator[str]:
    """Try a line of 20 kB/s: fewer pictures, none of them old."""
    with Viewer(HELLO, *FLAT_OUT) as viewer:
        viewer.wait_for(b"running")
        viewer.watch(min(WARM_UP, seconds))
        viewer.watch_slowly(min(WARM_UP, seconds), SLOW_LINE)
        viewer.forget()
        viewer.watch_slowly(seconds, SLOW_LINE)
        frames, carried = viewer.frames / seconds, viewer.bytes / 1e3 / seconds
        viewer.forget()
        viewer.press(" ")
        late = 0.0
        while b"paused" not in viewer.painted and late < PATIENCE:
            viewer.watch_slowly(0.1, SLOW_LINE)
            late += 0.1
    yield f"| over a line of 20 kB/s | {carried:.3g} kB/s, {frames:.3g} frames/s | | |"
    yield f"| … key to painted answer | {late:.1f} s | | |"


def huge_rows() -> Iterator[str]:
    """Try a text of 100 MB."""
    with Viewer(HELLO, "--no-autosave") as viewer:
        viewer.wait_for(NUMBERS)
        viewer.watch(WARM_UP)
        small = sum(viewer.megabytes())
    with tempfile.NamedTemporaryFile("wb", suffix=".txt") as file:
        text = (CORPORA / "tidebook.txt").read_text(encoding="ascii", errors="ignore").encode()
        file.write((text * (HUGE // len(text) + 1))[:HUGE])
        file.flush()
        with Viewer(file.name, "--preset", "min-char-rnn", "--no-autosave") as viewer:
            viewer.wait_for(NUMBERS)
            start = time.perf_counter() - viewer.started
            viewer.watch(WARM_UP)
            more = sum(viewer.megabytes()) - small
    yield row("ASCII text of 100 MB: start", start, "s", 3)
    yield row("… more memory than hello, both processes", more, "MB", 150)


def row(name: str, value: float, unit: str, most: float) -> str:
    """Return a line of the second table."""
    return f"| {name} | {value:.3g} {unit} | ≤ {most:g} | {verdict(value <= most)} |"


def verdict(reached: bool) -> str:
    """In a word."""
    return "reached" if reached else "short"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often everything has its turn")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long a turn is")
    parser.add_argument("--only", default="", help="speed rows whose name contains this, only")
    parser.add_argument("--race", action="store_true", help="the rows of a race, only")
    parser.add_argument("--memory", action="store_true", help="the rows of screen 5, only")
    parser.add_argument("--starts", action="store_true", help="the rows of the starts, only")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        text.write_bytes((CORPORA / "tidebook.txt").read_bytes() * 20)
        only, rounds, seconds = arguments.only.lower(), arguments.rounds, arguments.seconds
        screens = [name for name in SCREENS if name.startswith("5") or not arguments.memory]
        if not arguments.starts and not arguments.race:
            for line in speed_rows(str(text), screens, rounds, seconds, only):
                print(line, flush=True)
        if only:
            return
        print("\n| what | measured | to keep | |\n" + "|---" * 4 + "|")
        starts, looks = start_rows(rounds), look_rows(str(text), rounds, seconds)
        race = race_rows(str(text), rounds, seconds)
        keys, process = key_rows(str(text), rounds, seconds), process_rows(seconds)
        every = (starts, keys, looks, process, slow_rows(seconds), huge_rows(), race)
        chosen = {arguments.starts: starts, arguments.memory: looks, arguments.race: race}
        for rows in (chosen[True],) if True in chosen else every:
            for line in rows:
                print(line, flush=True)


if __name__ == "__main__":
    main()
