import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of 120×40; without tmux the test fails in CI and is skipped elsewhere."""
    if not shutil.which("tmux"):
        if os.environ.get("CI"):
            pytest.fail("tmux is missing; the tests in a real terminal cannot be left out here")
        pytest.skip("tmux is not installed")
    with TemporaryDirectory(prefix="rnn-tui-") as short:  # a socket's path has few letters
        environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        it = Terminal(Path(short), (120, 40), environment)
        yield it
        it.close()
