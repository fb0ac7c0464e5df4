"""The progress bar of `train`, on a terminal: its last line is how training ended."""

import re

import pytest
from rich.console import Console

from rnn_tui.plain.train import bar
from rnn_tui.plain.train.report import TextReport
from rnn_tui.plain.train.run import Plan, train
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture(params=["", "1"], ids=["color", "no color"])
def terminal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard error that is a terminal, with colors and without."""
    monkeypatch.setenv("NO_COLOR", request.param) if request.param else None
    monkeypatch.setenv("TERM", "xterm")
    made = lambda stderr: Console(stderr=stderr, force_terminal=True, width=100)  # noqa: E731
    monkeypatch.setattr(bar, "Console", made)


def last_line(err: str) -> str:
    """What the bar shows when it is left."""
    shown = [line for line in re.split(r"[\r\n]+", ESCAPES.sub("", err)) if "update " in line]
    return shown[-1]


@pytest.mark.usefixtures("terminal")
def test_a_short_run_ends_at_its_last_update(
    hello: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    trainer = Trainer(choose_config(hello, None, {"updates": 300})[0], hello)
    assert train(trainer, Plan(no_save=True)) == 0
    line = last_line(capsys.readouterr().err)
    assert line.startswith("update 300 ")
    assert f"loss {trainer.history.smoothed:.3f}" in line
    assert "–/s" not in line


@pytest.mark.usefixtures("terminal")
def test_the_last_validation_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = corpus_from_bytes(b"the cat sat on the mat. " * 300, "x")
    trainer = Trainer(choose_config(corpus, None, {"updates": 3, "hidden_size": 5})[0], corpus)
    assert train(trainer, Plan(no_save=True)) == 0
    line = last_line(capsys.readouterr().err)
    assert line.startswith("update 3 ")
    assert f"val {trainer.history.validation:.3f}" in line


@pytest.mark.usefixtures("terminal")
def test_a_run_that_goes_on_begins_where_it_stands_and_one_that_diverged_ends_there(
    hello: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    for _ in range(70):
        trainer.step()
    report = TextReport()
    with report.on(trainer, ()):
        pass
    assert last_line(capsys.readouterr().err).startswith("update 70 ")
    trainer.set_learning_rate(1e30)
    assert train(trainer, Plan(no_save=True)) == 3
    assert last_line(capsys.readouterr().err).startswith(f"update {trainer.update} ")


@pytest.mark.usefixtures("terminal")
def test_without_a_thread_of_its_own_it_is_painted_all_the_same(
    hello: Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("rich.live._RefreshThread.start", refuse)
    monkeypatch.setattr(bar, "REPAINT", 0.0)
    trainer = Trainer(choose_config(hello, None, {"updates": 30})[0], hello)
    assert train(trainer, Plan(no_save=True)) == 0
    err = capsys.readouterr().err
    assert last_line(err).startswith("update 30 ")
    assert "update 7 " in err
    assert err.count("\x1b[?25h") == err.count("\x1b[?25l") == 1
