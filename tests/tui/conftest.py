import re
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App

from tests.tui.stage import painted

Compare = Callable[[App[None]], None]


class TextExtension(SingleFileSnapshotExtension):
    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class PictureExtension(SingleFileSnapshotExtension):
    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the person's own log, colors and working folder out of it."""
    monkeypatch.setattr("rnn_tui.worker.log.user_log_path", lambda *_, **__: Path("log"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def same_text(snapshot: SnapshotAssertion) -> Compare:
    """Compares what is painted with the text kept under __snapshots__."""

    def compare(app: App[None]) -> None:
        assert painted(app) == snapshot(extension_class=TextExtension)

    return compare


@pytest.fixture
def same_picture(snapshot: SnapshotAssertion) -> Compare:
    """Compares what is painted, colors included, with the picture kept under __snapshots__."""

    def compare(app: App[None]) -> None:
        svg = app.export_screenshot(simplify=True)
        assert re.sub(r"terminal-\d+-", "terminal-", svg) == snapshot(
            extension_class=PictureExtension
        )

    return compare
