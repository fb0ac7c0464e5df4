"""Every command between two pipes: results on standard output, nothing else anywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.cli import COMMANDS, main
from rnn_tui.commands import registry
from rnn_tui.commands.registry import LISTED
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.names import PresetName
from rnn_tui.training.settings.presets import PRESETS

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("net") / "hello.safetensors"
    assert main(["train", HELLO, "--updates", "90", "--checkpoint", str(path)]) == 0
    return str(path)


def piped(words: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rnn_tui", *words],
        env=os.environ | environment,
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def parsed(words: list[str]) -> list[dict[str, Any]]:
    """The JSON objects a command prints, none of which holds what JSON has no word for."""
    done = piped(words)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return [json.loads(line, parse_constant=refuse) for line in done.stdout.splitlines()]


def test_train() -> None:
    start, *updates, end = parsed(["train", HELLO, "--updates", "3", "--json", "--no-save"])
    assert [line["update"] for line in updates] == [1, 2, 3]
    assert start["config"]["updates"] == 3
    assert end["event"] == "end"


def test_train_without_json_prints_one_line_of_result() -> None:
    done = piped(["train", HELLO, "--updates", "3", "--no-save"])
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_sample(net: str) -> None:
    words = ["sample", net, "--prefix", "h", "--length", "6", "--temperature", "3"]
    first, second, third = parsed([*words, "--seed", "4", "--count", "3", "--json"])
    assert [line["seed"] for line in (first, second, third)] == [4, 5, 6]
    assert {len(line["probabilities"]) for line in (first, second, third)} == {6}
    done = piped([*words, "--seed", "5"])
    assert (done.stdout, done.stderr) == (f"{second['text']}\n", "")
    done = piped([*words, "--seed", "5", "--count", "2"])
    assert done.stdout == f"==> seed 5 <==\n{second['text']}\n\n==> seed 6 <==\n{third['text']}\n"


def test_sample_of_the_likeliest_is_the_same_for_every_seed(net: str) -> None:
    words = ["sample", net, "--length", "5", "--temperature", "9", "--count", "3", "--json"]
    for option in (["--top-k", "1"], ["--top-p", "1e-9"]):
        assert {line["text"] for line in parsed([*words, *option])} == {"hello"}


def test_predict(net: str) -> None:
    (line,) = parsed(["predict", net, "hel", "--json"])
    assert sum(row["probability"] for row in line["next"]) == pytest.approx(1)
    assert line["continuation"]


def test_eval(net: str) -> None:
    (line,) = parsed(["eval", net, HELLO, "--json"])
    assert set(line) == {"characters", "nats", "bits", "perplexity"}


def test_gradcheck() -> None:
    assert all(line["right"] for line in parsed(["gradcheck", "--json"]))


def test_presets() -> None:
    lines = parsed(["presets", "--json"])
    assert [Config(**line) for line in lines] == list(PRESETS.values())
    shown = piped(["presets"]).stdout.splitlines()
    names = [line.split()[0] for line in shown if not line.startswith(" ")]
    assert tuple(names) == tuple(PRESETS) == PresetName.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_is_printed_as_the_options_that_make_it(name: str) -> None:
    from rnn_tui.cli import parse
    from rnn_tui.commands.options.order import overrides
    from rnn_tui.plain.presets import options

    words = " ".join(options(PRESETS[name])).split()
    given = overrides(parse(["train", HELLO, *words])[1])
    if "clip_value" in given:
        given["clip_norm"] = None
    assert Config(preset=name, **given) == PRESETS[name]


def test_the_list_of_commands_is_what_their_modules_say() -> None:
    assert {name: command.DOES for name, command in COMMANDS.items()} == {
        name: does for name, (_, does) in LISTED.items()
    }
    assert all(name == command.NAME for name, command in COMMANDS.items())
    modules = {path.stem for path in Path(registry.__file__).parent.glob("*.py")}
    named = {module for module, _ in LISTED.values()}
    with_name = {
        name
        for name in modules
        if "NAME = " in (Path(registry.__file__).parent / f"{name}.py").read_text("utf-8")
    }
    assert with_name == named | {"screen"}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_of_every_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        main([name, "--help"])
    out, err = capsys.readouterr()
    assert (exit.value.code, err) == (0, "")
    assert out.startswith(f"usage: rnn-tui {name}")


@pytest.mark.parametrize(("columns", "most"), [("60", 60), ("200", 200), ("0", 80), ("x", 80)])
def test_help_is_as_wide_as_the_terminal(columns: str, most: int) -> None:
    widths = [len(line) for line in piped(["eval", "--help"], COLUMNS=columns).stdout.splitlines()]
    assert most / 2 < max(widths) <= most
