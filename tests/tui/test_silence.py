from rnn_tui.tui.link.silence import BLINK, LEARNED, TIMES, USUAL, SilenceTimer, silent


def wait(timer: SilenceTimer, seconds: float, *, tick: float = 0.5) -> bool:
    """Ask every half second; return whether it was over at the end."""
    timer.begin(100.0)
    ticks = int(seconds / tick)
    return [timer.is_over(100.0 + tick * n) for n in range(1, ticks + 1)][-1]


def test_it_ends_after_some_seconds() -> None:
    assert not wait(SilenceTimer(), USUAL)
    assert wait(SilenceTimer(), USUAL + 0.5)


def test_what_took_long_before_may_take_long_again() -> None:
    timer = SilenceTimer()
    wait(timer, 8.0)
    timer.end()
    assert not wait(timer, 8.0 * TIMES)
    assert wait(timer, 8.0 * TIMES + 0.5)


def test_a_worker_that_was_held_teaches_nothing_and_nothing_teaches_too_much() -> None:
    timer = SilenceTimer()
    wait(timer, 900.0)
    timer.end(learn=False)
    assert wait(timer, USUAL + 0.5)
    wait(timer, 900.0)
    timer.end()
    assert timer.longest == LEARNED


def test_a_screen_that_slept_has_not_waited() -> None:
    timer = SilenceTimer()
    timer.begin(100.0)
    assert not timer.is_over(5_000.0)
    assert timer.waited == BLINK
    assert not timer.is_over(4_000.0)  # nor does a clock that was set back count


def test_what_is_said() -> None:
    assert "kill -CONT 4711" in silent(4711, stopped=True).reason
    assert "4711" not in silent(4711, stopped=False).reason
