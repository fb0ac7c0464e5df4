"""Photograph the real screen for README and docs: `make pictures`.

The program runs as it does for a user, worker process and all, except that the terminal is
Textual's headless one; each picture waits for the update it wants to show.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from rich.cells import cell_len

from rnn_tui.commands.runs.pace import HELLO_PACE
from rnn_tui.process.session import Session
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.entrants import entrants
from rnn_tui.race.session import Race
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.race_app import RaceApp

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
CELL = 12.2
"""Width of a cell in Rich's pictures."""
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK KR', monospace"


@dataclass(frozen=True)
class Picture:
    """What to photograph."""

    name: str
    corpus: str
    size: tuple[int, int]
    update: int
    """Stand still at this update."""
    keys: tuple[str, ...] = ()
    """Pressed then."""
    first: tuple[str, ...] = ()
    """Pressed at the start."""
    options: tuple[tuple[str, object], ...] = ()
    race: bool = False
    """Whether all networks are to be seen, side by side."""
    look: str = ""
    """Of the screen Memory, gone to at the start."""


BRANCH = (*("left_square_bracket",) * 40, *("greater_than_sign",) * 2, "e", *("s",) * 40)
"""Back to an early moment, the rate up twice, and on from there."""

ALPHABET = ("slash", "3", *"abcdefg", "equals_sign", "escape")
"""A prefix after which only who remembers the first digit can tell what comes."""

TURNED = ("m", "down", "right", "i", "minus", "2", "enter", "d")
"""On the screen Memory, at the weights: another W_hh[2,2], and then all of W_hh smaller."""

AFTER_EQUALS = ("down", *["right"] * 17)
"""On the screen Memory: to a digit after =."""

PICTURES = (
    Picture("influence", "distance.txt", (120, 40), 3_000, keys=("5", *AFTER_EQUALS)),
    Picture(
        "units",
        "brackets.txt",
        (120, 40),
        2_560,
        keys=("down", "down"),
        options=(("hidden_size", 16),),
        look="units",
    ),
    Picture("surprise", "tidebook.txt", (120, 40), 600, keys=("down",), look="surprise"),
    Picture("memory-span", "distance.txt", (120, 40), 1_600, look="memory_span"),
    Picture("weights", "hello.txt", (120, 40), 60, keys=TURNED, look="weights"),
    Picture("hello", "hello.txt", (120, 40), 100, first=("slash", "h", "e", "l", "escape")),
    Picture("hello-80x24", "hello.txt", (80, 24), 100, first=("slash", "h", "e", "l", "escape")),
    Picture("tidebook", "tidebook.txt", (120, 40), 400, first=("slash", "t", "h", "escape")),
    Picture("korean", "korean.txt", (120, 40), 300),
    Picture("unrolled", "hello.txt", (120, 32), 60, keys=("2",)),
    Picture("made-of", "hello.txt", (120, 40), 60, keys=("2", "right", "right", "m")),
    Picture(
        "dense",
        "tidebook.txt",
        (100, 32),
        400,
        keys=("2", *["right"] * 8),
        options=(("network", "dense"),),
    ),
    Picture(
        "cnn",
        "tidebook.txt",
        (100, 32),
        300,
        keys=("2", *["right"] * 21),
        options=(("network", "cnn"),),
    ),
    Picture("backprop", "hello.txt", (120, 40), 60, keys=("3", *["right"] * 12)),
    Picture("gradients", "distance.txt", (120, 40), 150, keys=("4",)),
    Picture("race", "distance.txt", (120, 40), 1600, ("l",), ALPHABET, race=True),
    Picture("rewind", "hello.txt", (120, 36), 100, keys=("left_square_bracket",) * 20),
    Picture("branch", "hello.txt", (120, 36), 100, keys=BRANCH),
    Picture(
        "divergence",
        "period.txt",
        (120, 40),
        400,
        keys=("l",),
        options=(("cell", "rnn"), ("activation", "relu")),
    ),
    Picture("help", "hello.txt", (120, 40), 60, keys=("question_mark",)),
)


def make_app(picture: Picture) -> RnnApp:
    """Return the program, about to train up to the picture."""
    corpus = read_corpus(ROOT / "corpora" / picture.corpus)
    changes = {**dict(picture.options), "updates": picture.update}
    if picture.race:

        def worker(entrant: Entrant, listener: Listener) -> Session:
            return Session(entrant.config, corpus, listener, paused=True, notes=entrant.notes)

        networks = entrants(corpus, (), None, None, changes)
        return RaceApp(lambda listener: Race(networks, worker, listener))
    config, notes = choose_config(corpus, None, changes)
    pace = HELLO_PACE * 8 if config.preset == "hello" else 0.0
    config = replace(config, speed=pace)
    return RnnApp(lambda listener: Session(config, corpus, listener, notes=notes))


def is_done(snapshot: Snapshot) -> bool:
    """Tell whether the picture can be taken."""
    race = snapshot.race
    states = {entrant.state for entrant in race.entrants} if race else {snapshot.state}
    return states <= {"finished", "diverged"}


async def until(app: RnnApp, holds: Callable[[Snapshot], bool]) -> None:
    """Wait for a snapshot that is as wanted."""
    while app.snapshot is None or not holds(app.snapshot):
        await asyncio.sleep(0.02)


async def photograph(picture: Picture) -> str:
    """Run the program up to the picture; return it as SVG."""
    app = make_app(picture)
    app.session.start()
    try:
        async with app.run_test(size=picture.size) as pilot:
            await until(app, lambda snapshot: True)
            await pilot.press(*picture.first)
            if picture.look:
                await pilot.press("5")
                while (front := app.screen) and getattr(front, "look", "") != picture.look:
                    await pilot.press("tab")
            await until(app, is_done)
            for key in picture.keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            await until(app, lambda snapshot: not snapshot.looking)
            await pilot.pause(0.5)
            return app.export_screenshot(title="rnn-tui")
    finally:
        app.session.close()


def for_documents(svg: str) -> str:
    """Without fonts from elsewhere, and the same for the same screen."""
    svg = re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;]*;", f"font-family: {FONT};", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', with_width, svg)


def with_width(match: re.Match[str]) -> str:
    """Give a text the width of its cells; Rich counts characters, and Hangul has two cells each."""
    width = round(CELL * cell_len(unescape(match[2])), 1)
    return f'textLength="{width}"{match[1]}>{match[2]}<'


def main(names: Sequence[str]) -> None:
    """Take the pictures of these names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in (picture for picture in PICTURES if not names or picture.name in names):
        svg = for_documents(asyncio.run(photograph(picture)))
        (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{picture.name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
