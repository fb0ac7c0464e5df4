"""What is said of a preset and the program it is named after is what the trainer does."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.optimizers import make_optimizer
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.presets import DIFFERENCES, PRESETS
from rnn_tui.training.trainer import Trainer

PAGE = Path(__file__).parents[2] / "docs" / "presets.md"
NAMED_AFTER = [name for name in PRESETS if name != "hello"]


def line_with(name: str, word: str) -> tuple[str, str]:
    """What is said of the preset, and what of the program, in the one line with that word."""
    (line,) = (line for line in DIFFERENCES[name] if word in line)
    ours, theirs = line.split("; there ")
    return ours, theirs


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", text)]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_from_bytes(("the five boxing wizards jump quickly. " * 300).encode(), "t.txt")


def test_every_line_says_both_sides_and_stands_in_the_page_and_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["presets"]) == 0
    shown, page = capsys.readouterr().out, PAGE.read_text("utf-8")
    assert list(DIFFERENCES) == NAMED_AFTER
    for name, lines in DIFFERENCES.items():
        chapter = page.split(f"## {name}\n")[1].split("\n## ")[0]
        assert [line[2:] for line in chapter.splitlines() if line.startswith("- ")] == list(lines)
        after = shown.split(f"\n{name} ")[1].splitlines()[1 : len(lines) + 1]
        assert [line.strip() for line in after] == [f"- {line}" for line in lines]
        assert all(line.count("; there ") == 1 for line in lines)


def test_the_limits_of_gradients_are_the_stated_ones() -> None:
    for name in ("min-char-rnn", "char-rnn"):
        config = PRESETS[name]
        ours, theirs = line_with(name, "sums over")
        limit, steps = numbers(ours)
        assert (config.clip_norm, config.clip_value) == (None, limit)
        assert steps == config.seq_length
        assert limit * steps == numbers(theirs)[-1] == 5
    assert (PRESETS["torch-rnn"].clip_norm, PRESETS["torch-rnn"].clip_value) == (None, 5.0)


@pytest.mark.parametrize("name", NAMED_AFTER)
def test_loss_and_gradients_are_means_over_the_window(name: str, corpus: Corpus) -> None:
    config = replace(PRESETS[name], batch_size=1, seq_length=7, dtype="float64")
    model = Trainer(config, corpus).model
    state = model.zero_state(1)
    ids = corpus.ids[:8]
    loss, _ = model.loss_and_grads(ids[:-1, None], ids[1:, None], state)
    each = []
    for x, y in itertools.pairwise(ids):
        one, state = model.loss_and_grads(np.array([[x]]), np.array([[y]]), state)
        each.append(one)
    assert loss == pytest.approx(sum(each) / 7)


@pytest.mark.parametrize("name", NAMED_AFTER)
def test_parameters_begin_as_stated(name: str, corpus: Corpus) -> None:
    ours, _ = line_with(name, "U(±1/√H)")
    config = PRESETS[name]
    H, bound = config.hidden_size, config.hidden_size**-0.5
    trainer = Trainer(config, corpus)
    if "forget gate" in ours:
        for layer in range(2):
            bias = trainer.model.parameters[f"rnn.bias_l{layer}"]
            assert (bias[H : 2 * H] == numbers(ours)[-1]).all()  # gates in the order i f g o
            bias[H : 2 * H] = bias[:H]
    flat = trainer.model.flat
    assert np.abs(flat).max() <= bound
    assert flat.std() == pytest.approx(bound / 3**0.5, rel=0.02)


@pytest.mark.parametrize(("g", "steps"), [(1e-10, 1), (3e-10, 2)])
def test_adagrad_divides_as_stated(g: float, steps: int) -> None:
    assert PRESETS["min-char-rnn"].optimizer == "adagrad"
    ours, theirs = line_with("min-char-rnn", "Adagrad divides")
    (epsilon,), (inside,) = numbers(ours), numbers(theirs)
    theta = np.zeros(1)
    optimizer = make_optimizer("adagrad", theta)
    expected, s = 0.0, 0.0
    for _ in range(steps):
        optimizer.step(theta, np.array([g]), 1.0)
        s += g * g
        expected -= g / (s**0.5 + epsilon)
    assert theta[0] == pytest.approx(expected)
    assert theta[0] != pytest.approx(-g / (s + inside) ** 0.5)


def clipped(preset: str, corpus: Corpus, updates: int) -> tuple[Trainer, list[FloatArray]]:
    """A trainer, gradients summed over time as a program has them, cut to ±5, and the weights."""
    config = replace(PRESETS[preset], hidden_size=5, batch_size=3, dtype="float64", lr_decay=1.0)
    trainer = Trainer(config, corpus)
    trainer.model.flat *= 9.0  # large ones, so that there is something to cut
    theta, sums = trainer.model.flat.copy(), []
    for _ in range(updates):
        x, y = trainer.streams.window(trainer.window_index)
        trainer.model.loss_and_grads(x, y, trainer.state)
        whole = trainer.model.grads_flat * config.seq_length
        sums.append(np.clip(whole, -5, 5))
        assert (np.abs(whole) > 5).any()
        assert (np.abs(whole) < 5).any()
        trainer.step()
    return trainer, [theta, *sums]


def test_adagrad_on_means_does_what_min_char_rnn_does_on_sums(corpus: Corpus) -> None:
    trainer, (theta, *sums) = clipped("min-char-rnn", corpus, 4)
    s = np.zeros_like(theta)
    for g in sums:
        s += g * g
        theta -= 0.1 * g / np.sqrt(s + 1e-8)
    told = np.abs(sums).min(axis=0) > 0.01  # of smaller ones the two ε make something else
    assert told.sum() > 150
    np.testing.assert_allclose(trainer.model.flat[told], theta[told], atol=1e-4)


def test_rmsprop_on_means_does_what_char_rnn_does_on_sums(corpus: Corpus) -> None:
    trainer, (theta, *sums) = clipped("char-rnn", corpus, 4)
    m = np.zeros_like(theta)
    for g in sums:
        m = 0.95 * m + 0.05 * g * g
        theta -= 2e-3 * g / (np.sqrt(m) + 1e-8)
    told = np.abs(sums).min(axis=0) > 0.03
    assert told.sum() > 100
    np.testing.assert_allclose(trainer.model.flat[told], theta[told], atol=1e-6)


def test_the_rate_is_halved_after_the_stated_epochs_and_adam_keeps_its_means() -> None:
    text = corpus_from_bytes(b"abcde fgh " * 60, "short.txt")
    ours, theirs = line_with("torch-rnn", "halved")
    config = replace(PRESETS["torch-rnn"], hidden_size=3, seq_length=10, batch_size=2)
    trainer = Trainer(config, text)
    every = trainer.windows_per_epoch
    halved = [
        done
        for done in range(1, 16)
        if trainer.decay_at(done * every) == trainer.decay_at(done * every - 1) / 2
    ]
    assert halved == numbers(ours)[:3]
    assert [number + 1 for number in numbers(theirs)[:3]] == halved
    while trainer.update <= 5 * every:
        trainer.step()
    assert trainer.optimizer.count == trainer.update


def test_the_first_layer_reads_one_hot_symbols(corpus: Corpus) -> None:
    model = Trainer(PRESETS["torch-rnn"], corpus).model
    assert model.parameters["rnn.weight_ih_l0"].shape == (4 * 128, len(corpus.vocab))


def test_every_epoch_begins_with_zeros(corpus: Corpus) -> None:
    line_with("char-rnn", "state of zeros")
    config = replace(PRESETS["char-rnn"], hidden_size=4, seq_length=40, batch_size=3)
    trainer = Trainer(config, corpus)
    for _ in range(trainer.windows_per_epoch):
        trainer.step()
    x, y = trainer.streams.window(0)
    expected, _ = trainer.model.loss_and_grads(x, y, trainer.model.zero_state(3))
    assert trainer.step().loss == expected
