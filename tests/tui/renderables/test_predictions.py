from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.protocol.snapshot import PrefixView
from rnn_tui.tui.renderables.predictions import draw
from rnn_tui.tui.theme.palette import Palette
from tests.tui.snapshots import Kind, make_info, make_prefix


def lines(view: PrefixView, symbols: tuple[str, ...], size: tuple[int, int]) -> list[str]:
    return [strip.text for strip in draw(view, make_info(symbols=symbols), *size, Palette())]


def view(**changes: object) -> PrefixView:
    made = PrefixView(
        "hel", (), np.array([2, 3]), np.array([0.71, 0.27]), 0.934, np.array([2, 3, 0, 1])
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_likeliest_come_first_and_tab_takes_the_first() -> None:
    assert lines(view(), ("h", "e", "l", "o"), (50, 5)) == [
        " ⇥ l ███████████████████████████             71 % ",
        "   o ██████████▎                             27 % ",
        " " * 50,
        " goes on: lohe                unsure by 0.93 bits ",
        " " * 50,
    ]


def test_a_narrow_panel_says_it_in_two_lines_and_a_low_one_keeps_a_bar() -> None:
    narrow = lines(view(), ("h", "e", "l", "o"), (30, 4))
    assert [line.strip()[:6] for line in narrow[2:]] == ["goes o", "unsure"]
    assert lines(view(), ("h", "e", "l", "o"), (50, 1))[0].startswith(" ⇥ l")


def test_a_long_continuation_ends_in_an_ellipsis_before_the_uncertainty() -> None:
    drawn = lines(view(continuation=np.array([0] * 90)), ("h", "e", "l", "o"), (50, 4))
    assert "hhh… unsure by 0.93 bits" in drawn[3]


def test_unknown_symbols_are_named_and_the_known_listed() -> None:
    one = " ".join(" ".join(lines(view(unknown=("x",)), ("h", "e"), (60, 3))).split())
    assert one == "'x' never occurs in this text; known: h e"
    two = " ".join(" ".join(lines(view(unknown=("x", "\n")), ("h",), (60, 3))).split())
    assert two == "'x', '↵' never occur in this text; known: h"
    many = " ".join(lines(view(unknown=tuple("abcdefghijk")), ("h",), (99, 3)))
    assert "'h' and 3 more never occur" in many


def test_symbols_with_one_glyph_are_told_apart_by_their_numbers() -> None:
    info = make_info(symbols=("h", "e", "�", "⍽"), letters=("h", "e", "\u200e", "\u202f"))
    drawn = [strip.text for strip in draw(view(), info, 50, 5, Palette())]
    assert drawn[0].startswith(" ⇥ U+200E███")
    assert drawn[1].startswith("   U+202F███")
    assert drawn[0].endswith("  71 % ")
    assert len({line.index("█") for line in drawn[:2]}) == 1
    marks = " ".join(lines(view(unknown=("\u200e", "\ufeff")), ("h",), (60, 3)))
    assert "'U+200E', 'U+FEFF' never occur" in marks


def test_a_syllable_that_the_prefix_began_is_shown_whole() -> None:
    info = make_info(symbols=("ㅎ", "ㅏ", "ㄴ\u0323"), letters=("\u1112", "\u1161", "\u11ab"))
    seen = view(
        prefix="하", unfinished=np.array([0, 1]), continuation=np.array([2, 0]),
        top_ids=np.array([2, 0]),
    )  # fmt: skip
    drawn = [strip.text for strip in draw(seen, info, 50, 5, Palette())]
    assert drawn[0].startswith(" ⇥ ㄴ\u0323██")
    assert drawn[3].startswith(" goes on: 한ㅎ ")


def test_an_endless_vocabulary_is_cut() -> None:
    symbols = make_info("korean").symbols
    drawn = lines(view(unknown=("x",)), symbols, (40, 8))
    assert any(line.rstrip().endswith("…") for line in drawn)


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 200), st.integers(1, 30), st.sampled_from(["hello", "korean", "lstm"]))
def test_every_line_has_its_width_in_cells(width: int, height: int, kind: Kind) -> None:
    strips = draw(make_prefix(kind), make_info(kind), width, height, Palette())
    assert len(strips) == height
    assert {sum(s.cell_length for s in strip) for strip in strips} == {width}
