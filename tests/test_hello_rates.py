"""What README and help say of learning rates on hello, as `scripts/hello_rates.py` counts it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.tui.screens.words import TRIALS

ROOT = Path(__file__).parents[1]
COUNT = """
import sys
import hello_rates
rate, turned_at = float(sys.argv[1]), int(sys.argv[2])
print(hello_rates.runs(rate, turned_at, 12, int(sys.argv[3])))
"""


def counted(rate: float, turned_at: int, updates: int = 2000) -> tuple[int, int, int]:
    """Seeds that learned it, got stuck, were stopped."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(rate), str(turned_at), str(updates)],
        cwd=ROOT / "scripts", capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    learned, stuck, stopped = map(int, done.stdout.split("|"))
    return learned, stuck, stopped


@pytest.mark.parametrize(
    ("rate", "turned_at", "updates", "found"),
    [(1.0, 0, 2000, (4, 8, 0)), (2.0, 300, 300, (12, 0, 0))],
)
def test_so_many_seeds_learn_hello(
    rate: float, turned_at: int, updates: int, found: tuple[int, ...]
) -> None:
    assert counted(rate, turned_at, updates) == found


def test_at_50_from_the_first_update_every_seed_is_stopped() -> None:
    assert counted(50.0, 0) == (0, 0, 12)
    assert any("rate is 50" in trial and "each of 12 seeds" in trial for trial in TRIALS)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("README.md", "even 2 does no harm: 12 of 12 seeds"),
        ("README.md", "0.5 learns it with 10 of 12 seeds and 1 with 4 of 12"),
        ("README.ko.md", "2로 올려도 괜찮습니다(시드 12개 중 12개)"),
        ("README.ko.md", "0.5는 12개 중 10개, 1은 12개 중 4개의 시드만"),
    ],
)
def test_the_documents_say_these_counts(page: str, words: str) -> None:
    assert words in re.sub(r"\s+", " ", (ROOT / page).read_text("utf-8"))
