"""The curves, the table and the predictions of a race as text; colors by the segments' styles."""

import itertools
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from rnn_tui.charsets.spelling import spell
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.axes import Range, round_up
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.loss.plot import column
from rnn_tui.tui.renderables.race import chart, predictions, table
from rnn_tui.tui.renderables.race.columns import speed
from rnn_tui.tui.renderables.race.curve import Along, Curve, curves_of
from rnn_tui.tui.renderables.race.ends import rows_apart
from rnn_tui.tui.renderables.race.forms import FORMS, form, swatch
from rnn_tui.tui.renderables.race.names import shared, told_apart
from rnn_tui.tui.renderables.race.racing import pace_in_words
from rnn_tui.tui.renderables.raster import narrow
from rnn_tui.tui.theme.palette import CURVES, Palette
from tests.tui.snapshots import LONG, make_info, make_race

INKED = Palette(**{name: Style(color=f"#{n + 1:06x}") for n, name in enumerate(CURVES)})


def curve(number: int, losses: list[float], **changes: object) -> Curve:
    values = np.array(losses)
    at = np.arange(1.0, len(losses) + 1)
    made = Curve(number, f"net{number}", at, values, chosen=False, broken=False)
    return replace(made, **changes)  # type: ignore[arg-type]


def lines(
    curves: list[Curve],
    levels: tuple[Guide, ...] = (),
    size: tuple[int, int] = (40, 10),
    along: Along = "updates",
    palette: Palette = INKED,
) -> list[str]:
    over = chart.wanted_range(curves, levels, log=False)
    drawn = chart.draw(curves, levels, over, along, 10.0, *size, palette)
    return [strip.text for strip in drawn]


def rows(race: RaceView, info: RunInfo, width: int) -> list[str]:
    return [
        s.text
        for s in table.draw(race, info, KeyTable().named, width, len(race.entrants) + 1, INKED)
    ]


GOLDEN = [
    "   4┤  ⠘⢦⡀                          ",
    "    │    ⠙⢦⡀                        ",
    "   2┤      ⠳⣄                       ",
    "    │       ⠈⠳⡄                     ",
    "    │         ⠙⢦⡀                   ",
    "   0┤           ⠳⡄ net0             ",
    "    └┼───────────┬───────────┬      ",
    "                 5           updates",
]


class TestForms:
    def test_no_two_look_alike_with_or_without_braille(self) -> None:
        for spelled in ([swatch(n, 24) for n in range(6)],
                        [spell(swatch(n, 24), "ascii") for n in range(6)]):  # fmt: skip
            assert len(set(spelled)) == len(FORMS) == 6

    def test_six_cells_tell_them_apart(self) -> None:
        assert len({swatch(n, 6) for n in range(6)}) == 6
        assert len({spell(swatch(n, 6), "ascii") for n in range(6)}) == 6

    def test_a_form_goes_on_for_as_long_as_the_line(self) -> None:
        assert form(1, 16).tolist() == [*[True] * 6, False, False] * 2

    def test_no_two_of_36_have_both_color_and_form_in_common(self) -> None:
        pairs = {(n % len(FORMS), tuple(form(n, 24).tolist())) for n in range(36)}
        assert len(pairs) == 36


def nearest(wanted: list[float], height: int) -> float:
    """How far all rows together are from those wanted, at best: every choice of rows tried."""
    order = sorted(wanted)
    choices = itertools.combinations(range(height), len(order))
    return min(sum((row - want) ** 2 for row, want in zip(c, order, strict=True)) for c in choices)


class TestNames:
    @given(st.lists(st.floats(0, 8), min_size=1, max_size=6))
    def test_rows_differ_and_are_as_near_as_rows_can_be(self, wanted: list[float]) -> None:
        found = rows_apart([(row, 3.0, 9.0) for row in wanted], 9)
        assert len(set(found)) == len(found)
        assert all(0 <= row < 9 for row in found)
        order = [row for _, row in sorted(zip(wanted, found, strict=True), key=lambda p: p[0])]
        assert order == sorted(order)
        # Half rows are rounded, each of them by at most a half.
        apart = sum((row - want) ** 2 for row, want in zip(order, sorted(wanted), strict=True))
        assert apart <= nearest(wanted, 9) + 0.25 * len(wanted) + 1e-9

    def test_names_that_share_no_column_share_a_row(self) -> None:
        assert rows_apart([(4.0, 0.0, 5.0), (4.0, 5.0, 9.0), (4.0, 8.0, 12.0)], 9) == [4, 4, 5]

    def test_more_names_than_rows(self) -> None:
        assert rows_apart([(1.0, 0.0, 5.0)] * 4, 3) == [0, 1, 2, 2]

    def test_words_that_all_share_go_where_room_is_scarce(self) -> None:
        assert told_apart(LONG[:2], 40) == list(LONG[:2])
        assert told_apart(LONG[:2], 10) == ["0.001", "0.003"]
        assert told_apart(["lstm lr 0.1", "gru lr 0.1"], 5) == ["lstm", "gru"]
        assert told_apart(["lstm", "gru fast"], 3) == ["lstm", "gru fast"]
        assert told_apart(["same name", "same name"], 3) == ["same name", "same name"]
        assert shared(LONG) == "lstm learning-rate"

    def test_a_wide_sign_would_shift_the_line(self) -> None:
        assert narrow("gru한\x1b") == "gru?␛"


