"""Every command where no terminal is: results on standard output, nothing else anywhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.cli import COMMANDS, main
from rnn_tui.commands import registry
from rnn_tui.commands.registry import LISTED
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.names import PresetName
from rnn_tui.training.settings.presets import PRESETS
from tests.cli.forked import run_forked

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


SAMPLE = ["sample", "NET", "--prefix", "h", "--length", "6", "--temperature", "3"]
LIKELIEST = ["sample", "NET", "--length", "5", "--temperature", "9", "--count", "3", "--json"]
LINES = {
    "train --json": ["train", HELLO, "--updates", "3", "--json", "--no-save"],
    "train": ["train", HELLO, "--updates", "3", "--no-save"],
    "sample --json": [*SAMPLE, "--seed", "4", "--count", "3", "--json"],
    "sample": [*SAMPLE, "--seed", "5"],
    "sample twice": [*SAMPLE, "--seed", "5", "--count", "2"],
    "sample --top-k": [*LIKELIEST, "--top-k", "1"],
    "sample --top-p": [*LIKELIEST, "--top-p", "1e-9"],
    "predict": ["predict", "NET", "hel", "--json"],
    "eval": ["eval", "NET", HELLO, "--json"],
    "gradcheck": ["gradcheck", "--json"],
    "presets --json": ["presets", "--json"],
    "presets": ["presets"],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every line prints; all end with 0 and say nothing else."""
    net = str(tmp_path_factory.mktemp("net") / "hello.safetensors")
    assert main(["train", HELLO, "--updates", "90", "--checkpoint", net]) == 0
    lines = [[net if word == "NET" else word for word in words] for words in LINES.values()]
    every = dict(zip(LINES, run_forked(lines), strict=True))
    assert {n: (d.returncode, d.stderr) for n, d in every.items()} == dict.fromkeys(LINES, (0, b""))
    return {name: done.stdout.decode() for name, done in every.items()}


def parsed(printed: str) -> list[dict[str, Any]]:
    """The JSON objects a command prints, none of which holds what JSON has no word for."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return [json.loads(line, parse_constant=refuse) for line in printed.splitlines()]


def test_train(said: dict[str, str]) -> None:
    start, *updates, end = parsed(said["train --json"])
    assert [line["update"] for line in updates] == [1, 2, 3]
    assert start["config"]["updates"] == 3
    assert end["event"] == "end"


def test_train_without_json_prints_one_line_of_result(said: dict[str, str]) -> None:
    assert len(said["train"].splitlines()) == 1


def test_sample(said: dict[str, str]) -> None:
    first, second, third = parsed(said["sample --json"])
    assert [line["seed"] for line in (first, second, third)] == [4, 5, 6]
    assert {len(line["probabilities"]) for line in (first, second, third)} == {6}
    assert said["sample"] == f"{second['text']}\n"
    both = f"==> seed 5 <==\n{second['text']}\n\n==> seed 6 <==\n{third['text']}\n"
    assert said["sample twice"] == both


@pytest.mark.parametrize("option", ["--top-k", "--top-p"])
def test_sample_of_the_likeliest_is_the_same_for_every_seed(
    option: str, said: dict[str, str]
) -> None:
    assert {line["text"] for line in parsed(said[f"sample {option}"])} == {"hello"}


def test_predict(said: dict[str, str]) -> None:
    (line,) = parsed(said["predict"])
    assert sum(row["probability"] for row in line["next"]) == pytest.approx(1)
    assert line["continuation"]


def test_eval(said: dict[str, str]) -> None:
    (line,) = parsed(said["eval"])
    assert set(line) == {"characters", "nats", "bits", "perplexity"}


def test_gradcheck(said: dict[str, str]) -> None:
    assert all(line["right"] for line in parsed(said["gradcheck"]))


def test_presets(said: dict[str, str]) -> None:
    lines = parsed(said["presets --json"])
    assert [Config(**line) for line in lines] == list(PRESETS.values())
    names = [line.split()[0] for line in said["presets"].splitlines() if not line.startswith(" ")]
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
def test_help_is_as_wide_as_the_terminal(
    columns: str, most: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    with pytest.raises(SystemExit):
        main(["eval", "--help"])
    assert most / 2 < max(map(len, capsys.readouterr().out.splitlines())) <= most
