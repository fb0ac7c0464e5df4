import math

import pytest
from rich.style import Style

from rnn_tui.protocol.snapshot import RunInfo, RunState, Snapshot
from rnn_tui.tui.renderables.header import draw
from rnn_tui.tui.theme.palette import Palette
from tests.tui.snapshots import make_info, make_snapshot


def lines(snapshot: Snapshot | None, info: RunInfo | None, width: int) -> list[str]:
    return [strip.text for strip in draw(snapshot, info, width, Palette())]


def test_a_wide_screen_has_all_of_it_in_one_line() -> None:
    (line,) = lines(make_snapshot("hello", 1204), make_info("hello"), 150)
    assert line.startswith(" rnn-tui  hello.txt · tanh RNN 1×3 · V 4 · 31 parameters  ")
    assert "▶ running    20/s  update   1,204  loss before it 0.021  epoch 1,205  lr 0.03" in line


def test_a_narrow_screen_has_two_lines() -> None:
    first, second = lines(make_snapshot("lstm", 2000), make_info("lstm"), 80)
    assert first.split("  ")[1] == "harbor.txt · LSTM 2×128 · V 65 · 240,065 parameters"
    assert second.startswith(" ▶ running  31.4/s  update   2,000  loss before it  ")


@pytest.mark.parametrize("width", [60, 80, 99, 100, 120, 160, 200])
def test_the_file_name_stays_whatever_the_width(width: int) -> None:
    drawn = lines(make_snapshot("korean", 2_000_000), make_info("korean"), width)
    assert "korean_reviews.txt" in drawn[0]
    assert {sum(s.cell_length for s in strip) for strip in draw(None, None, width, Palette())}


def test_a_long_name_is_cut() -> None:
    info = make_info("hello", corpus_name="긴" * 90 + ".txt")
    assert "…" in lines(make_snapshot(), info, 80)[0]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("running", "▶ running"),
        ("paused", "⏸ paused"),
        ("finished", "■ finished"),
        ("diverged", "✗ diverged"),
    ],
)
def test_states_are_told_by_glyph_and_word(state: RunState, words: str) -> None:
    assert words in lines(make_snapshot(state=state), make_info(), 120)[0]


def test_only_divergence_is_painted_as_a_fault() -> None:
    palette = Palette(wrong=Style(color="#ff0000"))
    (strip,) = draw(make_snapshot(state="diverged", loss=math.nan), make_info(), 120, palette)
    assert [s.text.strip() for s in strip if s.style == palette.wrong] == ["✗ diverged"]
    assert "NaN" in strip.text


def test_nothing_jumps_while_numbers_change() -> None:
    info = make_info("lstm")
    at = {
        lines(make_snapshot("lstm", update, updates_per_second=rate), info, 120)[0].index("epoch")
        for update, rate in ((1, 0.5), (47, 20.0), (99_999, 123.4), (999_999, 12_345.6))
    }
    assert len(at) == 1


def test_before_the_first_update_there_is_no_loss() -> None:
    (line,) = lines(make_snapshot("hello", 0), make_info(), 120)
    assert "loss before it     –" in line


def test_before_the_first_snapshot() -> None:
    assert lines(None, None, 60)[0].split() == ["rnn-tui"]
    assert "… starting" in lines(None, None, 60)[1]
