"""What a lesson measures goes through the worker."""

import time

import pytest

from rnn_tui.lessons.built_in import lessons
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.models.prediction import predict_window
from rnn_tui.protocol.lesson import LessonSeen, LessonView
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer


def inspector(**given: object) -> Inspector:
    corpus = corpus_from_bytes(b"banana boat, " * 9, "text")
    config = choose_config(corpus, "hello", {"hidden_size": 5, "seq_length": 7, **given})[0]
    return Inspector(Run(Trainer(config, corpus), paused=True), lambda: 0.0)


def seen(inspector: Inspector, view: LessonView) -> LessonSeen:
    part = inspector.look(view)
    assert isinstance(part, LessonSeen)
    return part


def test_values_follow_the_run() -> None:
    looked = inspector()
    trainer = looked.run.trainer
    x, y = trainer.streams.window(0)
    loss = predict_window(trainer.model, x[:, 0], y[:, 0]).losses.mean()
    view = LessonView(("update + more", "loss"), (("more", 0.5),))
    assert seen(looked, view).values == pytest.approx((0.5, loss))
    looked.run.step()
    assert (seen(looked, view).values[0], seen(looked, view).update) == (1.5, 1)
    assert seen(looked, view).view == view


def test_what_cannot_be_worked_out_is_said() -> None:
    part = seen(inspector(), LessonView(("update", "p[1, 'z']")))
    assert part.values == ()
    assert "there is no character" in part.error


def test_a_network_without_a_hidden_state_has_none() -> None:
    assert inspector(cell="lstm").look(LessonView(("h[1]",))) is not None


def test_the_largest_lesson_is_measured_between_two_pictures() -> None:
    looked = inspector(cell="lstm", hidden_size=64, seq_length=40)
    view = LessonView(
        tuple(f"dW_hh[{n}, 1] + max(h[{n}]) + max(after('ban'))" for n in range(1, 9))
    )
    before = time.process_time()
    assert len(seen(looked, view).values) == 8
    assert time.process_time() - before < 0.06
    for lesson in lessons():
        assert all(step.start.config.hidden_size <= 64 for step in lesson.steps)
