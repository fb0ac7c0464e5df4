import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from rnn_tui.protocol.snapshot import Sample
from rnn_tui.tui.renderables.samples import draw
from rnn_tui.tui.theme.palette import LEVELS, Palette
from tests.tui.snapshots import Kind, make_info, make_samples


def sample(update: int, ids: list[int], probs: list[float] | None = None) -> Sample:
    return Sample(update, 0.8, np.array(ids), np.array(probs or [1.0] * len(ids)))


def lines(samples: list[Sample], symbols: str, size: tuple[int, int]) -> list[str]:
    return [
        strip.text for strip in draw(samples, make_info(symbols=tuple(symbols)), *size, Palette())
    ]


def test_the_newest_takes_several_lines_the_older_one_each() -> None:
    samples = [sample(1204, [0, 1, 2, 2, 3] * 4), sample(40, [3, 2] * 9), sample(0, [0])]
    assert lines(samples, "helo", (24, 6)) == [
        "  1,204  0.8  hellohello",
        "              hellohello",
        "     40  0.8  ololololol",
        "      0  0.8  h         ",
        "                        ",
        "                        ",
    ]


def test_the_newest_leaves_half_of_the_panel_to_the_others() -> None:
    samples = [sample(n, [0] * 500) for n in (30, 20, 10, 0)]
    assert [line[5:7] for line in lines(samples, "h", (24, 5))] == ["30", "  ", "20", "10", " 0"]


def test_wide_characters_are_never_cut_in_two() -> None:
    drawn = lines([sample(7, [0, 1, 0, 1, 1])], "가a", (19, 4))
    assert drawn[:2] == ["      7  0.8  가a가", "              aa   "]


def test_numbers_stay_in_their_column_when_they_grow() -> None:
    drawn = lines([sample(12_345_678, [0]), sample(9, [0])], "h", (30, 3))
    assert drawn[:2] == ["12,345,678  0.8  h            ", "         9  0.8  h            "]


def test_each_character_has_the_shade_of_its_probability() -> None:
    shades = tuple(Style(color=f"#0000{level:02x}") for level in range(LEVELS))
    samples = [sample(1, [0, 1, 2, 3], [0.0, 0.5, 0.55, 1.0])]
    (first, *_) = draw(samples, make_info(), 24, 1, Palette(shades=shades))
    painted = [(s.text, s.style) for s in first if s.style in shades]
    assert painted == [("h", shades[0]), ("el", shades[LEVELS // 2]), ("o", shades[-1])]


def test_bytes_fill_the_line_too() -> None:
    symbols = tuple(f"{byte:02X}" for byte in "é".encode())
    info = make_info(symbols=symbols, letters=tuple(map(chr, "é".encode())))
    strips = draw([sample(5, [0, 1] * 100)], info, 24, 3, Palette())
    assert strips[0].text == "      5  0.8  éééééééééé"


def test_letters_of_hangul_become_syllables_as_likely_as_all_of_their_letters() -> None:
    shades = tuple(Style(color=f"#0000{level:02x}") for level in range(LEVELS))
    letters = ("\u1112", "\u1161", "\u11ab", "!")
    info = make_info(symbols=("ㅎ", "ㅏ", "ㄴ\u0323", "!"), letters=letters)
    samples = [sample(1, [0, 1, 2, 0, 1, 3, 0], [0.9, 0.5, 0.1, 1.0, 0.99, 1.0, 0.0])]
    (first, *_) = draw(samples, info, 24, 1, Palette(shades=shades))
    assert first.text == "      1  0.8  한하!ㅎ   "
    painted = [(s.text, s.style) for s in first if s.style in shades]
    assert painted == [("한", shades[int(0.045 * LEVELS)]), ("하!", shades[-1]), ("ㅎ", shades[0])]


def test_no_samples_yet_and_an_empty_one() -> None:
    assert lines([], "helo", (20, 2)) == [" " * 20] * 2
    assert lines([sample(3, [])], "helo", (20, 2))[0].split() == ["3", "0.8"]


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 200), st.integers(1, 40), st.sampled_from(["hello", "korean", "lstm"]))
def test_every_line_has_its_width_in_cells(width: int, height: int, kind: Kind) -> None:
    strips = draw(make_samples(kind, 800), make_info(kind), width, height, Palette())
    assert len(strips) == height
    assert {sum(s.cell_length for s in strip) for strip in strips} == {width}
