"""What the README says of the time that hello takes, as `scripts/hello_times.py` counts it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def counted() -> str:
    """The last line that the script prints."""
    done = subprocess.run(
        [sys.executable, "scripts/hello_times.py"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("README.md", "in nine seconds (other seeds: four to nine,"),
        ("README.ko.md", "9초 만에 0.1 아래로 내려갑니다(시드 12개로는 4~9초,"),
    ],
)
def test_the_documents_say_what_the_script_counts(counted: str, page: str, words: str) -> None:
    assert counted == "seed 0: 9 s; 12 seeds: 4 to 9 s"
    assert words in re.sub(r"\s+", " ", (ROOT / page).read_text("utf-8"))