class TestChart:
    def test_a_line_between_its_axes_with_its_name(self) -> None:
        drawn = lines([curve(0, [4.0, 3.0, 2.0, 1.0, 0.0])], size=(36, 8))
        assert drawn == GOLDEN

    def test_each_line_has_the_form_of_its_number(self) -> None:
        for number in range(6):
            flat = lines([curve(number, [2.0] * 40, name="a")], size=(80, 8))
            row = next(line for line in flat if line.endswith(" a "))
            plot = row[row.index("│" if "│" in row else "┤") + 1 :].removesuffix(" a ")
            inside = "".join("#" if c != " " else "." for c in plot[2:-2])
            cells = FORMS[number][::2]
            assert inside in cells * 80, number

    def test_two_lines_in_one_cell_keep_their_dots(self) -> None:
        solid, dotted = curve(0, [2.0] * 40), curve(2, [2.07] * 40, chosen=True)
        drawn = lines([solid, dotted], size=(80, 10))
        both = [set(found) for line in drawn for found in re.findall("[⠁-⣿]{60,}", line)]
        assert len(both) == 1
        assert len(both[0]) > 1

    def test_names_end_their_lines_in_the_order_of_their_losses(self) -> None:
        ends = {0: 1.00, 1: 1.02, 2: 0.98, 3: 2.0, 4: 1.01, 5: 0.99}
        curves = [curve(n, [4.0, end]) for n, end in ends.items()]
        drawn = lines(curves, size=(60, 16))
        found = [match[0] for line in drawn for match in re.finditer(r"net\d", line)]
        assert found == [f"net{n}" for n in sorted(ends, key=lambda n: -ends[n])]

    @given(st.floats(0.0, 4.0))
    def test_a_name_stands_in_the_row_where_its_line_ends(self, end: float) -> None:
        drawn = lines([curve(0, [4.0, end, end, end])], size=(60, 16))
        [row] = [line for line in drawn if "net0" in line]
        assert re.search("[⠁-⣿] net0", row)

    def test_names_of_lines_that_end_nearly_together_stand_below_each_other(self) -> None:
        curves = [curve(n, [3.0] * (30 + n % 4)) for n in range(6)]
        drawn = lines(curves, size=(50, 12))
        rows = [(y, line.index("net")) for y, line in enumerate(drawn) if "net" in line]
        assert [y for y, _ in rows] == list(range(rows[0][0], rows[0][0] + 6))
        assert len({x for _, x in rows}) == 1

    def test_a_mark_stands_over_the_dot_of_its_value(self) -> None:
        for at in range(1, 98):
            last = curve(0, [2.0], at=np.array([float(at)]))
            [row] = [
                line for line in lines([last], size=(60, 8), along="updates") if "net0" in line
            ]
            [dot] = re.finditer("[⠁-⣿]", row)
            width, end = 60 - 5 - 6, round_up(max(at, 10.0))
            assert column(at, Range(0.0, end), width) == dot.start() - 5, at

    def test_the_name_has_the_color_of_its_line_and_the_chosen_one_a_mark(self) -> None:
        curves = [curve(n, [4.0, 1.0 + n], chosen=n == 1) for n in range(3)]
        over = chart.wanted_range(curves, (), log=False)
        strips = chart.draw(curves, (), over, "updates", 10.0, 60, 16, INKED)
        parts = [part for strip in strips for part in strip]
        for n in range(3):
            [style] = {part.style for part in parts if f"net{n}" in part.text}
            assert style == INKED.curve(n)
        assert "▸net1" in "".join(part.text for part in parts)

    @given(st.lists(st.floats(0.1, 4), min_size=6, max_size=6),
           st.lists(st.integers(2, 60), min_size=6, max_size=6))  # fmt: skip
    def test_names_never_overlap(self, ends: list[float], lengths: list[int]) -> None:
        curves = [
            curve(n, np.linspace(4, end, length).tolist(), name=f"name{n}")
            for n, (end, length) in enumerate(zip(ends, lengths, strict=True))
        ]
        text = "\n".join(lines(curves, (Guide("uniform", 3.9),), size=(70, 20)))
        for n in range(6):
            assert f"name{n}" in text

    def test_a_diverged_line_ends_in_a_cross_and_does_not_press_the_others_flat(self) -> None:
        soaring = curve(1, [2.0, 3.0, 1e9, math.nan], broken=True)
        drawn = lines([curve(0, [2.0, 1.5, 1.2, 1.0]), soaring], (Guide("uniform", 2.0),))
        assert sum("✗" in line for line in drawn) == 1
        assert "↑1.00e9" in "".join(drawn)
        assert "2┤" in "".join(drawn)

    def test_before_the_first_update(self) -> None:
        info, race = make_info("lstm"), make_race(update=0)
        drawn = lines(curves_of(race, "updates", "nats"), chart.levels_of(info, "nats"),
                      size=(80, 12))  # fmt: skip
        assert chart.FIRST in "".join(drawn)
        assert "uniform 4.17" in "".join(drawn)
        assert "rnn" not in "".join(drawn)

    @pytest.mark.parametrize(
        ("along", "end"),
        [("updates", 1200), ("characters", 1200 * 1600), ("seconds at work", 48.6)],
    )
    def test_the_axis_counts_what_it_says(self, along: Along, end: float) -> None:
        race = make_race(count=5)
        curves = curves_of(race, along, "bits")
        assert max(float(c.at[-1]) for c in curves) == pytest.approx(end, rel=1e-3)
        bits = race.entrants[2].curves.smoothed / math.log(2)
        assert np.allclose(curves[2].losses, bits)
        assert lines(curves, along=along, size=(90, 12))[-1].rstrip().endswith(along)

    def test_the_axis_has_its_unit_also_where_room_is_scarce(self) -> None:
        drawn = lines([curve(0, [1.0, 2.0])], size=(44, 10), along="seconds at work")
        assert drawn[-1].endswith("  seconds")

    def test_no_room(self) -> None:
        assert "No room" in "".join(lines([curve(0, [1.0, 2.0])], size=(24, 2)))


