import math
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from rnn_tui.protocol.snapshot import Mark, PrefixView, Snapshot
from rnn_tui.tui.theme.palette import CURVES, ROLES
from rnn_tui.tui.widgets.header_bar import HeaderBar
from rnn_tui.tui.widgets.loss_chart import LossChart
from rnn_tui.tui.widgets.panel import Panel
from rnn_tui.tui.widgets.prefix_panel import PrefixPanel
from rnn_tui.tui.widgets.samples_panel import SamplesPanel
from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars
from tests.tui.snapshots import Kind, make_curves, make_info, make_prefix, make_snapshot
from tests.tui.widgets.stage import Stage

PANELS: list[type[Panel]] = [LossChart, SoftmaxBars, SamplesPanel]
EVIL = "\x1b]52;c;aGk=\x07\x9b2J\x7f\x00\u202e[/x][@click=app.quit]y[/]\u200b"


@pytest.mark.parametrize("panel", PANELS)
async def test_before_the_first_snapshot_a_panel_says_what_will_be_there(
    panel: type[Panel],
) -> None:
    app = Stage(panel())
    async with app.run_test(size=(70, 12)):
        assert panel.EMPTY in app.text
        assert " · " in app.lines[0] or "Next" in app.lines[0]


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        (LossChart, "uniform 1.39"),
        (SoftmaxBars, "h→e"),
        (SamplesPanel, "40  0.8  "),
        (PrefixPanel, "unsure by 0.99 bits"),
        (HeaderBar, "hello.txt"),
    ],
)
async def test_a_snapshot_is_painted_and_so_is_the_next(panel: type[Widget], words: str) -> None:
    actor = panel()
    app = Stage(actor)
    async with app.run_test(size=(110, 16)) as pilot:
        show(actor, make_snapshot("hello", 47))
        await pilot.pause()
        before = app.text
        assert words in before
        show(actor, make_snapshot("hello", 90, prefix=make_prefix("hello", 90, "lo")))
        await pilot.pause()
        assert (app.text != before) or panel is PrefixPanel


def show(actor: Widget, snapshot: Snapshot, kind: Kind = "hello") -> None:
    actor.show(snapshot, make_info(kind))  # type: ignore[attr-defined]


class Counting(LossChart):
    """Counts how often it draws."""

    drawn = 0

    def draw_moment(self, *args: object) -> list:  # type: ignore[type-arg, override]
        self.drawn += 1
        return super().draw_moment(*args)  # type: ignore[arg-type]


@pytest.mark.usefixtures("every_picture")
async def test_lines_are_made_once_per_change_and_per_size() -> None:
    chart = Counting()
    app = Stage(chart)
    async with app.run_test(size=(60, 12)) as pilot:
        for update in (47, 47, 48, 48):
            show(chart, make_snapshot("hello", update))
            await pilot.pause()
        assert chart.drawn == 2
        await pilot.resize_terminal(80, 14)
        await pilot.pause()
        assert chart.drawn == 3


async def test_the_chart_changes_unit_and_scale_in_picture_and_title() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(70, 14)) as pilot:
        show(chart, make_snapshot("lstm", 2000), "lstm")
        await pilot.pause()
        assert "Loss · nats per character ─" in app.lines[0]
        assert "uniform 4.17" in app.text
        chart.unit, chart.log_scale = "bits", True
        await pilot.pause()
        assert "Loss · bits per character · log ─" in app.lines[0]
        assert "uniform 6.02" in app.text
        chart.unit = "perplexity"
        await pilot.pause()
        assert "uniform 65.0" in app.text


async def test_the_axis_does_not_move_while_the_curve_stays_on_it() -> None:
    chart = LossChart()
    app = Stage(chart)
    axes = set()
    async with app.run_test(size=(70, 14)) as pilot:
        for low in (1.45, 1.38, 1.2, 1.44):
            curves = make_curves("hello", 30)
            curves = replace(curves, smoothed=curves.smoothed.clip(0, low), high=curves.low)
            show(chart, make_snapshot("hello", 30, curves=curves))
            await pilot.pause()
            axes.add(tuple(line[:6] for line in app.lines))
    assert len(axes) == 1


async def test_the_legend_tells_curves_and_newest_values_where_there_is_room() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(90, 14)) as pilot:
        show(chart, make_snapshot("lstm", 2000, loss=1.7, smoothed=math.nan), "lstm")
        await pilot.pause()
        assert "⣿ each update  1.70  ━ smoothed   NaN  ╍ validation  " in app.lines[-1]
        await pilot.resize_terminal(58, 14)
        await pilot.pause()
        assert "⣿ each update  ━ smoothed  ╍ validation ─" in app.lines[-1]
        await pilot.resize_terminal(38, 14)
        await pilot.pause()
        assert "⣿ each  ━ mean  ╍ val ─" in app.lines[-1]


async def test_before_the_first_update_the_legend_has_no_values() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(90, 14)) as pilot:
        show(chart, make_snapshot("lstm", 0), "lstm")
        await pilot.pause()
        assert "the curve begins with the first update" in app.text
        assert "⣿ each update  ━ smoothed ─" in app.lines[-1]


