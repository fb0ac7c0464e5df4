from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


def test_hello_gets_the_textbook_network(hello: Corpus) -> None:
    config, notes = choose_config(hello)
    assert (config.cell, config.activation, config.hidden_size) == ("rnn", "tanh", 3)
    assert (config.seq_length, config.batch_size, config.num_layers) == (4, 1, 1)
    trainer = Trainer(config, hello)
    assert trainer.model.flat.size == 3 * 4 + 3 * 3 + 3 + 4 * 3 + 4
    assert not any(part.any() for layer in trainer.state for part in layer)
    assert any("No validation" in note for note in notes)


@pytest.mark.parametrize("length", [2, 5, 16, 17, 30, 999, 1_000, 19_999, 20_000, 300_000])
def test_every_length_gets_settings_that_fit(length: int) -> None:
    text = ("abcdefghij klmnop. " * (length // 19 + 1))[:length]
    corpus = corpus_from_bytes(text.encode(), "text.txt")
    config, notes = choose_config(corpus)
    trainer = Trainer(config, corpus)
    assert trainer.step().update == 1
    assert (config.val_fraction > 0) == (length >= 5_000)
    assert all(note.endswith((".", "tion.")) for note in notes)


def test_options_win_over_the_preset_and_the_preset_over_the_text(prose: Corpus) -> None:
    config, _ = choose_config(prose, "min-char-rnn", {"hidden_size": 9, "cell": "gru"})
    assert (config.cell, config.hidden_size) == ("gru", 9)
    assert (config.optimizer, config.learning_rate) == ("adagrad", 0.1)
    assert config.preset == "min-char-rnn"


def test_a_short_text_shrinks_the_window_and_says_so(corpus_of: Callable[[str], Corpus]) -> None:
    config, notes = choose_config(corpus_of("a short text"), "torch-rnn")
    assert config.seq_length * config.batch_size <= 11
    assert any("shrink" in note for note in notes)


def test_a_long_text_keeps_a_bounded_part_for_validation() -> None:
    corpus = corpus_from_bytes(b"0123456789" * 300_000, "long.txt")
    config, notes = choose_config(corpus)
    assert len(Trainer(config, corpus).val_ids) == pytest.approx(200_000, abs=1)
    assert any("200,000" in note for note in notes)
    asked, _ = choose_config(corpus, None, {"val_fraction": 0.1})
    assert asked.val_fraction == 0.1


def test_clip_by_value_replaces_clip_by_norm(hello: Corpus) -> None:
    config, _ = choose_config(hello, None, {"clip_value": 1.0})
    assert (config.clip_norm, config.clip_value) == (None, 1.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hidden_size", 0),
        ("num_layers", -1),
        ("seq_length", 0),
        ("batch_size", 0),
        ("learning_rate", 0.0),
        ("learning_rate", float("nan")),
        ("learning_rate", float("inf")),
        ("lr_decay", 1.5),
        ("clip_norm", -1.0),
        ("val_fraction", 1.0),
        ("seed", -1),
        ("updates", 0),
        ("temperature", -0.1),
        ("speed", -1.0),
        ("cell", "transformer"),
        ("optimizer", "magic"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(hello: Corpus, field: str, value: object) -> None:
    with pytest.raises(InputError, match="--" + field.replace("_", "-")) as error:
        choose_config(hello, None, {field: value})
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("threads", "said"), [(1, False), (3, True)])
def test_more_threads_than_streams_are_said(hello: Corpus, threads: int, said: bool) -> None:
    _, notes = choose_config(hello, "hello", {"threads": threads})
    assert (f"--threads {threads}: a batch of 1 has no more parts." in notes) is said


@pytest.mark.parametrize(
    ("cell", "activation"), [("lstm", "relu"), ("rnn", "relu"), ("gru", "tanh")]
)
def test_an_activation_without_effect_is_said(hello: Corpus, cell: str, activation: str) -> None:
    _, notes = choose_config(hello, None, {"cell": cell, "activation": activation})
    assert any("relu has no effect" in note for note in notes) == (cell == "lstm")


def test_unknown_preset_lists_the_known_ones(hello: Corpus) -> None:
    with pytest.raises(InputError, match="min-char-rnn"):
        choose_config(hello, "nonesuch")


def test_presets_are_what_they_are_named_after() -> None:
    assert PRESETS["min-char-rnn"].hidden_size == 100
    assert PRESETS["min-char-rnn"].clip_value == 5 / 25
    for name in ("char-rnn", "torch-rnn"):
        preset = PRESETS[name]
        assert (preset.cell, preset.num_layers, preset.hidden_size) == ("lstm", 2, 128)
        assert (preset.seq_length, preset.batch_size) == (50, 50)
    assert all(preset.preset == name for name, preset in PRESETS.items())


@cache
def kinds(count: int, length: int, first: str = "一", units: str = "char") -> Corpus:
    """A text of so many different characters."""
    i = np.arange(length - count)
    text = ord(first) + np.concatenate([i * i % 104_729 % count, np.arange(count)])
    data = text.astype("<u4").tobytes().decode("utf-32-le").encode()
    return corpus_from_bytes(data, "text", TextOptions(units=units))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [65, 256, 1_000, 2_100])
@pytest.mark.parametrize(
    ("length", "layers", "batch"), [(3_000, 1, 8), (30_000, 1, 32), (300_000, 2, 50)]
)
def test_usual_vocabularies_change_nothing(size: int, length: int, layers: int, batch: int) -> None:
    config, notes = choose_config(kinds(size, length))
    assert (config.num_layers, config.hidden_size, config.batch_size) == (layers, 128, batch)
    assert config.seq_length == 50
    assert not any("slow" in note for note in notes)


@pytest.mark.parametrize(
    ("size", "length", "batch"),
    [(5_387, 300_000, 19), (3_000, 300_000, 35), (11_172, 300_000, 9), (5_387, 200_000, 19),
     (5_387, 15_000, 8)],
)  # fmt: skip
def test_a_large_vocabulary_gets_fewer_streams(size: int, length: int, batch: int) -> None:
    config, notes = choose_config(kinds(size, length))
    assert config.batch_size == batch
    said = f"{size:,} different characters make an update slow, so that the batch is {batch} only"
    assert any(said in note and "--units byte" in note for note in notes) == (batch != 8)


@pytest.mark.parametrize(
    ("preset", "overrides"),
    [("torch-rnn", {}), (None, {"batch_size": 50}), (None, {"seq_length": 100})],
)
def test_what_a_person_chose_stays_and_is_said_to_be_slow(
    preset: str | None, overrides: dict[str, int]
) -> None:
    config, notes = choose_config(kinds(3_000, 300_000, "가"), preset, overrides)
    assert config.batch_size == (35 if "seq_length" in overrides else 50)
    note = next(note for note in notes if "slow" in note)
    assert note.startswith("3,000 different characters make an update slow; faster: --units jamo")
    assert "--batch-size or --seq-length" in note


@pytest.mark.parametrize("units", ["byte", "jamo"])
def test_the_way_out_is_one(units: str) -> None:
    config, notes = choose_config(kinds(3_000, 300_000, "가", units))
    assert config.batch_size == 50
    assert not any("slow" in note for note in notes)


def test_a_presets_forget_bias_is_its_own_cells() -> None:
    text = corpus_from_bytes(b"the tide came in. " * 20, "tide")
    assert choose_config(text, "torch-rnn")[0].forget_bias == 1.0
    assert choose_config(text, "torch-rnn", {"cell": "gru"})[0].forget_bias is None
    assert choose_config(text, "torch-rnn", {"cell": "gru", "forget_bias": 2.0})[0].forget_bias == 2
    assert choose_config(text, None, {"cell": "lstm"})[0].forget_bias is None
    _, notes = choose_config(text, "torch-rnn", {"rmsprop_alpha": 0.9})
    assert any(note.startswith("--rmsprop-alpha 0.9 has no effect") for note in notes)