class TestTable:
    def test_every_width_has_straight_columns(self) -> None:
        info = make_info("lstm")
        states = {1: ("stopped", ""), 4: ("paused", "Paused."), 5: ("diverged", "Too high.")}
        race = make_race(names=LONG, states=states)  # type: ignore[arg-type]
        for width in (58, 78, 118, 198):
            drawn = rows(race, info, width)
            assert all(len(line) <= width for line in drawn)
            edge = drawn[0].index("updates/s") + len("updates/s")
            shown = [line[edge - 11 : edge] for line in drawn[1:]]
            words = ("212   ", "worker gone", "61.3 ", "24.7 ", "paused", "diverged")
            assert shown == [word.rjust(11) for word in words]

    def test_numbers_are_the_networks(self) -> None:
        race, info = make_race(count=5), make_info("lstm")
        drawn = rows(race, info, 190)
        for line, entrant in zip(drawn[1:], race.entrants, strict=True):
            bits = entrant.smoothed / math.log(2)
            for told in (
                f"{entrant.smoothed:.2f}", f"{entrant.validation:.2f}", f"{bits:.2f}",
                f"{bits - info.bigram / math.log(2):+.2f}".replace("-", "−"), "1,200",
            ):  # fmt: skip
                assert f" {told} " in line
        assert [line[0] for line in drawn] == [" ", " ", " ", " ", "▸", " "]
        assert "8→2×128   24.6k       8 " in drawn[1]
        assert [line.split()[k] for line, k in zip(drawn[2:4], (5, 6), strict=True)] == [
            "127",
            "all",
        ]

    def test_fewer_columns_at_80_and_none_cut(self) -> None:
        drawn = rows(make_race(count=5), make_info("lstm"), 78)
        assert drawn[0].split() == [
            "network", "params", "loss", "val.", "updates/s", "newest", "sample"
        ]  # fmt: skip

    def test_what_a_network_does_that_does_not_run(self) -> None:
        race = make_race(count=2)
        one = race.entrants[0]
        assert speed(one) == "212"
        assert speed(replace(one, parameter_count=0)) == "starting"
        assert speed(replace(one, state="finished", reason="Update 9.")) == "finished"
        assert speed(replace(one, state="stopped")) == "worker gone"

    @pytest.mark.parametrize("losses", [(0.071, 2.5, 12.34), (0.9996, 9.996, 0.0123)])
    @pytest.mark.parametrize("rates", [(7.0, 14.61, 24.0), (0.256, 925.2, 1604.4)])
    def test_points_stand_below_each_other(
        self, losses: tuple[float, ...], rates: tuple[float, ...]
    ) -> None:
        race = make_race(count=3)
        entrants = tuple(
            replace(e, smoothed=loss, validation=loss, updates_per_second=rate)
            for e, loss, rate in zip(race.entrants, losses, rates, strict=True)
        )
        drawn = rows(replace(race, entrants=entrants), make_info("lstm"), 190)
        for head in ("loss", "val.", "bits", "updates/s"):
            end = drawn[0].index(head) + len(head)
            numbers = [list(re.finditer(r"[\d.,]+", line[:end]))[-1] for line in drawn[1:]]
            points = [n.start() + len(n[0].partition(".")[0]) for n in numbers]
            assert len(set(points)) == 1, [n[0] for n in numbers]

    @pytest.mark.parametrize("nats", [math.nan, 0.0, 1e-9, 0.07, 12345.0, 9e8, 1e300, math.inf])
    def test_numbers_never_leave_their_column(self, nats: float) -> None:
        race = make_race(count=2)
        odd = replace(race.entrants[0], smoothed=nats, validation=nats)
        drawn = rows(replace(race, entrants=(odd, odd)), make_info("lstm"), 190)
        end = drawn[0].index("updates/s") + len("updates/s")
        assert drawn[1][end - 6 : end] == "212   "

    def test_before_the_first_update(self) -> None:
        drawn = rows(make_race(update=0, count=3), make_info("lstm"), 118)
        assert all(line.count("–") == 4 for line in drawn[1:])

    def test_as_text_it_has_every_column(self) -> None:
        race, info = make_race(count=2), make_info("lstm")
        head, first, second = table.as_text(race, info).splitlines()
        assert head.split() == [
            "network", "size", "params", "reach", "update", "loss", "val.", "bits", "−bigram",
            "updates/s",
        ]  # fmt: skip
        assert first.split()[:3] == ["dense", "8→2×128", "24.6k"]
        assert len(head) == len(first) == len(second)


