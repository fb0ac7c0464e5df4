"""What a program or a notebook gives: names of files as text, settings that do not exist."""

from pathlib import Path

import numpy as np
import pytest

from rnn_tui import InputError, Trainer, choose_config, load, read_corpus, resume, save
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.presets import PRESETS


def test_files_may_be_named_by_text(tmp_path: Path, hello: Corpus) -> None:
    (tmp_path / "a.txt").write_text("abcabcabc")
    assert read_corpus(str(tmp_path / "a.txt")).name == "a.txt"
    save(str(tmp_path / "a.safetensors"), Trainer(PRESETS["hello"], hello))
    assert load(str(tmp_path / "a.safetensors")).update == 0


def test_a_text_that_is_no_file_is_told_so() -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_corpus("a string")
    with pytest.raises(InputError, match="no such file"):
        load("a string")


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"hidden": 4}, "there is no setting hidden"),
        ({"hiden_size": 4}, "did you mean hidden_size?"),
        ({"hidden_size": "4"}, "hidden_size must be a whole number, not '4'"),
        ({"hidden_size": 4.5}, "hidden_size must be a whole number, not 4.5"),
        ({"learning_rate": "fast"}, "learning_rate must be a number, not 'fast'"),
        ({"learning_rate": None}, "learning_rate must be a number, not None"),
        ({"cell": "tree"}, "--cell is one of"),
    ],
)
def test_a_setting_that_cannot_be(hello: Corpus, overrides: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as caught:
        choose_config(hello, None, overrides)
    assert said in str(caught.value)


def test_numbers_of_numpy_are_numbers(hello: Corpus) -> None:
    config, _ = choose_config(hello, None, {"hidden_size": np.int64(7), "clip_norm": None})
    assert type(config.hidden_size) is int
    assert config.hidden_size == 7


def test_going_on_refuses_them_too(tmp_path: Path, hello: Corpus) -> None:
    save(tmp_path / "a.safetensors", Trainer(PRESETS["hello"], hello))
    with pytest.raises(InputError, match="there is no setting speeed; did you mean speed"):
        resume(load(tmp_path / "a.safetensors"), hello, {"speeed": 4})
