"""A word that means nothing: what it was probably meant to be is named."""

from pathlib import Path

import pytest

from rnn_tui.cli import main

MISSPELLED = [
    (["--hiden-size", "3", "x"], "no option --hiden-size; did you mean --hidden-size?"),
    (["train", "x", "--lerning-rate=1"], "no option --lerning-rate; did you mean --learning-rate?"),
    (["sample", "--temprature", "1"], "no option --temprature; did you mean --temperature?"),
    (["x", "--no-autosav3"], "no option --no-autosav3; did you mean --no-autosave?"),
    (["x", "--cell", "lstn"], "'lstn' is none of rnn, lstm, gru; did you mean lstm?"),
    (["x", "--cell", "LSTM"], "'LSTM' is none of rnn, lstm, gru; did you mean lstm?"),
    (["x", "--preset", "min-char"], "did you mean min-char-rnn?"),
    (["help", "trian"], "did you mean train?"),
    (["gradchek"], "gradchek: no command and no file; did you mean gradcheck?"),
    (["helo"], "helo: no command and no file; did you mean hello?"),
    (["train", "korea", "--updates", "1"], "korea: there is no such file; did you mean korean?"),
    (["train", "corpora/sums.txt", "--updates", "1"], "no such file; did you mean sums?"),
]
NOTHING_NEAR = [
    (["sample", "--force"], "there is no option --force (see rnn-tui sample --help)"),
    (["--qqq", "x"], "there is no option --qqq (see rnn-tui --help)"),
    (["x", "--cell", "42"], "'42' is none of rnn, lstm, gru (see"),
    (["train", "letters.txt", "--updates", "1"], "letters.txt: there is no such file\n"),
]


def line(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the program says; it has to leave with exit code 2."""
    try:
        code = main(words)
    except SystemExit as exit:
        code = int(exit.code or 0)
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err


@pytest.mark.parametrize(("words", "expected"), MISSPELLED + NOTHING_NEAR)
def test_on_the_command_line(
    words: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert expected in line(words, capsys)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("RNN_TUI_LERNING_RATE", "1", "did you mean RNN_TUI_LEARNING_RATE?"),
        ("RNN_TUI_CONFG", "x", "did you mean RNN_TUI_CONFIG?"),
        ("RNN_TUI_OPTIMIZER", "adm", "not 'adm'; did you mean adam?"),
        ("RNN_TUI_QQQ", "x", "there is no setting qqq; see rnn-tui config"),
    ],
)
def test_in_the_environment(
    variable: str,
    value: str,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(variable, value)
    assert expected in line(["config"], capsys)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("hiden_size = 3", "did you mean hidden-size?"),
        ('units = "jammo"', "not 'jammo'; did you mean jamo?"),
        ('keys.train.pouse = "p"', "did you mean train.pause?"),
    ],
)
def test_in_the_file(
    entry: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text(f"{entry}\n")
    words = ["--config", str(tmp_path / "config.toml")]
    assert expected in line(["keys" if "keys" in entry else "config", *words], capsys)


def test_what_follows_two_dashes_or_holds_a_blank_is_no_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--odd").write_text("an odd name")
    assert main(["train", "--updates", "1", "--checkpoint", "net", "--", "--odd"]) == 0
    assert main(["predict", "net", "--", "--odd"]) == 2  # the network has never seen a dash
    assert "the network has never seen: -" in capsys.readouterr().err
