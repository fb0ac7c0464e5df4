import numpy as np
import pytest

from rnn_tui.models.sampling import draw, sample
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

PROBS = np.array([0.1, 0.6, 0.05, 0.25])


@pytest.fixture
def trained(hello: Corpus) -> Trainer:
    trainer = Trainer(PRESETS["hello"], hello)
    for _ in range(150):
        trainer.step()
    return trainer


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_frequencies_follow_the_tempered_distribution(temperature: float) -> None:
    rng = np.random.default_rng(8)
    draws = [draw(PROBS, temperature, rng) for _ in range(20_000)]
    expected = PROBS ** (1 / temperature)
    expected /= expected.sum()
    found = np.bincount(draws, minlength=4) / len(draws)
    assert np.abs(found - expected).max() < 0.015  # four standard deviations


def test_extremes() -> None:
    rng = np.random.default_rng(0)
    assert {draw(PROBS, 0, rng) for _ in range(50)} == {1}
    assert {draw(PROBS, 1e-4, rng) for _ in range(50)} == {1}
    assert len({draw(PROBS, 1e4, rng) for _ in range(200)}) == 4
    certain = np.array([0.0, 0.0, 1.0])
    assert {draw(certain, 1.0, rng) for _ in range(50)} == {2}


def test_greedy_hello(trained: Trainer, hello: Corpus) -> None:
    ids, probs = sample(trained.model, hello.vocab.encode("h"), 4, 0, np.random.default_rng(0))
    assert hello.vocab.decode(ids) == "ello"
    assert (probs > 0.8).all()


def test_without_a_prefix_it_begins_like_the_text(trained: Trainer, hello: Corpus) -> None:
    ids, probs = sample(trained.model, hello.vocab.encode(""), 5, 0, np.random.default_rng(0))
    assert hello.vocab.decode(ids) == "hello"
    assert probs[0] == 1


def test_same_seed_same_text(trained: Trainer) -> None:
    texts = [
        sample(trained.model, np.array([0]), 50, 1.5, np.random.default_rng(seed))[0].tolist()
        for seed in (1, 1, 2)
    ]
    assert texts[0] == texts[1] != texts[2]


def test_sampling_leaves_training_alone(hello: Corpus) -> None:
    plain, watched = (Trainer(PRESETS["hello"], hello) for _ in range(2))
    for _ in range(20):
        plain.step()
        watched.step()
        sample(watched.model, np.array([0]), 9, 1.0, np.random.default_rng(0))
    assert np.array_equal(plain.model.flat, watched.model.flat)


def test_a_network_that_has_overflowed_writes_nothing(hello: Corpus) -> None:
    model = Trainer(PRESETS["hello"], hello).model
    model.flat[-1] = np.inf
    with np.errstate(all="ignore"):
        ids, _ = sample(model, np.array([0]), 5, 1.0, np.random.default_rng(0))
    assert len(ids) == 0


@pytest.mark.parametrize(
    ("top_k", "top_p", "expected"),
    [
        (1, None, [0, 1, 0, 0]),
        (2, None, [0, 0.6, 0, 0.25]),
        (9, None, [0.1, 0.6, 0.05, 0.25]),
        (None, 0.6, [0, 1, 0, 0]),
        (None, 0.61, [0, 0.6, 0, 0.25]),
        (None, 0.9, [0.1, 0.6, 0, 0.25]),
        (None, 1.0, [0.1, 0.6, 0.05, 0.25]),
        # of the 0.85 that two symbols have, 0.6 is 71 %
        (2, 0.70, [0, 1, 0, 0]),
        (2, 0.71, [0, 0.6, 0, 0.25]),
    ],
)
def test_only_the_likeliest_are_drawn(
    top_k: int | None, top_p: float | None, expected: list[float]
) -> None:
    rng = np.random.default_rng(3)
    draws = [draw(PROBS, 1.0, rng, top_k, top_p) for _ in range(10_000)]
    wanted = np.array(expected) / sum(expected)
    found = np.bincount(draws, minlength=4) / len(draws)
    assert np.abs(found - wanted).max() < 0.02
    assert not found[wanted == 0].any()


def test_the_temperature_comes_before_top_p() -> None:
    flat = {draw(PROBS, 1e4, np.random.default_rng(n), top_p=0.6) for n in range(100)}
    assert len(flat) == 3  # each a quarter: it takes three to have 0.6
