"""Answers in slices: how much at a time, of which moment, and when they are whole."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from rnn_tui.live.gradual import FIRST, LIVE_SLICE, SLICE, Gradual


class Desk:
    """A run that is asked; each slice takes its time on the clock."""

    def __init__(self, takes: float, slices: int) -> None:
        self.now, self.takes, self.slices, self.begun = 0.0, takes, slices, 0
        self.run: Any = SimpleNamespace(trainer=SimpleNamespace(update=7), running=False)
        self.gradual: Gradual[tuple[int, int]] = Gradual(lambda: self.now, 0.1)

    def begin(self) -> Iterator[tuple[int, int]]:
        self.begun += 1
        of = self.run.trainer.update
        for number in range(1, self.slices + 1):
            self.now += self.takes
            yield of, number

    def ask(self, question: str = "?") -> tuple[int, int]:
        return self.gradual.get(question, self.run, self.begin)


def test_standing_still_it_goes_on_at_each_look_until_it_is_whole() -> None:
    desk = Desk(takes=SLICE / 2.5, slices=8)
    seen = [desk.ask()]
    while desk.gradual.working:
        seen.append(desk.ask())
    assert seen == [(7, 3), (7, 6), (7, 8)]
    assert desk.ask() == (7, 8)
    assert desk.begun == 1


def test_while_training_runs_it_takes_a_share_of_the_time_and_keeps_the_last_whole_one() -> None:
    desk = Desk(takes=1.0, slices=3)
    desk.run.running = True
    assert desk.ask() == desk.ask() == (7, 1)
    desk.run.trainer.update = 9
    desk.now += 10
    assert desk.ask() == (7, 2)
    desk.now += 10
    assert desk.ask() == (7, 3)
    desk.now += 10
    assert desk.ask() == (7, 3)  # the third slice was the last, but it takes a look to know
    desk.now += 10
    assert desk.ask() == (7, 3)
    assert desk.begun == 2
    desk.now += 10
    assert desk.ask() == (7, 3)
    desk.now += 10
    desk.ask()
    desk.now += 10
    assert desk.ask() == (9, 3)


def test_of_an_earlier_moment_it_is_begun_anew_where_training_stands_still() -> None:
    desk = Desk(takes=SLICE, slices=2)
    desk.run.running = True
    desk.ask()
    desk.run.trainer.update, desk.run.running = 8, False
    assert desk.ask() == (8, 1)
    desk.ask()
    assert desk.ask() == (8, 2)
    assert not desk.gradual.working


def test_another_question_is_answered_at_once() -> None:
    desk = Desk(takes=1.0, slices=5)
    desk.run.running = True
    desk.ask()
    assert desk.ask("another") == (7, 1)
    assert desk.begun == 2


def test_a_new_question_has_a_larger_share_of_the_time_until_it_is_answered() -> None:
    desk = Desk(takes=LIVE_SLICE / 2.5, slices=5)
    desk.run.running = True
    assert desk.ask() == (7, 3)
    desk.now += 0.99 * 3 * desk.takes / FIRST
    assert desk.ask() == (7, 3)
    desk.now += 0.02 * 3 * desk.takes / FIRST
    assert desk.ask() == (7, 5)
    assert not desk.gradual.working
    for update in (8, 9):
        desk.run.trainer.update = update
        desk.now += 1.01 * 3 * desk.takes / 0.1
        desk.ask()
        asked = desk.now
        desk.ask()
        assert desk.now == asked  # it rests for the usual share's sake
        desk.now += 1.01 * 3 * desk.takes / 0.1
        assert desk.ask() == (update, 5)


def test_a_short_answer_is_not_made_anew_at_every_look() -> None:
    desk = Desk(takes=LIVE_SLICE / 10, slices=2)
    desk.run.running = True
    for _ in range(50):
        desk.run.trainer.update += 1
        desk.now += 1e-9
        desk.ask()
    assert desk.begun == 1
