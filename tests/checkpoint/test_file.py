import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, metadata_of, require_target, save, tensors_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

CONFIG = Config(
    preset="auto", hidden_size=6, num_layers=2, seq_length=9, batch_size=3, val_fraction=0.1,
    lr_decay=0.9, sample_every=7,
)  # fmt: skip


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_resuming_is_as_if_nothing_had_happened(
    tmp_path: Path, prose: Corpus, cell: str, optimizer: str, dtype: str
) -> None:
    config = replace(CONFIG, cell=cell, optimizer=optimizer, dtype=dtype)
    whole, half = Trainer(config, prose), Trainer(config, prose)
    for _ in range(100):
        whole.step()
    for _ in range(43):
        half.step()
    save(tmp_path / "half.safetensors", half)
    resumed = load(tmp_path / "half.safetensors").trainer(prose)
    for _ in range(57):
        resumed.step()
    for trainer in (whole, resumed):
        trainer.finish_validation()
    assert np.array_equal(whole.model.flat, resumed.model.flat)
    for name, slot in whole.optimizer.slots.items():
        assert np.array_equal(slot, resumed.optimizer.slots[name])
    assert whole.history.scalars() == resumed.history.scalars()
    for name, column in whole.history.columns().items():
        assert np.array_equal(column, resumed.history.columns()[name])


@pytest.mark.parametrize("slices", [0, 1, 3])
def test_a_validation_under_way_is_not_waited_for_and_begun_anew(
    tmp_path: Path, prose: Corpus, slices: int
) -> None:
    path = tmp_path / "half.safetensors"
    config = replace(CONFIG, val_fraction=0.4)
    whole, half = Trainer(config, prose), Trainer(config, prose)
    while not half.validating:
        whole.step()
        half.step()
    for _ in range(slices):
        half.validate_slice()
    before = list(half.history.validations)
    save(path, half)
    assert half.validating
    assert half.history.validations == before
    resumed = load(path).trainer(prose)
    assert resumed.validating
    for trainer in (whole, resumed):
        for _ in range(5):
            trainer.step()
    assert resumed.history.validations == whole.history.validations != before
    assert np.array_equal(whole.model.flat, resumed.model.flat)


def test_names_are_those_of_pytorch(tmp_path: Path, prose: Corpus) -> None:
    trainer = Trainer(replace(CONFIG, cell="gru"), prose)
    save(tmp_path / "gru.safetensors", trainer)
    stored = safetensors.numpy.load_file(tmp_path / "gru.safetensors")
    vocab = len(prose.vocab)
    assert stored["rnn.weight_ih_l0"].shape == (18, vocab)
    assert stored["rnn.weight_hh_l1"].shape == (18, 6)
    assert stored["linear.weight"].shape == (vocab, 6)
    assert not stored["rnn.bias_hh_l0"][:12].any()
    assert np.array_equal(stored["rnn.bias_hh_l0"][12:], trainer.model.parameters["rnn.bias_hn_l0"])


def test_a_network_from_the_file_predicts_the_same(tmp_path: Path, prose: Corpus) -> None:
    trainer = Trainer(replace(CONFIG, cell="gru"), prose)
    trainer.step()
    save(tmp_path / "a.safetensors", trainer)
    model = load(tmp_path / "a.safetensors").model()
    x = np.arange(10).reshape(5, 2)
    ours, _ = trainer.model.forward(x, trainer.model.zero_state(2))
    theirs, _ = model.forward(x, model.zero_state(2))
    assert np.array_equal(ours, theirs)


def test_another_corpus_is_refused(tmp_path: Path, prose: Corpus, hello: Corpus) -> None:
    save(tmp_path / "a.safetensors", Trainer(CONFIG, prose))
    with pytest.raises(InputError, match=r"prose\.txt.*hello\.txt"):
        load(tmp_path / "a.safetensors").trainer(hello)


@pytest.fixture
def stored(hello: Corpus) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    trainer = Trainer(PRESETS["hello"], hello)
    trainer.step()
    return tensors_of(trainer), metadata_of(trainer)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("format", "something else", "not written by rnn-tui"),
        ("version", "3", "newer"),
        ("version", "\x1b[31m", "newer"),
        ("config", "{}", "damaged"),
        ("config", '{"hidden_size": 1000000000}', "damaged"),
        ("config", '{"hidden_size": true}', "damaged"),
        ("config", '{"no_such_setting": 1}', "damaged"),
        ("vocabulary", '["h", "e", "l", "l"]', "damaged"),
        ("numbers", "[]", "damaged"),
        ("text", '{"units": "word"}', "damaged"),
        ("corpus", "", "damaged"),
    ],
)
def test_a_file_at_odds_with_itself_is_refused(
    tmp_path: Path,
    stored: tuple[dict[str, np.ndarray], dict[str, str]],
    key: str,
    value: str,
    message: str,
) -> None:
    tensors, metadata = stored
    path = tmp_path / "odd.safetensors"
    safetensors.numpy.save_file(tensors, path, metadata | {key: value})
    with pytest.raises(InputError, match=message) as error:
        load(path)
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


