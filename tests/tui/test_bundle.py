"""What a screen gives to a bundle, and what it opens with."""

from rnn_tui.protocol.commands import SaveBundle
from rnn_tui.protocol.scene import Scene
from rnn_tui.tui.screens.memory import MemoryScreen
from tests.tui.stage import Stage

SCENE = Scene(
    "memory",
    {
        "train": {"prefix": "hel"},
        "unrolled": {"text": "lo↵"},
        "memory": {"text": "hello", "pattern": "l+", "look": "surprise"},
    },
    "validation",
    3,
)


async def test_it_is_told_what_is_looked_at_and_typed() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        for key in ["slash", *"hel", "escape", "2", "slash", *"lo", "escape", "5", "tab", "tab"]:
            await pilot.press(key)
        await pilot.press("W")
        (saved,) = [sent for sent in stage.session.commands if isinstance(sent, SaveBundle)]
        assert saved.path is None
        scene = saved.scene
        assert scene.page == "memory"
        assert scene.memos["train"] == {"prefix": "hel"}
        assert scene.memos["unrolled"] == {"text": "lo"}
        assert scene.memos["memory"]["look"] == [*MemoryScreen.LOOKS][2]
        assert (scene.part, scene.start) == ("training", 0)


async def test_it_opens_there() -> None:
    stage = Stage(scene=SCENE)
    async with stage.open() as pilot:
        front = stage.app.front
        assert isinstance(front, MemoryScreen)
        assert front.look == "surprise"
        assert front.reading.typed == "hello"
        assert (stage.app.passage.part, stage.app.passage.start) == ("validation", 3)
        assert stage.app.scene == Scene(
            "memory", {**SCENE.memos, "memory": SCENE.memos["memory"]}, "validation", 3
        )
        await pilot.press("escape", "2")
        await stage.settle(pilot)
        assert stage.session.views[-1].inside[0].reading.typed == "lo\n"  # type: ignore[attr-defined]
        assert "your text:" in stage.text
        await pilot.press("1")
        await stage.settle(pilot)
        assert stage.session.views[-1].prefix == "hel"


async def test_names_that_nobody_knows_do_no_harm() -> None:
    memos = {
        "train": {"prefix": "x" * 500, "y": "z"},
        "nowhere": {},
        "memory": {"look": "sideways"},
    }
    stage = Stage(scene=Scene("nowhere", memos, "training", 10**9))
    async with stage.open() as pilot:
        assert stage.app.current_mode == "train"
        await pilot.press("5")
        await stage.settle(pilot)
        assert stage.app.current_mode == "memory"
