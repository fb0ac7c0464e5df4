from rnn_tui.tui.link.silence import BLINK, LEARNED, PATIENCE, TIMES, Patience, silent


def wait(patience: Patience, seconds: float, *, tick: float = 0.5) -> bool:
    """Ask every half second; return whether it was over at the end."""
    patience.begin(100.0)
    ticks = int(seconds / tick)
    return [patience.is_over(100.0 + tick * n) for n in range(1, ticks + 1)][-1]


def test_it_ends_after_some_seconds() -> None:
    assert not wait(Patience(), PATIENCE)
    assert wait(Patience(), PATIENCE + 0.5)


def test_what_took_long_before_may_take_long_again() -> None:
    patience = Patience()
    wait(patience, 8.0)
    patience.end()
    assert not wait(patience, 8.0 * TIMES)
    assert wait(patience, 8.0 * TIMES + 0.5)


def test_a_worker_that_was_held_teaches_nothing_and_nothing_teaches_too_much() -> None:
    patience = Patience()
    wait(patience, 900.0)
    patience.end(learn=False)
    assert wait(patience, PATIENCE + 0.5)
    wait(patience, 900.0)
    patience.end()
    assert patience.longest == LEARNED


def test_a_screen_that_slept_has_not_waited() -> None:
    patience = Patience()
    patience.begin(100.0)
    assert not patience.is_over(5_000.0)
    assert patience.waited == BLINK
    assert not patience.is_over(4_000.0)  # nor does a clock that was set back count


def test_what_is_said() -> None:
    assert "kill -CONT 4711" in silent(4711, stopped=True).reason
    assert "4711" not in silent(4711, stopped=False).reason
