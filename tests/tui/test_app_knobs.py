import pytest

from rnn_tui.tui.control.knobs import double, halve, turn_rate, turn_temperature


@pytest.mark.parametrize(
    ("value", "lower", "higher"),
    [
        (0.03, 0.02, 0.05),
        (0.02, 0.01, 0.05),
        (2e-3, 1e-3, 5e-3),
        (0.1, 0.05, 0.2),
        (0.019999999552965164, 0.01, 0.05),  # 0.02 in float32
        (0.0, 1e-7, 1e-7),
        (1e-7, 1e-7, 2e-7),
        (100.0, 50.0, 100.0),
        (1e9, 100.0, 100.0),
    ],
)
def test_the_learning_rate_takes_round_numbers(value: float, lower: float, higher: float) -> None:
    assert turn_rate(value, up=False) == pytest.approx(lower)
    assert turn_rate(value, up=True) == pytest.approx(higher)


def test_three_rungs_are_a_factor_of_ten() -> None:
    value = 0.002
    for _ in range(3):
        value = turn_rate(value, up=True)
    assert value == 0.02


@pytest.mark.parametrize(
    ("value", "up", "expected"),
    [(0.8, True, 0.9), (0.8, False, 0.7), (0.1, False, 0.0), (0.0, False, 0.0), (5.0, True, 5.0)],
)
def test_temperature(value: float, up: bool, expected: float) -> None:
    assert turn_temperature(value, up=up) == expected


def test_halving_begins_with_the_present_speed_where_there_is_no_limit() -> None:
    assert halve(0.0, 1234.0) == 620.0
    assert halve(20.0, 7.0) == 10.0


def test_speed_never_reaches_zero_which_would_mean_no_limit() -> None:
    assert halve(0.1, 0.1) == 0.1


def test_doubling() -> None:
    assert double(2.5) == 5.0
    assert double(0.0) == 0.0
