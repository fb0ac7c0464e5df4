import pytest
from textual.app import App, ComposeResult

from rnn_tui.tui.widgets.status_line import StatusLine
from tests.tui.stage import painted

NOTES = ("One is dropped.", "Two is chosen.", "Three 한글.")


class Alone(App[None]):
    def compose(self) -> ComposeResult:
        yield StatusLine()


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (60, "One is dropped. Two is chosen. Three 한글."),
        (54, "One is dropped. Two is chosen. Three 한글."),
        (44, "One is dropped. Two is chosen. Three 한글."),
        (43, "One is dropped. (? tells 2 more)"),
        (27, "One is… (? tells 2 more)"),
    ],
)
async def test_whole_sentences_and_where_the_rest_is(width: int, text: str) -> None:
    app = Alone()
    async with app.run_test(size=(width, 1)) as pilot:
        app.query_one(StatusLine).tell("", NOTES)
        await pilot.pause()
        assert painted(app).strip() == text


async def test_a_message_comes_before_notes_and_goes_again() -> None:
    app = Alone()
    async with app.run_test(size=(60, 1)) as pilot:
        line = app.query_one(StatusLine)
        line.tell("Saved.", NOTES)
        await pilot.pause()
        assert painted(app).strip() == "Saved."
        assert line.has_class("-message")
        line.tell("", ())
        await pilot.pause()
        assert painted(app).strip() == ""
