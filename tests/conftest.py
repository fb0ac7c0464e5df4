import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rnn_tui.language import AUTO, language_of, use
from rnn_tui.text.corpus import Corpus, corpus_from_bytes

ROOT = Path(__file__).parent.parent

os.environ["RNN_TUI_CONFIG"] = os.devnull
"""Whoever runs the tests may have settings of their own …"""
_records = TemporaryDirectory(prefix="rnn-tui-")
os.environ["XDG_DATA_HOME"] = _records.name
"""… and records of their own, which tests leave alone …"""
for _name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    if language_of(AUTO, {_name: os.environ.get(_name, "")}) != "en":
        os.environ[_name] = "C.UTF-8"  # … and a language

KINDS = {
    "tmux": (
        "tests/e2e/test_completion.py", "tests/e2e/test_copying.py", "tests/e2e/test_screen.py",
        "tests/e2e/test_sources.py", "tests/e2e/test_terminals.py", "tests/e2e/test_widths.py",
    ),
    "process": (
        "tests/checkpoint/test_resume_matrix.py::test_in_a_new_process",
        "tests/cli/test_built_in.py", "tests/cli/test_completion.py", "tests/cli/test_errors.py",
        "tests/cli/test_locales.py", "tests/cli/test_named_pipes.py", "tests/cli/test_pipes.py",
        "tests/cli/test_start.py", "tests/cli/test_streams.py", "tests/e2e/", "tests/exports/",
        "tests/plain/test_train.py", "tests/process/", "tests/race/test_real_race.py",
        "tests/saving/test_keeper.py", "tests/test_hello_", "tests/test_limits.py",
        "tests/test_packaging.py", "tests/test_shake",
    ),
    "web": ("tests/web/",),
    "documents": ("tests/test_claims.py", "tests/test_documents.py", "tests/test_makefile.py"),
}  # fmt: skip
"""Marks, and where their tests are; the first that fits is given. `make test` leaves all out."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests the marks of their places."""
    for item in items:
        name = next((name for name, places in KINDS.items() if item.nodeid.startswith(places)), "")
        if name:
            item.add_marker(name)


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than processors: a quarter of the time, tests wait for processes."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) + 1
    return (os.cpu_count() or 1) + 1


gc.disable()
"""While tests are collected: what is made then stays."""


def pytest_collection_finish() -> None:
    """Spare the collector what stays for all tests; it took a fifth of their time.

    An app is some hundred thousand objects that refer to each other: let there be one or two before
    they are looked through, and several before all is.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


@pytest.fixture
def hello() -> Corpus:
    return corpus_from_bytes(b"hello\n", "hello.txt")


@pytest.fixture
def corpus_of() -> Callable[[str], Corpus]:
    return lambda text: corpus_from_bytes(text.encode(), "text.txt")


@pytest.fixture
def prose() -> Corpus:
    """A text of some length whose structure a small network can learn."""
    words = "the cat sat on the mat and the dog ran to the red barn while it rained "
    return corpus_from_bytes((words * 130).encode(), "prose.txt")
