"""Times as a person reads them, each number with its unit."""

import pytest

from rnn_tui.language.counts import duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (245.2, "4 min 5 s"),
        (3599.7, "1 h 0 min"),
        (7380, "2 h 3 min"),
        (3_600_000, "1,000 h 0 min"),
    ],
)
def test_a_time_in_its_largest_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said
