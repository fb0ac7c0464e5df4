from argparse import Namespace
from pathlib import Path

import pytest

from rnn_tui import cli
from rnn_tui.commands.options.order import prepare
from rnn_tui.commands.options.targets import require_checkpoint
from rnn_tui.commands.screen import keeping, kept_notes
from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, TextOptions, read_corpus
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


def parse(words: list[str]) -> Namespace:
    """The options of a call."""
    return cli.parse(words)[1]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A text whose run of two updates was kept by itself."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "hello.txt").write_text("hello\n")
    (tmp_path / "other.txt").write_text("another text\n")
    corpus = read_corpus(tmp_path / "hello.txt", TextOptions())
    path = keeping(parse([str(tmp_path / "hello.txt")]), corpus).autosave
    assert path
    path.parent.mkdir(parents=True)
    trainer = Trainer(PRESETS["hello"], corpus)
    trainer.step()
    trainer.step()
    save(path, trainer)
    return corpus


@pytest.mark.parametrize("words", [[], ["hello.txt"]])
def test_without_a_file_the_newest_is_taken(kept: Corpus, tmp_path: Path, words: list[str]) -> None:
    order = prepare(parse([*(str(tmp_path / word) for word in words), "--resume"]))
    assert order.checkpoint
    assert order.checkpoint.update == 2
    assert order.corpus.sha256 == kept.sha256


def test_a_text_without_a_kept_run_is_told_so(kept: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no run of .*other\.txt is kept in "):
        prepare(parse([str(tmp_path / "other.txt"), "--resume"]))


def test_a_kept_run_is_offered_unless_nothing_is_to_be_kept(kept: Corpus, tmp_path: Path) -> None:
    text = str(tmp_path / "hello.txt")
    options = parse([text])
    assert "--resume" in kept_notes(options, prepare(options))[0]
    options = parse([text, "--no-autosave"])
    assert keeping(options, kept).autosave is None
    assert not any("--resume" in note for note in kept_notes(options, prepare(options)))


def test_a_rhythm_of_saving_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--checkpoint-every needs --checkpoint FILE"):
        require_checkpoint(parse(["hello.txt", "--checkpoint-every", "5"]))
