import os
from collections.abc import Callable
from functools import partial

import pytest

from rnn_tui.errors import InputError
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.launch import run_screen
from tests.tui.stage import FakeSession


@pytest.fixture
def sessions() -> list[FakeSession]:
    return []


@pytest.fixture
def run(sessions: list[FakeSession], monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the screen, with `play` in the place of the app's life."""

    def run(play: Callable[[RnnApp], None], **options: str) -> int:
        def make(listener: object) -> FakeSession:
            sessions.append(FakeSession(listener))  # type: ignore[arg-type]
            return sessions[0]

        monkeypatch.setattr(RnnApp, "run", play)
        return run_screen(partial(RnnApp, make, **options))  # type: ignore[arg-type]

    return run


def test_the_session_is_started_before_and_closed_after(
    run: Callable[..., int], sessions: list[FakeSession]
) -> None:
    seen = []
    assert run(lambda app: seen.append(list(sessions[0].calls))) == 0
    assert seen == [["start"]]
    assert sessions[0].calls == ["start", "close"]


def test_the_exit_code_is_the_apps(run: Callable[..., int]) -> None:
    assert run(lambda app: setattr(app, "_return_code", 143)) == 143


def test_a_fault_of_ours_is_one_line_on_the_terminal(
    run: Callable[..., int], sessions: list[FakeSession], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: RnnApp) -> None:
        raise LookupError("no\x1b[2Jway\n")

    assert run(fail) == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith("rnn-tui: a fault of ours: LookupError: no␛[2Jway↵ (traceback in ")
    assert said.count("\n") == 1
    assert sessions[0].calls == ["start", "close"]


def test_nothing_is_launched_beside_the_session(
    run: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("multiprocessing.resource_tracker.ensure_running", fail)
    assert run(lambda app: None) == 0


def test_an_unknown_theme_starts_nothing(
    run: Callable[..., int], sessions: list[FakeSession]
) -> None:
    with pytest.raises(InputError):
        run(lambda app: None, theme="moonlight")
    assert sessions == []


def test_sizes_that_a_parent_exported_are_forgotten(
    run: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    seen = []
    run(lambda app: seen.append({"COLUMNS", "LINES"} & set(os.environ)))
    assert seen == [set()]
