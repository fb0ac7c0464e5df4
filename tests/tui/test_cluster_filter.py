import sys
import unicodedata
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from rnn_tui import tui
from rnn_tui.tui.terminal.cluster_filter import _BEYOND, ClusterFilter, _maybe, _places

BOLD = Style(bold=True)


def painted(*parts: str) -> list[str]:
    segments = [Segment(part, BOLD if number % 2 else None) for number, part in enumerate(parts)]
    after = ClusterFilter().apply(segments, Color(0, 0, 0))
    assert [segment.style for segment in after] == [segment.style for segment in segments]
    return [text.replace("\u200c", "<").replace("\u200e", ">") for text, _, _ in after]


@pytest.mark.parametrize(
    ("parts", "after"),
    [
        (["│", "क्ष", "│"], ["│", "क्<ष", "│"]),
        (["│क्", "ष│"], ["│क्<", "ष│"]),
        (["ខ្ម"], ["ខ្<ម"]),
        (["ᄀᄀ"], ["ᄀ<ᄀ<"]),
        (["\U00011a3aД"], ["\U00011a3a<Д"]),  # a letter that joins the next one, as in foot
        (["│ ", "שלום", "  │"], ["│ ", "שלום>", "  │"]),
        (["שלום עולם, אני│"], ["שלום עולם, אני>│"]),  # a text: its order is the terminal's
        ([" א ", " ב ", "52"], [" א> ", " ב> ", "52"]),  # letters in slots of their own
        (["שָ", "לום"], ["שָ", "לום>"]),
        (["مرحبا ▌ 12 %"], ["مرحبا> ▌ 12 %"]),
    ],
)
def test_characters_that_would_run_together_are_kept_apart(
    parts: list[str], after: list[str]
) -> None:
    assert painted(*parts) == after


@pytest.mark.parametrize("text", ["hello", "│ 한국어 │", "สวัสดี", "e\u0301", "ХОРОШО ━ 3"])
def test_other_lines_are_let_through_as_they_are(text: str) -> None:
    segments = [Segment(text, BOLD)]
    assert ClusterFilter().apply(segments, Color(0, 0, 0)) is segments


def test_every_virama_is_known() -> None:
    codes = map(chr, range(0x32000))
    assert [
        hex(ord(c)) for c in codes if unicodedata.combining(c) == 9 and not _places().match(c)
    ] == []
    codes = map(chr, range(sys.maxunicode + 1))
    marked = [c for c in codes if _places().match(c)]
    assert [hex(ord(c)) for c in marked if not (_BEYOND.match(c) and _maybe().match(c))] == []


def test_drawings_and_widgets_paint_nothing_that_is_only_visible() -> None:
    """`visible` keeps a terminal safe; only `steady` keeps its columns."""
    folder = Path(tui.__file__).parent
    users = [
        path.name
        for part in ("renderables", "widgets", "screens")
        for path in (folder / part).rglob("*.py")
        if "text.visible" in path.read_text(encoding="utf-8")
    ]
    # They keep what was typed as it is, and paint it steady.
    assert sorted(users) == ["prefix_panel.py", "safe_line.py"]
