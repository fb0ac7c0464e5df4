from dataclasses import replace

import pytest
from textual import events

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.table import KEYS
from rnn_tui.worker.commands import Pause, Restart, Step
from tests.tui.stage import Stage


def mine(**keys: str) -> KeyTable:
    """Return the table with keys changed, `__` standing for the dot in a name."""
    named = {name.replace("__", "."): value for name, value in keys.items()}
    rows = tuple(replace(key, keys=named.get(key.id, key.keys)) for key in KEYS)
    return KeyTable(rows, tuple(named))


async def test_the_new_key_works_and_the_old_one_does_not() -> None:
    stage = Stage(keys=mine(train__pause="p f5", train__step="[", time__back="space"))
    async with stage.open() as pilot:
        await pilot.press("s", "p")
        assert stage.session.commands == [Pause()]
        await pilot.press("left_square_bracket")
        assert stage.session.commands[-1] == Step()
        await pilot.press("f5")
        assert len(stage.session.commands) == 3


async def test_every_place_that_names_a_key_names_the_new_one() -> None:
    stage = Stage(keys=mine(train__pause="p", prefix__enter="f3", app__help="h", app__quit="x"))
    async with stage.open((120, 300)) as pilot:
        assert stage.footer.startswith("p pause")
        assert "Press f3 and type" in stage.text
        await pilot.press("h")
        await stage.settle(pilot)
        assert "p  Pause or resume" in stage.text
        assert "Press p, then s several times" in " ".join(stage.text.split())
        await pilot.press("h")
        await stage.settle(pilot)
        assert "Pause or resume" not in stage.text
        await pilot.press("ctrl+c")
        await stage.settle(pilot)
        assert stage.status == "x leaves the program."
        await pilot.press("f3", "x", "h", "escape")
        assert stage.app.return_code is None


@pytest.mark.parametrize(
    ("characters", "commands"),
    [("ㄴ", [Step()]), ("ы", [Step()]), ("σ", [Step()]), ("S", [Step()]), ("ｓ", [Step()]),
     ("КК", [Restart(1)]), ("RR", [Restart(1)]), ("ä", [])],
)  # fmt: skip
async def test_other_keyboards(characters: str, commands: list[object]) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        for character in characters:
            stage.app.post_message(events.Key(character, character))
        await stage.settle(pilot)
        assert stage.session.commands == commands
