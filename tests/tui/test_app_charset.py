import unicodedata
from collections import Counter

import pytest

from rnn_tui.charsets.names import Charset
from rnn_tui.charsets.spelling import spell
from rnn_tui.protocol.replies import Lost
from tests.tui.snapshots import Kind, make_symbols
from tests.tui.stage import Stage


def allowed(charset: Charset, text: str) -> bool:
    if charset == "ascii":
        return text.isascii()
    return not any(unicodedata.east_asian_width(c) == "A" for c in text)


@pytest.mark.parametrize("charset", ["ascii", "narrow"])
@pytest.mark.parametrize(("kind", "size"), [("hello", (80, 24)), ("korean", (200, 60))])
async def test_every_screen_paints_only_what_the_terminal_has(
    charset: Charset, kind: Kind, size: tuple[int, int]
) -> None:
    stage = Stage(kind, charset=charset)
    async with stage.open(size, state="paused") as pilot:
        for keys in (["1"], ["slash", "h", "→", "é", "escape"], ["2"], ["3"], ["4"], ["ctrl+p"],
                     ["escape", "?"], ["pagedown"], ["escape"]):  # fmt: skip
            await pilot.press(*keys)
            await stage.settle(pilot)
            assert allowed(charset, stage.text), keys
        await stage.tell(pilot, Lost(9, "é → 한"))
        assert allowed(charset, stage.text)


async def test_lines_are_as_wide_as_the_screen() -> None:
    stage = Stage("korean", charset="ascii")
    async with stage.open((120, 40)):
        lines = stage.app.screen._compositor.render_strips()
        assert {sum(part.cell_length for part in line) for line in lines} == {120}
        assert "????" not in stage.text


async def test_that_symbols_look_alike_is_said() -> None:
    spelled = Counter(spell(symbol, "ascii") for symbol in make_symbols("korean"))
    stage = Stage("korean", charset="ascii")
    async with stage.open() as pilot:
        for width in (80, 200):
            await pilot.resize_terminal(width, 40)
            await stage.settle(pilot)
            status = stage.status
            assert "symbols look alike here; see --charset." in status
            told = int(status.split(" of ")[0].replace(",", ""))
            assert told == sum(count for count in spelled.values() if count > 1) > 9


@pytest.mark.parametrize(("kind", "charset"), [("hello", "ascii"), ("korean", "unicode"),
                                               ("korean", "narrow")])  # fmt: skip
async def test_nothing_is_said_where_all_can_be_told_apart(kind: Kind, charset: Charset) -> None:
    stage = Stage(kind, charset=charset)
    async with stage.open():
        assert "look alike" not in stage.status
