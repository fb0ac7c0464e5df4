"""Files written by version 0.1.0 as it was at 324e7cb, made once by its `train`, open as before."""

import json
import shutil
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from rnn_tui.cli import main
from rnn_tui.runlog.reader import read_log

DATA = Path(__file__).parents[1] / "data" / "earlier"
HELLO = Path(__file__).parents[2] / "corpora" / "hello.txt"
LSTM = ["--cell", "lstm", "--num-layers", "2", "--hidden-size", "5"]
GRU = [
    *["--cell", "gru", "--hidden-size", "6", "--val-fraction", "0.3", "--batch-size", "2"],
    *[
        "--seq-length",
        "9",
        "--optimizer",
        "rmsprop",
        "--learning-rate",
        "0.01",
        "--dtype",
        "float64",
    ],
]


@pytest.mark.parametrize(
    ("name", "text", "options", "updates"),
    [("lstm", HELLO, LSTM, 40), ("gru", DATA / "brackets.txt", GRU, 60)],
)
def test_a_run_goes_on_as_if_it_had_never_stopped(
    name: str, text: Path, options: list[str], updates: int, tmp_path: Path
) -> None:
    earlier, straight = tmp_path / f"{name}.safetensors", tmp_path / "straight.safetensors"
    shutil.copy(DATA / earlier.name, earlier)
    more = ["--updates", str(updates + 30)]
    assert main(["train", str(text), "--resume", str(earlier), *more]) == 0
    assert main(["train", str(text), *options, *more, "--checkpoint", str(straight)]) == 0
    resumed, expected = load_file(earlier), load_file(straight)
    assert resumed.keys() == expected.keys()
    for key in (key for key in expected if not key.startswith("history.val")):
        assert resumed[key] == pytest.approx(expected[key], rel=1e-9, abs=1e-12), key


def test_a_log_is_read() -> None:
    log = read_log(DATA / "lstm.jsonl")
    assert log.events[0]["config"]["num_layers"] == 2
    assert log.events[-1]["event"] == "end"


def test_settings_are_in_force(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RNN_TUI_CONFIG", str(DATA / "config.toml"))
    assert main(["config", "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    values = {one["name"]: one["value"] for one in said}
    assert (values["hidden-size"], values["learning-rate"]) == (7, 0.01)
    assert main(["keys"]) == 0
    assert "ctrl+x" in capsys.readouterr().out
