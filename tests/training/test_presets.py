"""What is said of a preset and the program it is named after is what the trainer does."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
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


@pytest.mark.parametrize("name", NAMED_AFTER)
def test_the_limits_of_gradients_are_the_stated_ones(name: str) -> None:
    config = PRESETS[name]
    word = "norm" if name == "torch-rnn" else "sums over"
    ours, theirs = line_with(name, word)
    if "norm" in ours:
        assert (config.clip_norm, config.clip_value) == (numbers(ours)[0], None)
    else:
        assert (config.clip_norm, config.clip_value) == (None, numbers(ours)[0])
        assert numbers(theirs)[0] == config.seq_length
    assert numbers(theirs)[-1] == 5


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
    trainer = Trainer(PRESETS[name], corpus)
    bound = PRESETS[name].hidden_size ** -0.5
    flat = trainer.model.flat
    assert np.abs(flat).max() <= bound
    assert flat.std() == pytest.approx(bound / 3**0.5, rel=0.02)
    if "forget gate's too" in ours:
        bias = trainer.model.parameters["rnn.bias_l0"]
        H = PRESETS[name].hidden_size
        assert np.abs(bias[H : 2 * H]).max() <= bound


@pytest.mark.parametrize(("g", "steps"), [(1e-10, 1), (3e-10, 2)])
def test_adagrad_divides_as_stated(g: float, steps: int) -> None:
    assert PRESETS["min-char-rnn"].optimizer == "adagrad"
    ours, theirs = line_with("min-char-rnn", "Adagrad")
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


def test_rmsprop_keeps_the_stated_share() -> None:
    assert PRESETS["char-rnn"].optimizer == "rmsprop"
    ours, theirs = line_with("char-rnn", "RMSprop")
    theta = np.zeros(1)
    optimizer = make_optimizer("rmsprop", theta)
    optimizer.step(theta, np.array([2.0]), 0.1)
    before = optimizer.slots["square_mean"][0]
    optimizer.step(theta, np.array([0.0]), 0.1)
    assert optimizer.slots["square_mean"][0] / before == pytest.approx(numbers(ours)[0])
    assert numbers(theirs) == [0.95]


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
