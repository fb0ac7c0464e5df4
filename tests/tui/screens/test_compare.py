from pathlib import Path

import pytest

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.comparing.reading import read_all
from rnn_tui.tui.compare_app import CompareApp
from rnn_tui.tui.widgets.compare.chart import CompareChart
from rnn_tui.tui.widgets.compare.table import CompareTable
from tests.comparing.logs import write


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    """Three runs, the second the shortest and the third the best."""
    losses = ([3.0, 2.0, 1.9, 1.8], [3.0, 2.5], [3.0, 1.0, 0.5])
    paths = [
        write(tmp_path / f"run{n}.jsonl", values, seed=n, batch_size=2, seq_length=3)
        for n, values in enumerate(losses)
    ]
    return Comparison(read_all(paths))


async def test_keys(comparison: Comparison) -> None:
    app = CompareApp(comparison)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        chart, table = app.screen.query_one(CompareChart), app.screen.query_one(CompareTable)
        assert table.places == [0, 1, 2]
        await pilot.press("down", "space")
        assert (comparison.marked, comparison.shown) == (1, [0, 2])
        await pilot.press("o")
        assert comparison.shown == [1]
        await pilot.press("o")
        assert comparison.shown == [0, 1, 2]
        await pilot.press("s", "s", "s")
        assert table.places == [2, 0, 1]
        await pilot.pause()
        assert comparison.marked == 1
        await pilot.press("m", "x", "x", "v", "l", "L")
        choice = comparison.choice
        assert (choice.smoothing, choice.along, choice.kind) == (0.6, "characters", "each")
        assert chart.log_scale
        assert chart.log_along
        await pilot.press("left", "left", "plus")
        assert chart.sight.near
        assert chart.sight.cursor is not None
        await pilot.press("tab", "w")
        assert (chart.sight.near, chart.sight.cursor) == (False, None)
        await pilot.press("q")
    assert app.return_code == 0


async def test_all_hidden_or_no_validation_is_said(comparison: Comparison) -> None:
    app = CompareApp(comparison)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v", "v")
        await pilot.pause()
        chart = app.screen.query_one(CompareChart)
        assert "nothing of the shown runs lies here" in text_of(chart)
        await pilot.press("v", "space", "down", "space", "down", "space")
        assert comparison.shown == []
        assert "nothing of the shown runs lies here" in text_of(chart)


@pytest.mark.parametrize("size", [(1, 1), (12, 5), (30, 9), (200, 60)])
async def test_any_size(comparison: Comparison, size: tuple[int, int]) -> None:
    app = CompareApp(comparison)
    async with app.run_test(size=size) as pilot:
        await pilot.press("left", "x", "L", "plus", "minus", "s", "down")
        await pilot.pause()
    assert not app.crash


async def test_a_click_puts_the_cursor_and_marks(comparison: Comparison) -> None:
    app = CompareApp(comparison)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#curves", offset=(40, 3))
        chart = app.screen.query_one(CompareChart)
        assert chart.sight.cursor == pytest.approx(2.0, abs=0.4)
        await pilot.click("#table", offset=(4, 3))
        await pilot.pause()
        assert comparison.marked == 2


def text_of(chart: CompareChart) -> str:
    """Return what is painted on the chart."""
    return "\n".join(chart.render_line(y).text for y in range(chart.size.height))


async def test_coming_nearer_shows_the_losses_there_alone(comparison: Comparison) -> None:
    app = CompareApp(comparison)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        chart = app.screen.query_one(CompareChart)
        whole = chart.picture().over
        assert whole.low == 0
        await pilot.press("plus", "plus")
        over = chart.picture().over
        seen = [loss for curve in chart.picture().curves for loss in curve.losses.tolist()]
        assert over.low <= min(seen)
        assert max(seen) <= over.high
        assert over.span < whole.span / 1.2
        await pilot.press("w")
        assert chart.picture().over == whole
