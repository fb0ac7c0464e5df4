"""Frames hold in a real terminal, whatever the text is written with."""

import re
import sys
from pathlib import Path

from shake.cursor_reports import columns
from shake.graphemes import shake
from tests.e2e.terminal import Terminal

TEXTS = (
    "👍🏽 ok 👋🏿\n18:10 - Ana: ❤️ ☺️ 👨‍👩‍👧‍👦 🇪🇸 2️⃣ ©️",
    "नमस्ते दुनिया का राजा\nភាសាខ្មែរ\nမြန်မာဘာသာ\nதமிழ் மொழி\nน้ำใจ",
    "나〮랏〮말〯ᄊᆞ미",
)
"""Emoji in a chat, marks with a column, old Korean."""


def test_every_frame_ends_where_it_should(terminal: Terminal, tmp_path: Path) -> None:
    terminal.resize(100, 24)
    corpus = tmp_path / "👍🏽का.txt"
    corpus.write_text("\n".join(TEXTS * 60), encoding="utf-8")
    options = ["--no-autosave", "--updates", "40", "--speed", "0"]
    terminal.start([sys.executable, "-m", "rnn_tui", str(corpus), *options])
    terminal.wait_for(r"■ finished[\s\S]* 40  [\s\S]*updates are done")
    shown = ""
    for text in TEXTS:
        terminal.type("/" + text.split("\n")[0])
        terminal.wait_for(r"│ / [^ ][\s\S]*goes on")
        shown += terminal.text
        terminal.press("C-u", "Escape")
        terminal.wait_for("space go on")
    rows = [row for row in shown.splitlines() if row[:1] in ("│", "╭", "╰")]
    assert len(rows) >= 17 * len(TEXTS)
    first = [re.split("(?<=[│╮╯])(?=[│╭╰])", row)[0] for row in rows]
    assert columns("tmux", rows + first) == [100] * len(rows) + [50] * len(rows), shown


def test_graphemes_of_every_script_stay_in_their_frames() -> None:
    assert shake(["tmux"], 400, 3) == (400, [])
