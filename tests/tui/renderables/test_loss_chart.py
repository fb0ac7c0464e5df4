"""The chart as text; colors by the roles of the segments."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style
from textual.strip import Strip

from rnn_tui.protocol.branches import Ghost
from rnn_tui.protocol.snapshot import Curves, Floats, Mark
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.loss.chart import Moment, draw
from rnn_tui.tui.renderables.loss.losses import Guide, Unit, convert, guides, told, wanted_range
from rnn_tui.tui.theme.palette import Palette
from tests.tui.snapshots import Kind, make_curves, make_info, no_curves

INKED = Palette(
    dim=Style(color="#000001"),
    mark=Style(color="#000002"),
    band=Style(color="#000003"),
    train=Style(color="#000004"),
    validation=Style(color="#000005"),
    wrong=Style(color="#000006"),
)
NAN = float("nan")


def make(losses: list[float], every: float = 1.0, **changes: object) -> Curves:
    """Curves without noise."""
    values: Floats = np.array(losses, dtype=np.float64)
    at = every * np.arange(1, len(losses) + 1)
    curves = replace(no_curves(), update=at, low=values, high=values, smoothed=values)
    return replace(curves, **changes)  # type: ignore[arg-type]


def lines(
    curves: Curves,
    levels: tuple[Guide, ...] = (),
    over: Range | None = None,
    size: tuple[int, int] = (30, 8),
) -> list[str]:
    over = over or wanted_range(curves, levels, log=False)
    return [strip.text for strip in draw(curves, levels, over, *size, Palette())]


def inked(strips: list[Strip], style: Style) -> list[str]:
    """Everything but what is painted in `style` blanked out."""
    return [
        "".join(s.text if s.style == style else " " * len(s.text) for s in strip)
        for strip in strips
    ]


def test_a_falling_line_between_its_axes() -> None:
    assert lines(make([4.0, 3.0, 2.0, 1.0, 0.0], every=2.0), size=(30, 8)) == [
        "   4┤     ⠙⠲⣄⡀                ",
        "    │        ⠉⠓⢦⣀             ",
        "   2┤           ⠈⠓⢦⣀          ",
        "    │              ⠈⠙⠦⣄⡀      ",
        "    │                  ⠉⠳⢤⣀   ",
        "   0┤                     ⠈⠙⠦⣄",
        "    └┼───────────┬───────────┬",
        "                 5     updates",
    ]


def test_guide_lines_end_in_their_name_and_value() -> None:
    levels = (Guide("uniform", 1.386), Guide("bigram", 0.347))
    drawn = lines(no_curves(), levels, size=(44, 9))
    assert drawn[0].endswith("┄┄┄ uniform 1.39")
    assert sum("┄" in line for line in drawn) == 2
    assert [line for line in drawn if "bigram 0.347" in line]


def test_labels_that_would_meet_stand_side_by_side() -> None:
    levels = (Guide("uniform", 1.4), Guide("unigram", 1.39), Guide("bigram", 1.38))
    (row,) = [line for line in lines(no_curves(), levels, size=(74, 9)) if "uniform 1.40" in line]
    assert row.index("bigram 1.38") < row.index("unigram 1.39") < row.index("uniform 1.40")


@pytest.mark.parametrize("width", range(36, 48))
def test_between_two_labels_there_is_a_blank(width: int) -> None:
    levels = (Guide("uniform", 1.386), Guide("unigram", 1.332))
    drawn = "\n".join(lines(no_curves(), levels, size=(width, 9)))
    assert "uniform 1.39" in drawn
    assert re.search(r"unigram 1\.33\b", drawn)
    assert not re.search(r"\d[a-z]", drawn)


@pytest.mark.parametrize("shape", ["flat", "end", "validation"])
def test_a_label_never_hides_the_curve_and_gives_way_to_it(shape: str) -> None:
    losses = [2.0] * 10 if shape != "end" else [4.0] * 5 + [2.0] * 5
    curves = make(losses)
    if shape == "validation":
        curves = make([0.5] * 10, val_update=np.arange(1.0, 11.0), validation=np.full(10, 2.0))
    with_label = draw(curves, (Guide("bigram", 2.0),), Range(0.0, 4.0), 60, 11, INKED)
    without = draw(curves, (), Range(0.0, 4.0), 60, 11, INKED)
    for style in (INKED.train, INKED.validation):
        assert inked(with_label, style) == inked(without, style)
    assert sum("bigram 2.00" in strip.text for strip in with_label) == 1


def test_a_label_gives_way_to_marks() -> None:
    marks = tuple(Mark(n, "") for n in (90, 92, 94, 96, 98))
    drawn = lines(
        make([0.5] * 100, marks=marks), (Guide("bigram", 2.0),), Range(0.0, 4.0), (60, 11)
    )
    (row,) = [line for line in drawn if "bigram 2.00" in line]
    assert row.count("│") == 5


def other(smoothed: list[float]) -> Ghost:
    return Ghost(2, np.arange(1.0, len(smoothed) + 1), np.array(smoothed))


@pytest.mark.parametrize(("highest", "edge"), [(24.0, 25.0), (1.0, 2.0), (39.0, 40.0), (1e9, 40.0)])
def test_the_axis_holds_the_other_branches(highest: float, edge: float) -> None:
    ghosts = (other([2.0, highest, 1.9]),)
    assert wanted_range(make([2.0] * 3), (), log=False, ghosts=ghosts) == Range(0.0, edge)
    assert wanted_range(make([2.0] * 3), (), log=True, ghosts=ghosts).high == edge


def test_what_is_cut_at_the_top_says_how_high_it_is() -> None:
    calm = make([2.0] * 9)
    spiked = replace(calm, high=np.where(np.arange(9) == 4, 1234.0, calm.high))
    assert "↑1,234" in lines(spiked, size=(60, 9))[0]
    ghost = (other([2.0, 2.0, 7e9, 3.0, 1.0]),)
    over = wanted_range(calm, (), log=False, ghosts=ghost)
    drawn = draw(calm, (), over, 60, 9, Palette(), Moment(ghosts=ghost))
    assert "↑7.00e9" in drawn[0].text
    assert not any("↑" in line for line in lines(calm, size=(60, 9)))


@pytest.mark.parametrize(
    ("lost", "said"), [(956.0, "↑956"), (math.inf, "↑∞"), (1.0, ""), (NAN, "")]
)
def test_the_loss_of_an_update_that_was_not_made_is_told(lost: float, said: str) -> None:
    moment = Moment(update=9, refused=(10, lost))
    drawn = draw(make([2.0] * 9), (), Range(0.0, 4.0), 60, 9, INKED, moment)
    assert "".join(inked(drawn, INKED.wrong)).strip() == said


def test_the_held_out_bigram_has_the_validation_curves_color() -> None:
    info = make_info("lstm")
    strips = draw(no_curves(), guides(info, "nats"), Range(0.0, 5.0), 60, 30, INKED)
    (row,) = [line.strip() for line in inked(strips, INKED.validation) if line.strip()]
    assert row == "held-out bigram 2.49"
    assert any("bigram 2.45" in line for line in inked(strips, INKED.dim))
    assert not any(guide.held_out for guide in guides(make_info("hello"), "nats"))


def test_the_least_possible_loss_has_a_line_where_it_is_known_and_is_not_nothing() -> None:
    info = replace(make_info("lstm"), floor=0.7)
    (level,) = {*guides(info, "bits")} - {*guides(make_info("lstm"), "bits")}
    assert level == Guide("least possible", pytest.approx(0.7 / math.log(2)))
    assert guides(replace(info, floor=0.0), "bits") == guides(make_info("lstm"), "bits")


def test_before_the_first_update_the_axes_stand_and_say_so() -> None:
    drawn = lines(no_curves(), (Guide("uniform", 1.386),), size=(50, 9))
    assert any("the curve begins with the first update" in line for line in drawn)
    assert drawn[-1].endswith("updates")


def test_one_point_and_a_constant_can_be_seen() -> None:
    point = draw(make([2.0]), (), Range(0.0, 4.0), 30, 8, INKED)
    assert len("".join(inked(point, INKED.train)).strip()) == 1
    constant = draw(make([3.0] * 7), (), Range(0.0, 4.0), 30, 8, INKED)
    (row,) = [line.strip() for line in inked(constant, INKED.train) if line.strip()]
    assert len(row) >= 14
    assert len(set(row[1:-1])) == 1


def test_losses_of_zero_stay_on_the_chart() -> None:
    assert len(lines(make([0.0, 0.0]))) == 8
    over = wanted_range(make([0.0, 0.0]), (), log=True)
    assert 0 < over.low < over.high


@pytest.mark.parametrize("lost", [NAN, math.inf])
def test_a_loss_that_is_no_number_leaves_a_gap_with_a_mark_where_it_began(lost: float) -> None:
    broken = make([3.0, 3.0, 3.0, lost, lost, lost, 1.0, 1.0, 1.0, 1.0])
    strips = draw(broken, (), Range(0.0, 4.0), 45, 8, INKED)
    (row,) = [line for line in inked(strips, INKED.wrong) if line.strip()]
    assert row.strip() == "✗"
    at = row.index("✗")
    assert strips[1].text[5:at].strip(), "the mark is on the row where the curve broke off"
    gap = [strip.text[at + 1 : at + 10] for strip in strips[:6]]
    assert "".join(gap).strip() == ""


def test_a_run_that_never_had_a_number_has_its_mark() -> None:
    assert any("✗" in line for line in lines(make([NAN, NAN, NAN])))


def test_the_gap_is_marked_also_under_the_validation_curve() -> None:
    curves = make([3.0, 3.0, 3.0, NAN], every=5.0, val_update=np.array([5.0, 20.0]))
    curves = replace(curves, validation=np.array([3.0, 3.0]))
    assert any("✗" in line for line in lines(curves, over=Range(0.0, 4.0)))


def test_the_band_reaches_from_the_lowest_to_the_highest_loss_of_a_bin() -> None:
    calm = make([2.0] * 20)
    noisy = replace(calm, low=calm.low - 1.0, high=calm.high + 1.0)
    strips = draw(noisy, (), Range(0.0, 4.0), 45, 10, INKED)
    band = [y for y, line in enumerate(inked(strips, INKED.band)) if line.strip()]
    line = [y for y, line in enumerate(inked(strips, INKED.train)) if line.strip()]
    assert (min(band), max(band)) == (2, 5)
    assert line == [3]
    assert not inked(draw(calm, (), Range(0.0, 4.0), 45, 10, INKED), INKED.band)[4].strip()


def test_validation_is_dotted_and_ends_in_its_last_point() -> None:
    curves = make([1.0] * 20, val_update=np.array([2.0, 20.0]), validation=np.array([3.0, 3.0]))
    strips = draw(curves, (), Range(0.0, 4.0), 46, 8, INKED)
    (row,) = [line.strip() for line in inked(strips, INKED.validation) if line.strip()]
    assert " " in row
    assert strips[1].text.rstrip().endswith(row[-1])


def test_knob_marks_carry_their_label_on_the_side_that_has_room() -> None:
    marks = (Mark(5, "lr 0.1→0.3"), Mark(97, "T 0.8→0.5"))
    drawn = lines(make([2.0] * 100, marks=marks), over=Range(0.0, 4.0), size=(60, 9))
    assert "│lr 0.1→0.3" in drawn[0]
    assert "T 0.8→0.5│" in drawn[0]
    column = drawn[0].index("│lr")
    assert [line[column] for line in drawn[1:3]] == ["│", "│"]


def test_of_labels_that_meet_the_newest_is_kept() -> None:
    marks = tuple(Mark(n, f"lr {n}") for n in (50, 51, 52))
    top = lines(make([2.0] * 100, marks=marks), over=Range(0.0, 4.0), size=(60, 9))[0]
    assert "lr 52" in top
    assert "lr 51" not in top


def test_a_spike_is_cut_and_does_not_press_the_rest_flat() -> None:
    spiked = make([2.0] * 9)
    spiked = replace(spiked, high=np.where(np.arange(9) == 4, 1e6, spiked.high))
    assert wanted_range(spiked, (), log=False) == Range(0.0, 2.5)


@pytest.mark.parametrize(
    ("update", "text"), [(9, "8"), (950, "800"), (1204, "1k"), (2_500_000, "1.5M")]
)
def test_the_x_axis_counts_updates(update: int, text: str) -> None:
    curves = make([1.0, 1.0], every=update / 2)
    assert text in lines(curves, size=(60, 9))[-1].split()


def test_the_right_edge_moves_only_now_and_then() -> None:
    ends = {lines(make([1.0], every=float(n)), size=(60, 9))[-1] for n in range(801, 900)}
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("unit", "value"), [("nats", 1.3862943611), ("bits", 2.0), ("perplexity", 4.0)]
)
def test_units(unit: Unit, value: float) -> None:
    assert told(math.log(4), unit) == pytest.approx(value)
    info = make_info("hello")
    assert guides(info, unit)[0] == Guide("uniform", pytest.approx(value))
    curves = convert(make([math.log(4)]), unit)
    assert [curves.low, curves.high, curves.smoothed] == [pytest.approx(value)] * 3


def test_a_perplexity_beyond_all_bounds_is_still_finite() -> None:
    assert math.isfinite(told(1e9, "perplexity"))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(20, 200),
    st.integers(4, 60),
    st.sampled_from(["hello", "korean", "lstm"]),
    st.sampled_from([0, 1, 2, 3, 47, 4000]),
    st.booleans(),
    st.sampled_from(["nats", "bits", "perplexity"]),
)
def test_every_size_is_filled_exactly(
    width: int, height: int, kind: Kind, update: int, log: bool, unit: Unit
) -> None:
    curves = convert(make_curves(kind, update) if update else no_curves(), unit)
    levels = guides(make_info(kind), unit)
    strips = draw(curves, levels, wanted_range(curves, levels, log=log), width, height, Palette())
    assert len(strips) == height
    assert {sum(s.cell_length for s in strip) for strip in strips} == {width}
    assert "updates" in strips[-1].text or width < 40


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(), max_size=9), st.booleans())
def test_any_numbers_at_all_are_drawn(losses: list[float], log: bool) -> None:
    curves = make(losses)
    over = wanted_range(curves, (), log=log)
    assert len(draw(curves, (), over, 40, 9, Palette())) == 9


def test_too_small_a_place_says_so() -> None:
    assert "No room" in "".join(lines(make([1.0]), size=(14, 9)))


def test_where_nothing_is_to_be_learned_the_axis_goes_to_one() -> None:
    assert wanted_range(make([0.0, 0.0]), (), log=False) == Range(0.0, 1.0)
    assert wanted_range(make([2e-6, 2e-6]), (), log=False) == Range(0.0, 2e-6)


def test_the_lowest_validation_is_marked() -> None:
    validation = np.array([3.0, 1.0, 2.0])
    curves = make(
        [4.0, 3.0, 2.0, 1.0, 0.0],
        every=2.0,
        val_update=np.array([2.0, 6.0, 10.0]),
        validation=validation,
        lowest=(6, 1.0),
    )
    drawn = lines(curves, size=(30, 8))
    assert [(y, row.index("★")) for y, row in enumerate(drawn) if "★" in row] == [(4, 19)]
    assert "★" not in "".join(lines(replace(curves, lowest=None), size=(30, 8)))
    assert "★" not in "".join(lines(replace(curves, lowest=(6, NAN)), size=(30, 8)))
    assert convert(curves, "bits").lowest == (6, pytest.approx(1 / np.log(2)))