async def test_scrolling_through_the_steps_of_a_window() -> None:
    bars = SoftmaxBars()
    app = Stage(bars)
    async with app.run_test(size=(64, 14)) as pilot:
        show(bars, make_snapshot("lstm", 500), "lstm")
        await pilot.pause()
        assert (bars.visible_steps, bars.visible_rows) == (5, 8)
        assert "mean loss of steps 1–5 of 50:  1.78 nats → ─" in app.lines[-1]
        bars.scroll_steps(-1)
        bars.scroll_steps(2)
        assert bars.visible_steps == 7
        show(bars, make_snapshot("lstm", 500, steps=bars.visible_steps), "lstm")
        await pilot.pause()
        assert "← mean loss of steps 3–7 of 50: " in app.lines[-1]
        assert app.lines[1].split()[1:6] == ["3", "4", "5", "6", "7"]
        bars.scroll_steps(99)
        assert bars.visible_steps == 50
        await pilot.pause()
        assert app.lines[1].split()[1:6] == ["3", "4", "5", "6", "7"], "the rest is not here yet"
        await pilot.resize_terminal(200, 14)
        await pilot.pause()
        assert bars.visible_steps == 50


async def test_where_all_steps_fit_there_is_nothing_to_scroll() -> None:
    bars = SoftmaxBars()
    app = Stage(bars)
    async with app.run_test(size=(64, 14)) as pilot:
        show(bars, make_snapshot("hello", 47))
        bars.scroll_steps(1)
        await pilot.pause()
        assert bars.visible_steps == 4
        assert "mean loss of steps 1–4: 0.072 nats ─" in app.lines[-1]
        assert " of 4" not in app.lines[-1]


async def test_titles_say_what_a_symbol_is() -> None:
    panels = (LossChart(), SoftmaxBars(), PrefixPanel())
    app = Stage(*panels)
    async with app.run_test(size=(70, 30)) as pilot:
        assert "nats per character" in app.text
        assert "Next character at each step" in app.text
        assert "of the next character" in app.text
        for panel in panels:
            panel.show(make_snapshot("korean", 900), make_info("korean", unit="letter"))
        await pilot.pause()
        assert "nats per letter" in app.text
        assert "Next letter at each step" in app.text
        assert "of the next letter" in app.text


async def test_titles_shrink_with_the_panel() -> None:
    app = Stage(SoftmaxBars(), SamplesPanel())
    async with app.run_test(size=(40, 20)) as pilot:
        assert "Next character · probability in % ─" in app.text
        await pilot.resize_terminal(26, 20)
        await pilot.pause()
        assert "Next character · % ─" in app.text
        assert "Samples ─" in app.text


@pytest.mark.parametrize(("width", "height"), [(109, 2), (110, 1)])
async def test_the_header_takes_the_lines_it_needs(width: int, height: int) -> None:
    header = HeaderBar()
    header.styles.height = "auto"
    async with Stage(header).run_test(size=(width, 10)):
        assert header.size.height == height


@pytest.mark.parametrize("kind", ["hello", "korean", "lstm"])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (121, 40)])
async def test_every_line_on_the_screen_is_as_wide_as_the_screen(
    kind: Kind, size: tuple[int, int]
) -> None:
    actors = [LossChart(), SoftmaxBars(), SamplesPanel(), PrefixPanel()]
    app = Stage(*actors)
    async with app.run_test(size=size) as pilot:
        for actor in actors:
            show(actor, make_snapshot(kind, 900), kind)
        await pilot.pause()
        assert {cell_len(line) for line in app.lines} == {size[0]}
        frame = [line for line in app.lines if line.startswith("│")]
        assert all(line.endswith("│") for line in frame)


async def test_no_control_character_reaches_the_terminal_from_any_panel() -> None:
    info = make_info(
        "hello", corpus_name=EVIL + ".txt", symbols=("h", EVIL, EVIL[0], "l"), notes=(EVIL,)
    )
    curves = replace(make_curves("hello", 40), marks=(Mark(9, EVIL), Mark(30, EVIL)))
    good = make_prefix("hello")
    for view in (good, PrefixView(EVIL, tuple(EVIL), good.top_ids[:0], *_rest(good))):
        actors = [HeaderBar(), LossChart(), SoftmaxBars(), SamplesPanel(), PrefixPanel()]
        app = Stage(*actors)
        async with app.run_test(size=(100, 60)) as pilot:
            for actor in actors:
                snapshot = make_snapshot("hello", 40, curves=curves, prefix=view, reason=EVIL)
                actor.show(snapshot, info)  # type: ignore[attr-defined]
            await pilot.pause()
            app.query_one("#prefix").value = EVIL  # type: ignore[attr-defined]
            await pilot.pause()
            painted = set("".join(app.lines))
        assert "␛" in painted, "the bytes are shown, not hidden"
        bad = {c for c in painted if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200b"}
        assert not bad


def _rest(view: PrefixView) -> tuple:  # type: ignore[type-arg]
    return view.top_probs[:0], 0.0, view.continuation[:0]


async def test_every_role_has_a_style_and_follows_the_theme() -> None:
    panel = SamplesPanel()
    app = Stage(panel)
    async with app.run_test() as pilot:
        dark = panel.palette
        app.theme = "textual-light"
        await pilot.pause()
        light = panel.palette
    for role in set(ROLES) - {"text", "strong", *CURVES}:
        assert getattr(dark, role).color != getattr(light, role).color, role
    assert dark.shades[0] != light.shades[0]
    assert dark.text.color != light.text.color


async def test_a_picture_is_painted_anew_in_another_theme() -> None:
    chart = LossChart()
    app = Stage(chart)
    async with app.run_test(size=(70, 12)) as pilot:
        show(chart, make_snapshot("lstm", 900), "lstm")
        for theme in ("textual-dark", "textual-light", "nord"):
            app.theme = theme
            await pilot.pause()
            await pilot.pause()
            painted = {s.style.color for strip in app.strips for s in strip if s.style}
            hues = (chart.palette.train.color, chart.palette.validation.color)
            assert painted.issuperset(hues)
            legend = {s.style.color for s in app.strips[-1] if s.style}
            assert legend.issuperset(hues)
