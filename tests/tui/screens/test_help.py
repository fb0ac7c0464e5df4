import pytest
from textual.containers import VerticalScroll

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.table import KEYS
from rnn_tui.nn.names import NetworkName
from rnn_tui.protocol.replies import Started
from rnn_tui.tui.screens.lessons import BACKPROP, GRADIENTS, UNROLLED
from tests.tui.conftest import Compare
from tests.tui.snapshots import make_config, make_info
from tests.tui.stage import Stage


async def everything(stage: Stage, size: tuple[int, int]) -> str:
    """Return the whole page: the window is made high enough for it."""
    async with stage.open(size) as pilot:
        await pilot.press("question_mark")
        await stage.settle(pilot)
        return stage.text


@pytest.mark.parametrize("width", [60, 200])
async def test_no_word_is_lost_at_any_width(width: int) -> None:
    words = (await everything(Stage(), (width, 700))).split()
    for key in KEYS:
        sentence = KeyTable().named(key.sentence).split()
        assert any(words[i : i + len(sentence)] == sentence for i in range(len(words)))


async def test_what_was_chosen_unasked_is_there() -> None:
    text = await everything(Stage("lstm"), (120, 200))
    assert "LSTM 2×128" in text


async def test_every_key_is_explained_and_what_was_done_to_the_text() -> None:
    text = await everything(Stage(), (120, 600))
    for key in KEYS:
        also = f"  also {key.others}" if key.others else ""
        assert f"{key.face}  {key.title}{also}\n" in text
    assert "The final newline of this one-line text was dropped." in text


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ("recurrent", "It carries a few numbers, its hidden state"),
        ("dense", "follows from the last 8 characters it has read"),
        ("cnn", "follows from the last 3 characters it has read"),
    ],
)
async def test_what_it_remembers_is_that_of_the_network(network: NetworkName, said: str) -> None:
    stage = Stage()
    async with stage.open((120, 400), started=False) as pilot:
        await stage.tell(pilot, Started(make_info(config=make_config(network=network)), 0))
        await pilot.press("question_mark")
        await stage.settle(pilot)
        text = " ".join(stage.text.split())
    assert said in text
    assert ("carries a few numbers" in text) == (network == "recurrent")
    assert ("sees the last" in text) == (network != "recurrent")


async def test_it_opens_before_the_network_stands() -> None:
    stage = Stage()
    async with stage.open(started=False) as pilot:
        await pilot.press("question_mark")
        await stage.settle(pilot)
        assert "What you see" in stage.text


async def test_it_scrolls() -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        await pilot.press("question_mark")
        await stage.settle(pilot)
        await pilot.press("pagedown")
        await stage.settle(pilot)
        assert stage.app.screen.query_one(VerticalScroll).scroll_target_y > 0


async def test_picture(same_text: Compare) -> None:
    stage = Stage()
    async with stage.open((80, 60)) as pilot:
        await pilot.press("question_mark")
        await stage.settle(pilot)
        same_text(stage.app)


async def test_keys_behind_it_sleep() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("question_mark")
        await stage.settle(pilot)
        await pilot.press("s", "space", "r")
        assert stage.session.commands == []


async def test_each_screen_explains_itself_first() -> None:
    stage = Stage()
    async with stage.open((92, 200)) as pilot:
        for key, lesson in {"2": UNROLLED, "3": BACKPROP, "4": GRADIENTS}.items():
            await pilot.press(key, "question_mark")
            await stage.settle(pilot)
            lines = [line.strip() for line in stage.text.splitlines()]
            assert next(line for line in lines if line) == lesson.title
            words = " ".join(" ".join(lines).split())
            for told in (lesson.text, *lesson.equations, *lesson.trials):
                assert " ".join(KeyTable().named(told).split()) in words
            await pilot.press("escape")
            await stage.settle(pilot)
            assert lesson.title not in stage.text
