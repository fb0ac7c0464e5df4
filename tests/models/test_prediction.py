import numpy as np
import pytest

from rnn_tui.models.prediction import Prediction, predict, predict_window
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


def test_window_losses_are_the_trainers(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    window = predict_window(trainer.model, hello.ids[:-1], hello.ids[1:])
    assert window.probs.shape == (4, 4)
    assert window.probs.sum(axis=1) == pytest.approx(np.ones(4))
    assert window.losses.mean() == pytest.approx(trainer.step().loss, rel=1e-12)


def test_losses_too_large_for_a_probability_are_told_as_they_are(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    trainer.model.linear.parameters["bias"][:] = [0, 0, 0, 5000]  # of h e l o, always o
    window = predict_window(trainer.model, hello.ids[:-1], hello.ids[1:])
    assert window.losses == pytest.approx([5000, 5000, 5000, 0], abs=10)
    assert window.losses.mean() == pytest.approx(trainer.step().loss, rel=1e-12)


def test_prediction_is_the_last_step_of_the_window(hello: Corpus) -> None:
    model = Trainer(PRESETS["hello"], hello).model
    window = predict_window(model, hello.ids[:3], hello.ids[1:4])
    assert predict(model, hello.ids[:3]).probs == pytest.approx(window.probs[-1], rel=1e-12)


def test_continuation_takes_the_likeliest_each_time(hello: Corpus) -> None:
    model = Trainer(PRESETS["hello"], hello).model
    read = hello.ids[:2].tolist()
    for symbol in predict(model, hello.ids[:2], continuation=6).continuation:
        assert symbol == predict(model, np.array(read)).probs.argmax()
        read.append(int(symbol))


@pytest.mark.parametrize(
    ("probs", "bits"), [([0.25] * 4, 2.0), ([1.0, 0.0], 0.0), ([0.5, 0.25, 0.25], 1.5)]
)
def test_entropy(probs: list[float], bits: float) -> None:
    prediction = Prediction(np.array(probs), np.array([], dtype=np.int64))
    assert prediction.entropy_bits == pytest.approx(bits)
