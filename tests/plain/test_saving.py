"""Nothing that `train` learned is thrown away without a word."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from rnn_tui import cli
from rnn_tui.cli import main
from rnn_tui.commands.options.targets import require_checkpoint
from rnn_tui.errors import InputError
from rnn_tui.plain.train import saving
from rnn_tui.saving import final_save
from rnn_tui.saving.autosave_files import folder, fresh_path, newest
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of one's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def net(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A checkpoint of five updates."""
    path = tmp_path / "hello.safetensors"
    assert main(["train", HELLO, "--updates", "5", "--checkpoint", str(path)]) == 0
    assert capsys.readouterr().err == ""
    return path


def parse(words: list[str]) -> Namespace:
    """The options of a call."""
    return cli.parse(words)[1]


def test_going_on_from_a_file_saves_back_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net = tmp_path / "my.safetensors"
    assert main(["train", HELLO, "--epochs", "5", "--checkpoint", str(net)]) == 0
    assert main(["train", "--resume", str(net), "--epochs", "12"]) == 0
    assert load(net).update == 12
    out, err = capsys.readouterr()
    assert f"saved to {net}" in out
    assert err == ""


def test_going_on_from_the_newest_kept_run_saves_back_to_it() -> None:
    corpus = read_corpus(Path(HELLO))
    path = fresh_path(corpus)
    path.parent.mkdir(parents=True)
    save(path, Trainer(PRESETS["hello"], corpus))
    assert main(["train", "--resume", "--updates", "7"]) == 0
    assert load(path).update == 7
    assert list(folder().iterdir()) == [path]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_it_does_not_where_another_file_is_named_or_none_is_wanted(
    net: Path, tmp_path: Path, *, elsewhere: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    before, other = net.read_bytes(), tmp_path / "other.safetensors"
    where = ["--checkpoint", str(other)] if elsewhere else ["--no-save"]
    assert main(["train", "--resume", str(net), "--updates", "12", *where]) == 0
    assert net.read_bytes() == before
    assert other.exists() is elsewhere
    assert capsys.readouterr().err == ""


def test_a_file_that_cannot_be_replaced_is_said_before_training(
    net: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> None:
        raise InputError(f"cannot write {path}: Read-only file system")

    monkeypatch.setattr("rnn_tui.training.checkpoint.atomic.require_writable", refuse)
    assert main(["train", "--resume", str(net), "--updates", "12"]) == 2
    line = capsys.readouterr().err
    assert "Read-only file system" in line
    assert "--checkpoint FILE" in line
    assert "--no-save" in line
    assert load(net).update == 5


@pytest.mark.parametrize("to", ["itself", "a link", "another"])
def test_a_file_that_is_protected_from_writing_is_not_replaced(
    net: Path, tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    net.chmod(0o444)
    before, link = net.read_bytes(), tmp_path / "link.safetensors"
    if to == "a link":
        link.symlink_to(net)
    train = ["train", "--resume", str(link if to == "a link" else net)]
    if to == "another":
        train = ["train", HELLO, "--checkpoint", str(net)]
    assert main([*train, "--updates", "12"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "is protected from writing" in err
    assert net.read_bytes() == before


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_run_that_is_saved_nowhere_says_so(
    as_json: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", HELLO, "--updates", "1234", *as_json]) == 0
    out, err = capsys.readouterr()
    assert err == (
        "rnn-tui: 1,234 updates were not saved: --checkpoint FILE saves, --no-save spares this "
        "line\n"
    )
    if as_json:
        start, *_, end = (json.loads(line) for line in out.splitlines())
        assert saving.NOT_SAVED in start["notes"]
        assert end["checkpoint"] is None


def test_whoever_has_had_enough_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: object, step: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("rnn_tui.plain.train.report.TextReport.updated", broken)
    monkeypatch.setattr(cli, "lead_nowhere", lambda number: None)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    assert main(["train", HELLO, "--updates", "9"]) == 2
    assert "1 update was not saved" in capsys.readouterr().err


def test_a_log_is_no_checkpoint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", HELLO, "--updates", "3", "--log", str(tmp_path / "a.jsonl")]) == 0
    assert "3 updates were not saved" in capsys.readouterr().err


def test_a_save_that_fails_on_the_way_does_not_end_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, full = tmp_path / "a.safetensors", [True, True, False, False]

    def save_later(path: Path, trainer: Trainer) -> None:
        if full.pop(0):
            raise InputError(f"cannot write {path}: No space left on device")
        save(path, trainer)

    monkeypatch.setattr(saving, "save", save_later)
    words = ["--updates", "9", "--checkpoint", str(path), "--checkpoint-every", "3"]
    assert main(["train", HELLO, *words]) == 0
    assert load(path).update == 9
    assert capsys.readouterr().err == (
        f"rnn-tui: update 3 is not saved: cannot write {path}: No space left on device; training "
        "goes on\n"
    )


def test_where_the_last_save_fails_the_run_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.safetensors"

    def full(where: Path, trainer: Trainer) -> None:
        if where == path:
            raise InputError(f"cannot write {path}: No space left on device")
        save(where, trainer)

    monkeypatch.setattr(final_save, "save", full)
    assert main(["train", HELLO, "--updates", "9", "--checkpoint", str(path)]) == 2
    kept = newest()
    assert kept is not None
    assert load(kept).update == 9
    line = capsys.readouterr().err
    assert "No space left on device" in line
    assert str(kept) in line


def test_no_save_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    words = ["train", HELLO, "--no-save", "--checkpoint", str(tmp_path / "a.safetensors")]
    with pytest.raises(InputError, match="exclude each other"):
        require_checkpoint(parse(words))


def test_a_rhythm_of_saving_is_that_of_the_file_gone_on_from(net: Path) -> None:
    words = ["train", "--resume", str(net), "--updates", "12", "--checkpoint-every", "3"]
    assert main(words) == 0
    assert load(net).update == 12
    with pytest.raises(InputError, match="--checkpoint-every needs"):
        require_checkpoint(parse([*words, "--no-save"]))
