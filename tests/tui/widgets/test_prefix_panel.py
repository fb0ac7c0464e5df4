from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from textual import events

from rnn_tui.tui.widgets.prefix_panel import LONGEST, PrefixInput, PrefixPanel
from rnn_tui.tui.widgets.text_bar import TextBar
from tests.tui.snapshots import make_info, make_prefix, make_snapshot
from tests.tui.widgets.stage import Stage


async def test_typing_is_told_letter_by_letter() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        assert "Press / and type" in app.text
        panel.query_one(PrefixInput).focus()
        await pilot.press("h", "e", "space", "l")
        await pilot.pause()
        assert app.heard == ["h", "he", "he ", "he l"]
        assert panel.text == "he l"


async def test_predictions_follow_what_was_typed() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        panel.show(make_snapshot("korean", 900), make_info("korean"))
        await pilot.pause()
        assert "⇥ ␣" in app.text
        assert panel.visible_rows == 5


async def test_korean_can_be_typed_and_pasted() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        box = panel.query_one(PrefixInput)
        box.focus()
        await pilot.press("한")
        box.post_message(events.Paste("글 영화"))
        await pilot.pause()
        assert panel.text == "한글 영화"
        assert "한글 영화" in app.text


@pytest.mark.parametrize(
    ("pasted", "shown", "meant"),
    [
        ("a\nb\tc", "a↵b␉c", "a\nb\tc"),
        ("a\r\nb\r", "a↵b↵", "a\nb\n"),
        ("x\x1b[31my", "x␛[31my", "x\x1b[31my"),
        ("\u202eab", "\ufffdab", "\ufffdab"),
        ("[/x]", "[/x]", "[/x]"),
    ],
)
async def test_what_is_pasted_is_shown_safely_and_meant_literally(
    pasted: str, shown: str, meant: str
) -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        box = panel.query_one(PrefixInput)
        box.focus()
        box.post_message(events.Paste(pasted))
        await pilot.pause()
        assert box.value == shown
        assert shown in app.text
        assert app.heard == [meant]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("का👍🏽!", "कआ👍◑!"), ("나〮ภาษา น้ำ", "나∙ภาษา น้า"), ("❤️ 👨‍👩", "❤\u034f 👨‿👩")],
)
async def test_what_has_no_agreed_width_is_meant_as_typed_and_the_cursor_knows_its_columns(
    text: str, shown: str
) -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        box = panel.query_one(PrefixInput)
        box.focus()
        box.post_message(events.Paste(text))
        await pilot.pause()
        assert panel.text == text
        assert shown in app.text
        assert box._cursor_offset == cell_len(shown) + 1  # behind the text
        starts = [cell_len(shown[:at]) for at in range(len(shown) + 1)]
        for column in sorted(set(starts)):
            await pilot.click(box, offset=(column, 0))
            await pilot.pause()
            assert starts[box.cursor_position] == column


async def test_a_long_paste_is_cut_and_selected_text_replaced() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        box = panel.query_one(PrefixInput)
        box.focus()
        box.post_message(events.Paste("ab" * LONGEST))
        await pilot.pause()
        assert len(box.value) == LONGEST
        box.select_all()
        box.post_message(events.Paste("new"))
        await pilot.pause()
        assert box.value == "new"


@pytest.mark.parametrize("bar", [PrefixPanel(), TextBar("unrolled.text")], ids=["prefix", "text"])
async def test_a_full_line_says_so_and_rings_no_bell(
    bar: PrefixPanel | TextBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Stage(bar)
    rung: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append("bell"))
    async with app.run_test(size=(70, 10)) as pilot:
        box = app.query_one(PrefixInput)
        box.focus()
        box.post_message(events.Paste("ab" * LONGEST))
        await pilot.pause()
        assert box.max_length
        assert len(box.value) == box.max_length
        await pilot.press("x")
        assert box.value[-1] == "b"
    full = f"The line is full: it takes {box.max_length} characters."
    assert [said for said in app.said if said] == [full] * 2
    assert rung == []


async def test_tab_takes_the_likeliest_also_where_it_is_a_newline() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        panel.text = "he"
        panel.query_one(PrefixInput).focus()
        await pilot.press("end")
        for symbol, expected in ((2, "hel"), (4, "hel\n")):
            view = replace(make_prefix(prefix=panel.text), top_ids=np.array([symbol, 0, 1, 3]))
            info = make_info("hello", symbols=("h", "e", "l", "o", "↵"))
            panel.show(make_snapshot(prefix=view), info)
            await pilot.press("tab")
            assert panel.text == expected
        assert panel.query_one(PrefixInput).value == "hel↵"


async def test_tab_finishes_a_syllable() -> None:
    panel = PrefixPanel()
    letters = ("\u1112", "\u1161", "\u11ab", "!")
    info = make_info(symbols=("ㅎ", "ㅏ", "ㄴ\u0323", "!"), letters=letters)
    async with Stage(panel).run_test(size=(70, 10)) as pilot:
        panel.text = "a ㅎ"
        panel.query_one(PrefixInput).focus()
        for symbol, expected in ((1, "a 하"), (2, "a 한"), (0, "a 한\u1112"), (1, "a 한하")):
            view = replace(make_prefix(prefix=panel.text), top_ids=np.array([symbol, 0, 1, 2]))
            panel.show(make_snapshot(prefix=view), info)
            await pilot.press("tab")
            assert panel.text == expected


async def test_tab_does_not_take_an_answer_to_another_text() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        await pilot.pause()
        panel.show(make_snapshot(prefix=make_prefix(prefix="h")), make_info())
        panel.text = "hello"
        panel.query_one(PrefixInput).focus()
        await pilot.press("tab")
        assert panel.text == "hello"


async def test_escape_gives_the_keyboard_back_and_keeps_the_text() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        panel.query_one(PrefixInput).focus()
        await pilot.press("h", "escape", "e")
        assert app.focused is None
        assert panel.text == "h"


async def test_unknown_symbols_are_named() -> None:
    panel = PrefixPanel()
    app = Stage(panel)
    async with app.run_test(size=(70, 10)) as pilot:
        panel.show(make_snapshot(prefix=replace(make_prefix(), unknown=("x",))), make_info())
        await pilot.pause()
        assert "'x' never occurs in this text; known: h e l o" in app.text
