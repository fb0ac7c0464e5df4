from dataclasses import replace

import pytest
from textual import events
from textual.command import CommandPalette

from rnn_tui.keys.in_force import PAGES, KeyTable
from rnn_tui.keys.strokes import face, textual_name
from rnn_tui.keys.table import KEYS
from rnn_tui.protocol.commands import Pause, Restart, Step, Travel
from rnn_tui.protocol.replies import Notice
from tests.tui.inside import InsideStage
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


async def test_what_needs_another_hand_has_a_second_key() -> None:
    second = {"pageup": -1, "pagedown": 1, "left_parenthesis": -10, "right_parenthesis": 10}
    stage, expected = Stage(), list[Travel]()
    async with stage.open() as pilot:
        for page in "012345":
            await pilot.press(page)
            for key, updates in second.items():
                expected.append(Travel(updates))
                await pilot.press(key)
                await stage.settle(pilot)
                assert stage.session.commands == expected, (page, key)


async def test_digits_of_other_keyboards_open_the_pages() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        # What stands below the French 5 is a key already: ( goes far back.
        for digits in ("à&é\"'", "๐๑๒๓๔๕", "٠١٢٣٤٥"):
            for character, name in zip(digits, PAGES, strict=False):
                await pilot.press(textual_name(character))
                await stage.settle(pilot)
                assert stage.app.current_mode == name


async def test_the_palette_has_a_key_that_no_terminal_keeps() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("colon")
        await stage.settle(pilot)
        assert isinstance(stage.app.screen, CommandPalette)


async def test_every_place_that_names_a_key_names_the_new_one() -> None:
    stage = Stage(keys=mine(train__pause="p", prefix__enter="f3", app__help="h", app__quit="x"))
    async with stage.open((120, 300)) as pilot:
        assert stage.footer.startswith("p pause")
        assert "│ f3 after h" in stage.text
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


TYPED: list[tuple[str, list[object]]] = [
    ("ㄴ", [Step()]), ("ы", [Step()]), ("σ", [Step()]), ("S", [Step()]), ("ｓ", [Step()]),
    ("КК", [Restart(1)]), ("RR", [Restart(2)]), ("ä", []),
    ("ד", [Step()]), ("س", [Step()]), ("ห", [Step()]), ("ฑฑ", [Restart(3)]),
]  # fmt: skip
"""What is typed, one after the other, and what comes of it: each new start has the next seed."""


async def test_other_keyboards() -> None:
    stage, expected = Stage(), list[object]()
    async with stage.open() as pilot:
        for characters, commands in TYPED:
            expected += commands
            for character in characters:
                stage.app.post_message(events.Key(character, character))
            await stage.settle(pilot)
            assert stage.session.commands == expected, characters


NEW = {key.id: chr(ord("Ā") + number) for number, key in enumerate(KEYS)}
"""Every key is another: a letter that no sentence has."""


def all_new() -> KeyTable:
    """Return the table with no key left as it was."""
    return KeyTable(tuple(replace(key, keys=NEW[key.id]) for key in KEYS), tuple(NEW))


async def test_with_every_key_remapped_no_screen_says_an_old_one() -> None:
    stage = InsideStage(keys=all_new())
    old = {face(stroke) for key in KEYS for stroke in key.strokes if len(face(stroke)) > 1}
    old |= {*"[]<>?", "Home", "End"}
    seen = ""
    async with stage.open((120, 300), state="paused") as pilot:
        for page in ("unrolled", "backprop", "gradients", "memory", "train"):
            await stage.press(pilot, NEW[f"screen.{page}"])
            words = {word.strip(".,;:()") or word for word in stage.text.split()}
            assert words & old <= {"end"}, page
            seen += stage.text
            await stage.press(pilot, NEW["app.help"])
            seen += stage.text
            assert not {"Home", "End", "esc", "^p", "⇧←"} & set(stage.text.split()), page
            await stage.press(pilot, NEW["help.close"])
    assert f"{NEW['backprop.on']} does the next micro-step" in " ".join(seen.split())
    assert f"Keys: the network unrolled ({NEW['screen.unrolled']})" in seen
    assert f"{NEW['backprop.check']} checks it" in seen


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (Notice("This run is not kept. {train.save} saves it elsewhere."), "train.save"),
        (Notice("One branch only: {time.back} goes back."), "time.back"),
    ],
)
async def test_what_the_worker_says_names_the_new_key(message: Notice, shown: str) -> None:
    stage = Stage(keys=all_new())
    async with stage.open() as pilot:
        await stage.tell(pilot, message)
        assert f"{NEW[shown]} " in stage.status
        assert "{" not in stage.status


async def test_lines_to_type_in_begin_with_the_new_key() -> None:
    stage = InsideStage(keys=all_new())
    async with stage.open() as pilot:
        assert f" {NEW['prefix.enter']} " in stage.text
        await stage.press(pilot, NEW["screen.gradients"], NEW["gradients.text"])
        assert f"{NEW['gradients.text']} your text:" in stage.text
