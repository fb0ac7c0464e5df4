import sys

import pytest

from rnn_tui.live.pace import LONGEST_LAG, STRETCH, Meter, Pacer, Stretch


def test_without_a_limit_updates_are_always_due() -> None:
    pacer = Pacer(0.0, now=5.0)
    pacer.did(1000)
    assert pacer.due(5.0) == sys.maxsize
    assert pacer.wait(5.0) == 0.0


def test_a_pace_is_kept_on_average_however_coarse_the_waiting_is() -> None:
    speed, now, done = 700.0, 2.0, 0
    pacer = Pacer(speed, now)
    while now < 12.0:
        done += (due := pacer.due(now))
        pacer.did(due)
        now += max(pacer.wait(now), 0.001) + 0.0007
    assert done == pytest.approx(7000, abs=3)


def test_missed_updates_are_let_go_after_a_while() -> None:
    pacer = Pacer(50.0, now=0.0)
    assert pacer.due(LONGEST_LAG - 0.001) == 5
    assert pacer.due(60.0) == 1
    pacer.did(1)
    assert pacer.wait(60.0) == pytest.approx(0.02)


def test_a_new_speed_does_not_wait_for_the_old_one() -> None:
    pacer = Pacer(0.01, now=0.0)
    pacer.did(1)
    assert pacer.wait(1.0) == pytest.approx(99.0)
    pacer.set_speed(4.0, now=1.0)
    assert pacer.wait(1.0) == pytest.approx(0.25)


def test_a_stretch_grows_to_fill_its_time_and_shrinks_at_once() -> None:
    stretch = Stretch()
    for _ in range(12):
        stretch.took(stretch.count, stretch.count * 1e-4)
    assert stretch.count == pytest.approx(STRETCH / 1e-4, abs=1)
    stretch.took(stretch.count, 3.0)
    assert stretch.count == 1
    stretch.took(1, 0.0)
    assert stretch.count == 2


def test_the_rate_is_what_happened_in_the_last_second() -> None:
    meter = Meter()
    for tick in range(31):  # 20 a second, then 5 a second
        meter.note(tick * 0.1, 2 * tick if tick <= 10 else 20 + (tick - 10) // 2)
    assert meter.rate(3.0) == pytest.approx(5.0, abs=0.6)
    assert len(meter.points) < 13


def test_the_rate_needs_two_moments_and_falls_when_nothing_comes() -> None:
    meter = Meter()
    assert meter.rate(0.0) == 0.0
    meter.note(0.0, 7)
    assert meter.rate(0.5) == 0.0
    meter.note(0.5, 9)
    assert meter.rate(0.6) == pytest.approx(4.0)
    assert meter.rate(8.0) == pytest.approx(0.25)
    meter.clear()
    assert meter.rate(8.0) == 0.0


def test_a_slow_network_has_a_rate_below_one() -> None:
    meter = Meter()
    for tick in range(4):
        meter.note(tick * 3.0, tick)
    assert meter.rate(9.5) == pytest.approx(1 / 3)
