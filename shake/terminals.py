"""Open the screen in every kind of terminal, resize it madly, and read what it paints.

    python -m shake.terminals [--cases 60] [--seed 0] [--only 17]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong,
and says in which case and how the window looked.
"""

import difflib
import itertools
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from shake.pty_screen import asleep
from shake.rows import parser, row
from tests.e2e.terminal import Terminal, children, colors, wait_for

ROOT = Path(__file__).parent.parent
TERMS = ("xterm", "xterm-256color", "screen", "screen-256color", "tmux-256color", "linux", "vt100")
DEPTHS = ({"COLORTERM": "truecolor"}, {}, {"NO_COLOR": "1"})
SIZES = ((80, 24), (60, 18), (40, 10), (120, 40), (300, 100))
THEMES = ((), ("--theme", "textual-light"), ("--theme", "ansi-light"))
CHARSETS = ((), ("--ascii",), ("--charset", "narrow"))
CORPORA = ("hello.txt", "korean.txt")
SHELL = "0 0 1"
TOO_SMALL = (30, 8)
RESTING = 8
"""Glances in a row at which nobody must be busy; longer than the slowest rhythm of the screen."""


@dataclass(frozen=True, slots=True)
class Case:
    """One terminal."""

    term: str
    depth: dict[str, str]
    size: tuple[int, int]
    theme: tuple[str, ...]
    charset: tuple[str, ...]
    corpus: str

    def __str__(self) -> str:
        """Say it as it would be typed."""
        depth = [f"{name}={value}" for name, value in self.depth.items()]
        words = [f"TERM={self.term}", *depth, self.corpus, *self.theme, *self.charset]
        return " ".join([*words, "in", "x".join(map(str, self.size))])

    @property
    def has_room(self) -> bool:
        """Whether the pictures fit."""
        return self.size[0] >= 60 and self.size[1] >= 18

    @property
    def is_ascii(self) -> bool:
        """Whether nothing but ASCII may be painted."""
        return "--ascii" in self.charset or (self.term == "linux" and not self.charset)

    @property
    def most_colors(self) -> int:
        """How many it may be painted with; a theme of colors becomes one of grays with NO_COLOR."""
        if "NO_COLOR" in self.depth and "textual-light" not in self.theme:
            return 0
        return 1 << 24 if "COLORTERM" in self.depth else 256


def every_case() -> list[Case]:
    """All combinations."""
    return [Case(*c) for c in itertools.product(TERMS, DEPTHS, SIZES, THEMES, CHARSETS, CORPORA)]


def attempt(case: Case, luck: random.Random) -> None:
    """Open, look at every screen, resize, leave.

    Raises:
        AssertionError: Something is not as it should be.
    """
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as folder:
        home = {"HOME": folder, "XDG_STATE_HOME": folder, "LC_ALL": "C.UTF-8"}
        terminal = Terminal(Path(folder), case.size, home | {"TERM": case.term} | case.depth)
        try:
            look_at(terminal, case, luck, Path(folder) / "painted")
        finally:
            terminal.close()


def look_at(terminal: Terminal, case: Case, luck: random.Random, painted: Path) -> None:
    """Go through the screens of one terminal."""
    corpus = str(ROOT / "corpora" / case.corpus)
    options = [*case.theme, *case.charset, "--no-autosave"]
    with terminal.recorded(painted):
        terminal.start([sys.executable, "-m", "rnn_tui", corpus, *options])
        terminal.wait_for("running" if case.has_room else "too small")
        go_mad(terminal, luck)
        terminal.resize(*case.size)
        terminal.type(" ")
        if case.has_room:
            terminal.wait_for(r"paused[\s\S]*space go on")
            require_whole(terminal, case.size, painted)
        else:
            terminal.wait_for("too small")
        terminal.type("q")
        code = terminal.exit_code()
        assert code == 0, f"exit code {code}:\n{terminal.text}"
        # The shell may know of the end before the window has read what was painted last.
        wait_for(
            lambda: terminal.modes == SHELL,
            f"terminal as the shell had it ({SHELL}), but {terminal.modes}:\n{terminal.text}",
        )
    raw = painted.read_bytes()
    assert raw.isascii() or not case.is_ascii, "something else than ASCII was painted"
    assert max(colors(raw), default=0) <= case.most_colors, f"more than {case.most_colors} colors"


def go_mad(terminal: Terminal, luck: random.Random) -> None:
    """Go from screen to screen amid resizing, all at once or with a little time for each."""
    breath, never = luck.choice((0.0, 0.1)), threading.Event()
    for key in "12345":
        terminal.type(key)
        for _ in range(3):
            terminal.resize(luck.randint(20, 320), luck.randint(5, 110))
            never.wait(breath)


def require_whole(terminal: Terminal, size: tuple[int, int], painted: Path) -> None:
    """Require that what was painted piece by piece is what is painted anew."""
    pieces = at_rest(terminal, painted)
    terminal.resize(*TOO_SMALL)
    terminal.wait_for("too small")  # nothing is left of the picture
    terminal.resize(*size)
    terminal.wait_for("paused")
    anew = at_rest(terminal, painted)
    assert anew == pieces, "painted by pieces (-), and anew (+):\n" + "\n".join(
        difflib.unified_diff(pieces.splitlines(), anew.splitlines(), lineterm="", n=0)
    )


def at_rest(terminal: Terminal, painted: Path) -> str:
    """Return what the window shows when screen and worker sleep and nothing more is painted."""
    program = terminal.program
    everybody, seen = [program, *children(program)], [-1]

    def rests() -> bool:
        if not all(map(asleep, everybody)):
            seen.clear()
        seen.append(painted.stat().st_size)
        return len(seen) > RESTING and len(set(seen[-RESTING:])) == 1

    wait_for(rests, "rest")
    return terminal.text


def shake(cases: int, seed: int, only: int | None = None) -> tuple[int, list[str]]:
    """Try so many terminals, or one of them; return how many, and what went wrong."""
    everything, wrong = every_case(), []
    chosen = list(enumerate(random.Random(seed).sample(everything, min(cases, len(everything)))))
    for number, case in chosen if only is None else chosen[only : only + 1]:
        try:
            attempt(case, random.Random(f"{seed} {number}"))
        except (AssertionError, subprocess.SubprocessError) as error:
            wrong.append(f"case {number}, {case}: {error}")
            print(wrong[-1], file=sys.stderr, flush=True)
    return len(chosen) if only is None else 1, wrong


def main() -> int:
    """Shake, and print the row."""
    words = parser(__doc__, 60)
    words.add_argument("--only", type=int, help="the number of the one case to try")
    given = words.parse_args()
    started = time.monotonic()
    tried, wrong = shake(given.cases, given.seed, given.only)
    print(
        row(
            "terminals: TERM, colors, size, theme, charset; resized madly while it trains",
            f"{tried} of {len(every_case())}",
            f"{len(wrong)} wrong pictures, colors, exit codes or broken terminals",
            time.monotonic() - started,
            f"python -m shake.terminals --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