def test_a_network_keeps_its_form_when_another_leaves() -> None:
    race, info = make_race(count=3, chosen=0), make_info("lstm")
    left = replace(race, entrants=(race.entrants[0], race.entrants[2]))
    assert [curve.number for curve in curves_of(left, "updates", "nats")] == [0, 2]
    assert f"{swatch(2, 6)} rnn" in rows(left, info, 118)[2]
    for width in (28, 90):
        drawn = predictions.draw(left, info, width, 5, INKED)
        assert swatch(2, 6) in "".join(strip.text for strip in drawn[:2])


class TestPredictions:
    def test_a_column_for_each_where_there_is_room(self) -> None:
        race = make_race(count=5)
        drawn = [s.text for s in predictions.draw(race, make_info("lstm"), 118, 7, INKED)]
        assert drawn[0].split() == [
            word for n, e in enumerate(race.entrants) for word in (*swatch(n, 6).split(), e.name)
        ]
        best = [f"{100 * float(e.next_probs[0]):.0f}" for e in race.entrants]
        assert re.findall(r"\d+(?= |$)", drawn[1].replace("8→", ""))[-1] == best[-1]

    def test_a_line_for_each_where_there_is_not(self) -> None:
        race, info = make_race(), make_info("lstm")
        drawn = [s.text for s in predictions.draw(race, info, 28, 9, INKED)]
        for n, entrant in enumerate(race.entrants):
            assert drawn[n].startswith(f"{swatch(n, 6)} {info.symbols[int(entrant.next_ids[0])]}")
        assert not any(line.strip() for line in drawn[6:])

    def test_a_small_alphabet_stands_in_its_own_order(self) -> None:
        drawn = [
            s.text for s in predictions.draw(make_race("hello", 47, 3), make_info(), 90, 8, INKED)
        ]
        for line, symbol in zip(drawn[1:5], "helo", strict=True):
            assert [line[n] for n in (0, 30, 60)] == [symbol] * 3

    def test_a_network_that_has_not_answered(self) -> None:
        race = make_race(count=2)
        silent = make_race(count=1, prefix=False).entrants[0]
        drawn = predictions.draw(
            replace(race, entrants=(silent, race.entrants[1])), make_info("lstm"), 60, 5, INKED
        )
        assert drawn[1].text.startswith("– ")


def test_the_pace_in_words() -> None:
    race = make_race(count=5)
    assert pace_in_words(race) == "Equal updates: they wait for one another."
    told = pace_in_words(replace(race, pace="flat out"))
    assert told == "Flat out: each as fast as it can, 2 cores shared by 5."
