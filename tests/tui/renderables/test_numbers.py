import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.tui.renderables import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.386, "1.39"),
        (0.1, "0.100"),
        (0.9996, "1.00"),
        (9.996, "10.0"),
        (999.6, "1,000"),
        (123456.0, "123,456"),
        (1234567.0, "1.23e6"),
        (0.00012, "0.000120"),
        (0.0000123, "1.23e−5"),
        (-1.2, "−1.20"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_three_significant_digits_are_kept_also_where_rounding_adds_a_digit(
    value: float, text: str
) -> None:
    assert numbers.significant(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.03, "0.03"), (1.0, "1"), (2e-5, "2e−5"), (2.5, "2.5"), (100.0, "100")]
)
def test_trimmed_numbers_end_in_no_zeros(value: float, text: str) -> None:
    assert numbers.trimmed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0705, "0.070"), (0.9999, "1.00"), (12.34, "12.3"), (0.00004, "4e−5"), (0.0, "0")],
)
def test_a_small_loss_has_three_decimals(value: float, text: str) -> None:
    assert numbers.loss(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(950, "950"), (1000, "1k"), (999_900, "1M"), (2_500_000, "2.5M"), (0, "0"), (3e9, "3G")],
)
def test_large_counts_are_written_with_a_letter(value: float, text: str) -> None:
    assert numbers.compact(value) == text


@pytest.mark.parametrize(
    ("value", "other", "text"),
    [
        (1.2273, 1.22991, "1.2273"),
        (1.22991, 1.2273, "1.2299"),
        (-0.5, 0.5, "−0.500"),
        (0.25, 0.25, "0.250"),
        (12.0, 12.0000004, "12.0000000"),
        (1e-5, 0.02, "1.00e−5"),
        (float("nan"), 1.0, "NaN"),
    ],
)
def test_a_number_beside_another_shows_two_digits_of_what_is_between(
    value: float, other: float, text: str
) -> None:
    assert numbers.beside(value, other) == text


def test_rates_and_thousands() -> None:
    assert numbers.rate(12345.0) == "12.3k/s"
    assert numbers.rate(0.25) == "0.25/s"
    assert numbers.thousands(1204) == "1,204"


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (1.0, "100"),
        (0.996, "100"),
        (0.96, " 96"),
        (0.0095, "  1"),
        (0.0094, "0.9"),
        (0.0004, "  0"),
        (math.nan, "NaN"),
    ],
)
def test_percent_by_example(probability: float, text: str) -> None:
    assert numbers.percent(probability) == text


@given(st.floats(0, 1))
def test_a_percentage_always_takes_three_cells(probability: float) -> None:
    assert len(numbers.percent(probability)) == 3
