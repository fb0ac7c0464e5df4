"""Open the screen in every kind of terminal, resize it madly, and read what it paints.

    python -m shake.terminals [--cases 60] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import argparse
import itertools
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from shake.rows import row
from tests.e2e.terminal import Terminal, colors, wait_for

ROOT = Path(__file__).parent.parent
TERMS = ("xterm", "xterm-256color", "screen", "screen-256color", "tmux-256color", "linux", "vt100")
DEPTHS = ({"COLORTERM": "truecolor"}, {}, {"NO_COLOR": "1"})
SIZES = ((80, 24), (60, 18), (40, 10), (120, 40), (300, 100))
THEMES = ((), ("--theme", "textual-light"), ("--theme", "ansi-light"))
CHARSETS = ((), ("--ascii",), ("--charset", "narrow"))
CORPORA = ("hello.txt", "korean.txt")
SHELL = "0 0 1"


@dataclass(frozen=True, slots=True)
class Case:
    """One terminal."""

    term: str
    depth: dict[str, str]
    size: tuple[int, int]
    theme: tuple[str, ...]
    charset: tuple[str, ...]
    corpus: str

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
        for key in "1234":
            terminal.type(key)
            for _ in range(3):
                terminal.resize(luck.randint(20, 320), luck.randint(5, 110))
        terminal.resize(*case.size)
        terminal.type(" ")
        if case.has_room:
            terminal.wait_for(r"paused[\s\S]*space resume")
            require_whole(terminal, case)
        else:
            terminal.wait_for("too small")
        terminal.type("q")
        assert terminal.exit_code() == 0
        assert terminal.modes == SHELL
    raw = painted.read_bytes()
    assert raw.isascii() or not case.is_ascii, "something else than ASCII was painted"
    assert max(colors(raw), default=0) <= case.most_colors, f"more than {case.most_colors} colors"


def require_whole(terminal: Terminal, case: Case) -> None:
    """Require that what was painted piece by piece is what is painted anew."""
    steady: list[str] = []

    def rests() -> bool:
        steady.append(terminal.text)
        return len(steady) > 3 and steady[-1] == steady[-2] == steady[-3]

    wait_for(rests, "steady picture")
    pieces = steady[-1]
    terminal.resize(case.size[0] + 1, case.size[1])
    terminal.resize(*case.size)
    wait_for(lambda: terminal.text == pieces, f"same picture painted anew:\n{pieces}")


def main() -> int:
    """Shake, and print the row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    started, luck, wrong = time.monotonic(), random.Random(given.seed), 0
    everything = every_case()
    chosen = luck.sample(everything, min(given.cases, len(everything)))
    for case in chosen:
        try:
            attempt(case, luck)
        except AssertionError as error:
            wrong += 1
            print(f"{case}: {error}", file=sys.stderr)
    print(
        row(
            "terminals: TERM, colors, size, theme, charset; resized madly while it trains",
            f"{len(chosen)} of {len(everything)}",
            f"{wrong} wrong pictures, colors, exit codes or broken terminals",
            time.monotonic() - started,
            f"python -m shake.terminals --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
