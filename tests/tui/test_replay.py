"""The screen takes a replay for a live run, and says what a log does not hold."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.replay.session import Replay, open_log
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.control.controls import PRECIOUS
from tests.tui.stage import SIZES, SLOWEST, painted

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")
STAYS_EMPTY = "no network"


def app_on(path: Path) -> RnnApp:
    player, infos = open_log(path)
    player.paused = True
    return RnnApp(
        lambda listener: Replay(player, listener, infos=infos, clock=lambda: 0.0),
        fps=SLOWEST,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("replay") / "log"
    with redirect_stdout(StringIO()):
        assert main(["train", HELLO, "--updates", "40", "--log", str(path)]) == 0
    return path


async def test_every_page(log: Path) -> None:
    app = app_on(log)
    app.session.start()
    async with app.run_test() as pilot:
        for key in "12345":
            await pilot.press(key)
            for size in SIZES:
                await pilot.resize_terminal(*size)
                for _ in range(3):
                    await pilot.pause()
                assert STAYS_EMPTY in " ".join(painted(app).split()), (key, size)


async def test_keys_play_it(log: Path) -> None:
    app = app_on(log)
    app.session.start()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("s", "s", "s")
        for _ in range(3):
            await pilot.pause()
        assert app.snapshot is not None
        assert app.snapshot.update == 3
        await pilot.press(*["right_square_bracket"] * 60)
        for _ in range(3):
            await pilot.pause()
        assert app.snapshot.update == 40
        assert "The log ends here. " in painted(app)
        await pilot.press("greater_than_sign")
        for _ in range(3):
            await pilot.pause()
        assert "nothing new can happen" in painted(app)
        app.controls._trained = 2 * PRECIOUS
        await pilot.press("r")
        for _ in range(3):
            await pilot.pause()
        assert app.snapshot.update == 0  # at once: nothing is thrown away
