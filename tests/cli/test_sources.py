"""Command line over environment over file over defaults."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from rnn_tui.cli import main, parse
from rnn_tui.commands.options.order import overrides, prepare
from rnn_tui.errors import InputError

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the environment names."""
    path = tmp_path / "mine.toml"
    path.write_text("")
    monkeypatch.setenv("RNN_TUI_CONFIG", str(path))
    return path


def options(*words: str) -> Namespace:
    return parse(["train", HELLO, *words])[1]


def test_each_layer_is_over_the_one_below(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert options().hidden_size is None
    file.write_text("# mine\nhidden-size = 7\nlearning_rate = 1\ncell = 'gru'\n")
    monkeypatch.setenv("RNN_TUI_HIDDEN_SIZE", "8")
    monkeypatch.setenv("RNN_TUI_CELL", "lstm")
    monkeypatch.setenv("RNN_TUI_SEED", "")
    given = options("--cell", "rnn")
    assert (given.cell, given.hidden_size, given.learning_rate) == ("rnn", 8, 1.0)
    assert given.seed is None
    assert given.sources == {
        "corpus": "command line",
        "cell": "command line",
        "hidden_size": "RNN_TUI_HIDDEN_SIZE",
        "learning_rate": f"{file}, line 3",
    }
    config = prepare(given).config
    assert (config.cell, config.hidden_size, config.learning_rate) == ("rnn", 8, 1.0)


def test_the_default_said_aloud_is_over_the_file_too(file: Path) -> None:
    file.write_text("units = 'byte'\ntemperature = 2\n")
    assert options("--units", "char").units == "char"
    assert parse(["sample", "x"])[1].temperature == 2.0
    assert parse(["sample", "x", "--temperature", "0.8"])[1].temperature == 0.8


def test_a_named_file_is_read_instead(file: Path, tmp_path: Path) -> None:
    file.write_text("seed = 1\n")
    other = tmp_path / "other.toml"
    other.write_text("cell = 'gru'\n")
    given = options("--config", str(other))
    assert (given.seed, given.cell) == (None, "gru")


def test_flags(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("paused = true\nno-autosave = true\n")
    given = parse([HELLO])[1]
    assert given.paused
    assert given.no_autosave
    monkeypatch.setenv("RNN_TUI_PAUSED", "no")
    assert not parse([HELLO])[1].paused
    assert parse([HELLO, "--paused"])[1].paused
    assert not parse([HELLO, "--autosave"])[1].no_autosave


@pytest.mark.parametrize(
    ("words", "norm", "value", "off"),
    [
        ([], 3.0, None, False),
        (["--clip-value", "2"], None, 2.0, False),
        (["--no-clip"], None, None, True),
    ],
)
def test_one_way_of_clipping_replaces_another(
    file: Path, words: list[str], norm: float | None, value: float | None, off: bool
) -> None:
    file.write_text("clip-norm = 3\n")
    given = options(*words)
    assert (given.clip_norm, given.clip_value, given.no_clip) == (norm, value, off)


def test_a_preset_puts_aside_what_weaker_layers_say_of_the_network(file: Path) -> None:
    file.write_text("hidden-size = 5\nlearning-rate = 9\nseed = 3\nspeed = 4\npreset = 'hello'\n")
    config = prepare(options("--preset", "min-char-rnn", "--learning-rate", "0.2")).config
    assert (config.preset, config.hidden_size) == ("min-char-rnn", 100)
    assert (config.learning_rate, config.seed, config.speed) == (0.2, 3, 4.0)
    assert prepare(options()).config.hidden_size == 5  # one layer: options over its preset


def test_a_run_that_goes_on_has_its_own_settings(file: Path, tmp_path: Path) -> None:
    net = tmp_path / "net.safetensors"
    assert main(["train", HELLO, "--updates", "3", "--checkpoint", str(net)]) == 0
    file.write_text("hidden-size = 50\nunits = 'byte'\nlearning-rate = 7\nupdates = 1\n")
    given = parse(["train", "--resume", str(net), "--updates", "9"])[1]
    assert overrides(given) == {"updates": 9}
    config = prepare(given).config
    assert (config.hidden_size, config.learning_rate, config.updates) == (3, 0.03, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "learnig-rate = 1",
            "line 1: there is no setting learnig-rate; did you mean learning-rate?",
        ),
        ("zzz = 1", "line 1: there is no setting zzz; see rnn-tui config"),
        ("json = true", "line 1: there is no setting json"),
        ("checkpoint = 'x'", "line 1: there is no setting checkpoint"),
        ("\n[tain]\nseed = 1", "line 2: there is no table [tain]"),
        ("seed = 1\nfps = 'a'", "line 2: fps is a whole number, not 'a'"),
        ("seed = true", "line 1: seed is a whole number, not true"),
        ("hidden-size = 2.5", "line 1: hidden-size is a whole number, not 2.5"),
        ("cell = 'tree'", "line 1: cell is one of rnn, lstm, gru, not 'tree'"),
        ("paused = 1", "line 1: paused is true or false, not 1"),
        ("theme = 3", "line 1: theme is a text, not 3"),
        ("learning-rate = '1'", "line 1: learning-rate is a number, not '1'"),
        ("hidden-size = -3", "line 1: --hidden-size must be at least 1, not -3"),
        ("seed = 1\nlr-decay = inf", "line 2: --lr-decay must be a finite number"),
        ("clip-norm = 1\nclip-value = 2", "line 2: clip-norm and clip-value exclude each other"),
        ("seed =", "is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_said_in_one_line(
    file: Path, text: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(text)
    assert main(["train", HELLO, "--updates", "1"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert str(file) in err
    assert expected in err


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("RNN_TUI_FP", "3", "RNN_TUI_FP: there is no setting fp; did you mean RNN_TUI_FPS?"),
        ("RNN_TUI_SEED", "x\x1b", "RNN_TUI_SEED is a whole number, not 'x␛'"),
        ("RNN_TUI_PAUSED", "maybe", "RNN_TUI_PAUSED is true or false, not 'maybe'"),
        ("RNN_TUI_CELL", "tree", "RNN_TUI_CELL is one of rnn, lstm, gru, not 'tree'"),
        ("RNN_TUI_SEED", "-1", "RNN_TUI_SEED: --seed must not be negative, not -1"),
        ("RNN_TUI_CONFIG", "/no/such", "cannot read /no/such (RNN_TUI_CONFIG): no such file"),
    ],
)
def test_a_mistake_in_the_environment_is_said_in_one_line(
    name: str,
    value: str,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["train", HELLO, "--updates", "1"]) == 2
    assert expected in capsys.readouterr().err


def test_a_broken_file_stops_no_command_that_needs_none(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("broken")
    assert main(["presets"]) == 0
    with pytest.raises(InputError, match="is not TOML"):
        options()


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, tuple[object, str]]:
    assert main(["config", "--json", *words]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["name"]: (row["value"], row["source"]) for row in rows}


def test_config_says_what_is_in_force_and_from_where(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("fps = 20\n[keys]\ntrain.pause = 'p'\n")
    monkeypatch.setenv("RNN_TUI_SEED", "3")
    rows = listed(capsys, "--cell", "gru")
    assert rows["config"] == (str(file), "RNN_TUI_CONFIG")
    assert rows["fps"] == (20, f"{file}, line 1")
    assert rows["seed"] == (3, "RNN_TUI_SEED")
    assert rows["cell"] == ("gru", "command line")
    assert rows["hidden-size"] == (None, "the text decides")
    assert rows["temperature"] == (0.8, "default")
    rows = listed(capsys, HELLO)
    assert rows["hidden-size"] == (3, "the text")
    assert rows["speed"] == (0.0, "default")
    assert listed(capsys, HELLO, "--preset", "torch-rnn")["cell"] == ("lstm", "preset torch-rnn")


def test_config_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["paused", "false", "default"] in rows
    assert ["theme", "-", "default"] in rows


@pytest.mark.parametrize("name", ["corpus", "force", "format", "top", "print_completion"])
def test_what_belongs_to_one_call_is_no_setting(file: Path, name: str) -> None:
    """Neither a text for every call nor a consent to replace files, which nobody asked about."""
    file.write_text(f"{name} = 'x'\n")
    with pytest.raises(InputError, match=f"there is no setting {name.replace('_', '.')}"):
        options("--updates", "1")
