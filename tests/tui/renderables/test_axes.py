import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.tui.renderables.axes import Range, labels, round_down, round_up, settle, ticks


def test_places_on_a_linear_and_on_a_logarithmic_axis() -> None:
    values = np.array([0.0, 1.0, 2.0, 4.0, 9.0])
    assert Range(0.0, 4.0).place(values).tolist() == [0.0, 0.25, 0.5, 1.0, 1.0]
    assert Range(1.0, 4.0, log=True).place(values) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])


@pytest.mark.parametrize(
    ("over", "most", "texts"),
    [
        (Range(0.0, 1.4), 8, ["0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2", "1.4"]),
        (Range(0.0, 1.4), 4, ["0", "0.5", "1.0"]),
        (Range(0.0, 70.0), 5, ["0", "20", "40", "60"]),
        (Range(0.01, 2.0, log=True), 9, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"]),
        (Range(0.01, 2.0, log=True), 4, ["0.01", "0.1", "1"]),
        (Range(1.2, 1.9, log=True), 5, ["1.2", "1.4", "1.6", "1.8"]),
        (Range(1.0, 2500.0, log=True), 4, ["1", "10", "100", "1,000"]),
    ],
)
def test_ticks_are_round_and_no_more_than_fit(over: Range, most: int, texts: list[str]) -> None:
    assert labels(ticks(over, most), log=over.log) == texts


@given(st.floats(1e-6, 1e12), st.integers(1, 30), st.booleans())
def test_ticks_lie_in_the_range_and_rise(high: float, most: int, log: bool) -> None:
    over = Range(high / 40 if log else 0.0, high, log)
    values = ticks(over, most)
    assert len(values) <= max(most, 1)
    assert values == sorted(set(values))
    assert all(over.low * 0.999 <= value <= over.high * 1.001 for value in values)


@given(st.floats(1e-9, 1e15))
def test_rounding_goes_the_right_way_and_not_far(value: float) -> None:
    assert value <= round_up(value) * (1 + 1e-6) <= 1.27 * value * (1 + 1e-5)
    assert round_down(value) * (1 - 1e-6) <= value <= 2.51 * round_down(value)


def test_a_range_is_kept_while_it_serves() -> None:
    old = Range(0.0, 2.0)
    assert settle(None, old) is old
    assert settle(old, Range(0.0, 1.4)) is old, "a little waste is better than a jump"
    assert settle(old, Range(0.0, 1.0)) == Range(0.0, 1.0), "half of it empty is not"
    assert settle(old, Range(0.0, 2.5)) == Range(0.0, 2.5), "nothing may be cut off"
    assert settle(old, Range(0.5, 2.0, log=True)).log
