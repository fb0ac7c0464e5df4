"""A sweep that is killed again and again comes to what one comes to that is left alone."""

from pathlib import Path

import pytest

from shake import sweeps
from tests.marks import needs_proc

RUNS, KILLS = 6, 2


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, sweeps.Came]:
    """A folder, and what a sweep in it comes to."""
    folder = tmp_path_factory.mktemp("sweeps")
    (folder / "alone").mkdir()
    return folder, sweeps.alone(folder / "alone" / "sweep", RUNS)


@needs_proc
def test_here(expected: tuple[Path, sweeps.Came]) -> None:
    tally = sweeps.shake_here(*expected, RUNS, KILLS, seed=1)
    assert not tally.wrong
    assert (tally.programs, tally.workers) == (KILLS, 1)


@needs_proc
def test_on_a_cluster(expected: tuple[Path, sweeps.Came]) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    tally = sweeps.shake_cluster(*expected, RUNS, KILLS, seed=1)
    assert not tally.wrong
    assert (tally.programs, tally.workers) == (KILLS, 1)
