import numpy as np

from rnn_tui.race.working_time import POINTS, WorkingTime


def test_seconds_between_two_moments_and_after_a_new_beginning() -> None:
    time = WorkingTime()
    for update, seconds in ((0, 0.0), (10, 2.0), (10, 2.5), (30, 3.0)):
        time.note(update, seconds)
    assert time.at(np.array([0.0, 5.0, 10.0, 20.0, 30.0])).tolist() == [0, 1, 2, 2.5, 3]
    time.note(4, 0.5)
    assert time.at(np.array([2.0, 4.0])).tolist() == [0.25, 0.5]


def test_a_long_run_takes_no_more_room_than_a_short_one() -> None:
    time = WorkingTime()
    for update in range(1, 9 * POINTS):
        time.note(update, update / 7)
        assert len(time.updates) == len(time.seconds) <= POINTS
    there = np.linspace(1, 9 * POINTS - 1, 97)
    assert np.allclose(time.at(there), there / 7)
