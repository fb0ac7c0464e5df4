"""`train --log`, what `export` makes of the log, and what `replay` refuses."""

import csv
import io
import json
from pathlib import Path

import pytest

from rnn_tui.cli import main

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


def train(*options: object) -> int:
    return main(["train", HELLO, *map(str, options)])


def test_train_notes_what_json_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "run.jsonl"
    assert train("--updates", 30, "--log", log, "--json") == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    noted = [json.loads(line) for line in log.read_text().splitlines()]
    same = [
        [(e["update"], e["loss"]) for e in events if e["event"] == "update"]
        for events in (printed, noted)
    ]
    assert same[0] == same[1]
    assert noted[0]["config"] == printed[0]["config"]
    assert [len(e["ids"]) for e in noted if e["event"] == "sample"] == [40]
    assert noted[-1] == {
        "event": "end",
        "seconds": noted[-1]["seconds"],
        "update": 30,
        "reason": "30 updates are done.",
    }


def test_history_and_samples_of_a_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "run.jsonl"
    assert train("--updates", 30, "--log", log) == 0
    sample = {"event": "sample", "seconds": 9, "update": 20, "temperature": 0.5, "text": "he,\nllo"}
    with log.open("a") as file:
        file.write(json.dumps(sample | {"ids": [0], "probs": [1]}) + "\n")
    capsys.readouterr()
    assert main(["export", str(log), "-", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [int(row["update"]) for row in rows if row["low"]] == list(range(1, 31))
    assert [row["sample"] for row in rows if row["sample"]][-1] == "he,\nllo"
    assert main(["export", str(log), "-", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["samples"][-1] == {"update": 20, "temperature": 0.5, "text": "he,\nllo"}
    assert found["config"]["hidden_size"] == 3
    assert main(["export", str(log), str(tmp_path / "x.py"), "--format", "numpy"]) == 2


def test_a_log_that_diverged_is_played_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "run.jsonl"
    options = ("--activation", "relu", "--learning-rate", 1e30, "--optimizer", "sgd", "--no-clip")
    assert train("--updates", 99, "--log", log, *options) == 3
    assert main(["export", str(log), "-", "--format", "json"]) == 0
    noted = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["state"] for event in noted if event["event"] == "state"][-2:] == [
        "diverged",
        "finished",
    ]


def test_a_log_is_appended_to(tmp_path: Path) -> None:
    log, net = tmp_path / "run.jsonl", tmp_path / "net.safetensors"
    assert train("--updates", 5, "--log", log, "--checkpoint", net) == 0
    assert train("--updates", 9, "--log", log, "--resume", net) == 0
    noted = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["update"] for event in noted if event["event"] == "start"] == [0, 5]
    assert [event["update"] for event in noted if event["event"] == "update"] == list(range(1, 10))


def test_nothing_else_is_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    assert train("--updates", 5, "--log", other) == 2
    assert "something else than a log" in capsys.readouterr().err
    assert other.read_text() == "mine"


@pytest.mark.parametrize(("words", "message"), [
    ([HELLO], "is not a log"),
    (["nowhere"], "No such file"),
    ([HELLO, "--fps", "0"], "--fps"),
    ([HELLO, "--speed", "-1"], "--speed"),
])  # fmt: skip
def test_what_replay_refuses(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", *words]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert message in err
    assert err.count("\n") == 1