def test_a_wrong_shape_is_refused(
    tmp_path: Path, stored: tuple[dict[str, np.ndarray], dict[str, str]]
) -> None:
    tensors, metadata = stored
    path = tmp_path / "odd.safetensors"
    safetensors.numpy.save_file(tensors | {"linear.bias": np.zeros(5)}, path, metadata)
    with pytest.raises(InputError, match=r"linear\.bias should be"):
        load(path)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of hello."""
    trainer = Trainer(PRESETS["hello"], corpus_from_bytes(b"hello", "hello.txt"))
    save(path := tmp_path_factory.mktemp("fuzz") / "good.safetensors", trainer)
    return path


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_in_one_line(saved: Path, data: st.DataObject) -> None:
    corpus, good = corpus_from_bytes(b"hello", "hello.txt"), saved.read_bytes()
    path = saved.with_name("bad.safetensors")
    kind = data.draw(st.sampled_from(["cut", "flip", "noise"]))
    if kind == "cut":
        bad = good[: data.draw(st.integers(0, len(good) - 1))]
    elif kind == "flip":
        place = data.draw(st.integers(0, len(good) - 1))
        bad = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))])
        bad += good[place + 1 :]
    else:
        bad = data.draw(st.binary(max_size=300))
    path.write_bytes(bad)
    with pytest.raises(InputError) as error:
        load(path).trainer(corpus)
    assert len(str(error.value).splitlines()) == 1


def test_a_damaged_digest_is_not_taken_for_none(
    tmp_path: Path, stored: tuple[dict[str, np.ndarray], dict[str, str]]
) -> None:
    tensors, metadata = stored
    path = tmp_path / "a.safetensors"
    safetensors.numpy.save_file(tensors, path, metadata | {"dig\x1bst": "0" * 64})
    with pytest.raises(InputError, match="damaged") as error:
        load(path)
    assert "\x1b" not in str(error.value)


def test_a_file_without_a_digest_is_read(
    tmp_path: Path, hello: Corpus, stored: tuple[dict[str, np.ndarray], dict[str, str]]
) -> None:
    tensors, metadata = stored
    safetensors.numpy.save_file(tensors, tmp_path / "a.safetensors", metadata)
    assert load(tmp_path / "a.safetensors").trainer(hello).update == 1


def test_missing_file_and_folder(tmp_path: Path, hello: Corpus) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "missing.safetensors")
    with pytest.raises(InputError):
        load(tmp_path)
    with pytest.raises(InputError, match="cannot write"):
        save(tmp_path, Trainer(PRESETS["hello"], hello))
    with pytest.raises(InputError, match="cannot write"):
        save(tmp_path / "no" / "folder" / "a.safetensors", Trainer(PRESETS["hello"], hello))


def test_where_a_checkpoint_may_go(tmp_path: Path, hello: Corpus) -> None:
    path = tmp_path / "a.safetensors"
    require_target(path)
    assert not list(tmp_path.iterdir())
    save(path, Trainer(PRESETS["hello"], hello))
    require_target(path)
    (tmp_path / "nothing").touch()
    require_target(tmp_path / "nothing")
    safetensors.numpy.save_file({"w": np.zeros(3)}, tmp_path / "foreign.safetensors")
    for name in ("foreign.safetensors", "letter.txt"):
        (tmp_path / "letter.txt").write_text("Dear Ada, ")
        with pytest.raises(InputError, match="something else"):
            require_target(tmp_path / name)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, hello: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.safetensors"
    save(path, Trainer(PRESETS["hello"], hello))
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    trainer = Trainer(PRESETS["hello"], hello)
    trainer.step()
    with pytest.raises(InputError, match="No space left"):
        save(path, trainer)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_are_kept(tmp_path: Path, hello: Corpus) -> None:
    path = tmp_path / "a.safetensors"
    path.touch(0o600)
    save(path, Trainer(PRESETS["hello"], hello))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_metadata_is_plain_json(stored: tuple[dict[str, np.ndarray], dict[str, str]]) -> None:
    _, metadata = stored
    for name in ("config", "vocabulary", "text", "corpus", "numbers"):
        json.loads(metadata[name], parse_constant=lambda constant: pytest.fail(constant))


def test_the_documentation_names_everything_in_the_file(
    stored: tuple[dict[str, np.ndarray], dict[str, str]],
) -> None:
    tensors, metadata = stored
    page = (Path(__file__).parents[2] / "docs" / "checkpoint.md").read_text()
    for name in metadata:
        assert f"`{name}`" in page
    for name in tensors:
        kind = name.replace("_l0", "_l{k}").replace(".0.", ".{k}.")
        kind = "optimizer.{slot}" if kind.startswith("optimizer.") else kind
        short = "." + name.split(".")[-1]
        assert f"`{kind}`" in page or f"`{short}`" in page


def test_seconds_at_work_are_kept_where_they_are_counted(hello: Corpus, tmp_path: Path) -> None:
    trainer = Trainer(Config(hidden_size=3, seq_length=2), hello)
    save(tmp_path / "uncounted", trainer)
    trainer.seconds = 7.25
    save(tmp_path / "counted", trainer)
    assert load(tmp_path / "uncounted").trainer(hello).seconds == 0
    assert load(tmp_path / "counted").trainer(hello).seconds == 7.25
