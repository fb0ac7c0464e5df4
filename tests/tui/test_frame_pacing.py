from rnn_tui.tui.link.frame_pacing import FramePacing


def begun(fps: int = 10) -> FramePacing:
    pacing = FramePacing(fps)
    pacing.asked(0.0)
    pacing.answered(moving=True)
    return pacing


def test_the_first_question_is_asked_at_once() -> None:
    assert FramePacing(10).due(0.0)


def test_one_question_at_a_time() -> None:
    pacing = FramePacing(10)
    pacing.asked(0.0)
    assert not pacing.due(100.0)
    pacing.changed = True
    assert not pacing.due(100.0)


def test_while_training_runs_the_next_comes_after_a_period() -> None:
    pacing = begun(fps=10)
    assert not pacing.due(0.05)
    assert pacing.due(0.1)


def test_standing_still_nothing_is_asked_until_something_changes() -> None:
    pacing = begun()
    pacing.answered(moving=False)
    assert not pacing.due(1000.0)
    pacing.changed = True
    assert pacing.due(1000.0)
    pacing.asked(1000.0)
    pacing.answered(moving=False)
    assert not pacing.due(2000.0)


def test_a_change_does_not_wait_for_the_period() -> None:
    pacing = begun()
    pacing.changed = True
    assert pacing.due(0.001)


def test_two_pictures_a_second_without_the_focus() -> None:
    pacing = begun(fps=10)
    pacing.blurred = True
    assert not pacing.due(0.4)
    assert pacing.due(0.5)


def test_slow_painting_lowers_the_rate() -> None:
    pacing = begun(fps=10)
    for _ in range(50):
        pacing.painted(0.2)
    assert not pacing.due(0.3)
    assert pacing.due(0.45)


def test_one_slow_picture_does_not() -> None:
    pacing = begun(fps=10)
    pacing.painted(0.2)
    assert pacing.due(0.1)


def test_another_worker_is_asked_though_the_last_never_answered() -> None:
    pacing = FramePacing(10)
    pacing.asked(0.0)
    pacing.reset()
    assert pacing.due(0.001)


def test_a_share_of_the_processor_spaces_pictures_out_and_no_answers() -> None:
    pacing = begun(fps=10)
    for _ in range(60):
        pacing.painted(0.012, work=0.008)
    assert pacing.period == 0.1
    pacing.share = 0.02
    assert abs(pacing.period - 0.4) < 0.001
    pacing.changed = True
    assert pacing.due(pacing.asked_at + 0.001)
