from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from rnn_tui.charsets.glyphs import LONGER, SINGLE, braille
from rnn_tui.charsets.names import Charset
from rnn_tui.charsets.spelling import count_alike, spell, spell_line, spell_prose
from rnn_tui.text.glyphs import glyph, jamo_glyph
from rnn_tui.text.visible import visible
from rnn_tui.tui.renderables.braille import _CHARACTERS
from rnn_tui.tui.terminal.ascii_filter import AsciiFilter

PICTURES = Path(__file__).parents[1] / "tui"


@given(st.lists(st.text(max_size=12), max_size=5), st.sampled_from(["ascii", "narrow"]))
def test_a_line_keeps_its_width(parts: list[str], charset: Charset) -> None:
    parts = [visible(part) for part in parts]
    spelled = spell_line(parts, charset)
    assert len(spelled) == len(parts)
    before = "".join(parts)
    if charset == "ascii":
        assert "".join(spelled).isascii()
    # A mark at the beginning of a part sits on nothing there, but on a letter in the whole.
    if all(cell_len(part) for part in parts) and sum(map(cell_len, parts)) == cell_len(before):
        assert cell_len("".join(spelled)) == cell_len(before)


@given(st.text(max_size=20))
def test_only_ascii_comes_out_and_ascii_stays(text: str) -> None:
    assert spell(visible(text), "ascii").isascii()
    assert spell_prose(visible(text)).isascii()
    ascii_only = "".join(filter(str.isascii, text))
    assert spell_line([ascii_only], "ascii") == [ascii_only]
    assert spell(text, "unicode") == text


def test_every_sign_is_one_column_for_one() -> None:
    for sign, plain in SINGLE.items():
        assert cell_len(sign) == len(plain) == 1
        assert plain.isascii()
    assert all(cell_len(sign) == 1 and longer.isascii() for sign, longer in LONGER.items())


def test_everything_we_paint_has_a_stand_in() -> None:
    painted = {c for file in PICTURES.rglob("*.txt") for c in file.read_text(encoding="utf-8")}
    assert len(painted) > 150
    lost = {c for c in painted if spell(c, "ascii") == "?" * max(cell_len(c), 1) and c != "?"}
    assert not lost


@pytest.mark.parametrize(
    ("line", "spelled"),
    [
        ("│ h₃² ⊙ (1 − h₃²)   │", "| h3^2 * (1 - h3^2) |"),
        ("╭─ h→e ─────╮", "+- h->e ----+"),
        (" h→e ▶", " h>e >"),
        ("loss     ∞ x", "loss   inf x"),
        ("×10⁻²   │", "x10^-2  |"),
        ("▸ ███▌   61", "> ###:   61"),
        ("한글 ab", "HnGl ab"),
        ("오늘 漢字", "O-Nl HnZi"),
        ("Щи да ↵", "Si da \\"),
        ("你好：世界　ラー😀", "NiHo: SiJe  ra--gg"),
        ("\ue000", "?"),
        ("café ␛[2J", "cafe [[2J"),
        ("‖g‖     3", "||g||   3"),
    ],
)
def test_how_it_looks(line: str, spelled: str) -> None:
    assert spell_line([line], "ascii") == [spelled]


def test_every_character_keeps_its_width() -> None:
    for code in (*range(0, 0x110000, 97), 0x897, 0xCF3, 0xD7B0):
        text = visible(chr(code))
        assert len(spell(text, "ascii")) == cell_len(text), hex(code)


@pytest.mark.parametrize(("mark", "spelled"), [("ा", "a"), ("ิ", "i")])
def test_a_mark_that_stands_alone_is_spelled_without_its_seat(mark: str, spelled: str) -> None:
    assert spell(glyph(mark), "ascii") == spelled


def test_all_letters_of_hangul_are_told_apart() -> None:
    letters = [*map(chr, [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)])]
    shown = [jamo_glyph(letter) for letter in letters]
    assert len(letters) == 67
    assert count_alike(shown, "ascii") == 0
    assert [spell(jamo_glyph(g), "ascii") for g in "ᄀᆨㄱ"] == ["g-", "-g", "G-"]


def test_symbols_that_look_alike_are_counted() -> None:
    assert count_alike(["a", "á", "b", "ж", "z", "é"], "ascii") == 4
    assert count_alike(["a", "á", "b", "ж", "z", "é"], "unicode") == 0


def test_prose_takes_the_room_it_needs() -> None:
    assert spell_prose("한글 → é😀\ue000") == "HanGeul -> egrinning?"


def test_signs_that_cannot_get_their_columns_back_stay_one_for_one() -> None:
    assert spell_line(["a→b", "|"], "ascii") == ["a>b", "|"]
    assert "".join(spell_line(["a→b", "   |"], "ascii")) == "a->b  |"


def test_narrow_replaces_only_what_is_disputed() -> None:
    assert spell_line(["한글 − → │ ▸"], "narrow") == ["한글 − > | ▸"]
    kept = "".join(map(jamo_glyph, "\u1100\u11a8ㄱ")) + "e\u0301"
    assert spell(kept, "narrow") == kept


@pytest.mark.parametrize(
    ("dots", "shape"),
    [("⠉", "'"), ("⠒", "-"), ("⣀", "."), ("⡇", "|"), ("⣿", "#"), ("⠡", "\\"), ("⠌", "/")],
)
def test_braille_curves(dots: str, shape: str) -> None:
    assert shape in spell(dots, "ascii")


def test_no_braille_cell_vanishes() -> None:
    shapes = [braille(ord(cell) - 0x2800) for cell in _CHARACTERS[1:]]
    assert " " not in shapes
    assert set(shapes) == set("'-.|#/\\")


def test_styles_stay_where_they_were() -> None:
    segments = [Segment("│"), Segment("h→e"), Segment("    "), Segment("│")]
    spelled = AsciiFilter("ascii").apply(segments, Color(0, 0, 0))
    assert [part.text for part in spelled] == ["|", "h->e", "   ", "|"]
    same = [Segment("plain")]
    assert AsciiFilter("ascii").apply(same, Color(0, 0, 0)) is same
