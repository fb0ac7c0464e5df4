from rnn_tui.tui.link.frame_pacing import Rhythm


def begun(fps: int = 10) -> Rhythm:
    rhythm = Rhythm(fps)
    rhythm.asked(0.0)
    rhythm.answered(moving=True)
    return rhythm


def test_the_first_question_is_asked_at_once() -> None:
    assert Rhythm(10).due(0.0)


def test_one_question_at_a_time() -> None:
    rhythm = Rhythm(10)
    rhythm.asked(0.0)
    assert not rhythm.due(100.0)
    rhythm.changed = True
    assert not rhythm.due(100.0)


def test_while_training_runs_the_next_comes_after_a_period() -> None:
    rhythm = begun(fps=10)
    assert not rhythm.due(0.05)
    assert rhythm.due(0.1)


def test_standing_still_nothing_is_asked_until_something_changes() -> None:
    rhythm = begun()
    rhythm.answered(moving=False)
    assert not rhythm.due(1000.0)
    rhythm.changed = True
    assert rhythm.due(1000.0)
    rhythm.asked(1000.0)
    rhythm.answered(moving=False)
    assert not rhythm.due(2000.0)


def test_a_change_does_not_wait_for_the_period() -> None:
    rhythm = begun()
    rhythm.changed = True
    assert rhythm.due(0.001)


def test_two_pictures_a_second_without_the_focus() -> None:
    rhythm = begun(fps=10)
    rhythm.blurred = True
    assert not rhythm.due(0.4)
    assert rhythm.due(0.5)


def test_slow_painting_lowers_the_rate() -> None:
    rhythm = begun(fps=10)
    for _ in range(50):
        rhythm.painted(0.2)
    assert not rhythm.due(0.3)
    assert rhythm.due(0.45)


def test_one_slow_picture_does_not() -> None:
    rhythm = begun(fps=10)
    rhythm.painted(0.2)
    assert rhythm.due(0.1)


def test_another_worker_is_asked_though_the_last_never_answered() -> None:
    rhythm = Rhythm(10)
    rhythm.asked(0.0)
    rhythm.reset()
    assert rhythm.due(0.001)
