"""A sweep is the runs that `train` would do, each once."""

import json
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.comparing.reading import read_all
from rnn_tui.runlog.reader import whole
from rnn_tui.sweep.claim import Claim
from rnn_tui.training.checkpoint.file import load

TEXT = "a cat sat on a mat; the rat that ran sat, too. " * 200
SMALL = ("--num-layers", "2", "--batch-size", "3", "--seq-length", "11", "--updates", "13")
VARIED = ("--vary", "cell=rnn,gru", "--vary", "hidden-size=5,7", "--seeds", "2")
NAME = "cell=gru,hidden-size=7,seed=1"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text, where the sweep is made."""
    (tmp_path / "my.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, object]]]:
    """Return the events that were printed, by their kinds."""
    found: dict[str, list[dict[str, object]]] = {}
    for line in capsys.readouterr().out.splitlines():
        event = json.loads(line)
        found.setdefault(event["event"], []).append(event)
    return found


def test_runs_are_those_of_train(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["sweep", "my.txt", *VARIED, *SMALL, "--jobs", "2", "--json"]
    assert main(line) == 0
    first = told(capsys)
    own = ("--cell", "gru", "--hidden-size", "7", "--seed", "1", "--no-record")
    assert main(["train", "my.txt", *SMALL, *own, "--checkpoint", "one.safetensors"]) == 0
    capsys.readouterr()
    mine, theirs = (
        load(Path(name)) for name in (f"my-sweep/{NAME}.safetensors", "one.safetensors")
    )
    assert mine.config == theirs.config
    assert mine.tensors.keys() == theirs.tensors.keys()
    for name, tensor in theirs.tensors.items():
        np.testing.assert_array_equal(mine.tensors[name], tensor, err_msg=name)
    log = Path(f"my-sweep/{NAME}.jsonl").read_bytes()
    assert [whole(log.splitlines()[place])["event"] for place in (0, -1)] == ["start", "end"]  # type: ignore[index]

    assert main(line) == 0  # nothing is done again
    again = told(capsys)
    assert Path(f"my-sweep/{NAME}.jsonl").read_bytes() == log
    assert all(one["earlier"] for one in again["run"])
    assert again["combination"] == first["combination"]
    best = {str(one["name"]): one["best"] for one in first["run"]}
    assert len(best) == 8
    row = next(
        one for one in first["combination"] if one["settings"] == {"cell": "gru", "hidden-size": 7}
    )
    losses = [best[NAME], best[NAME.replace("seed=1", "seed=0")]]
    assert row["best"] == {"median": np.mean(losses), "low": min(losses), "high": max(losses)}  # type: ignore[type-var, arg-type]


def test_a_log_tells_of_one_run(place: Path) -> None:
    """One that was killed before it was saved begins again, and so does its log."""
    (place / "my-sweep").mkdir()
    line = ["sweep", "my.txt", "--vary", "hidden-size=4,6", *SMALL]
    assert main(line) == 0
    for file in (place / "my-sweep").glob("*.safetensors"):
        file.unlink()
    said = json.loads((place / "my-sweep" / "sweep.json").read_text())
    for run in said["runs"]:
        run["result"] = None
    (place / "my-sweep" / "sweep.json").write_text(json.dumps(said))
    assert main(line) == 0
    found = read_all([place / "my-sweep"])
    assert not found.left_out
    assert [run.updates for run in found.runs] == [13, 13]
    assert [run.name for run in found.runs] == [f"hidden-size={size},seed=0" for size in (4, 6)]


def test_more_seeds_can_come_to_a_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["sweep", "my.txt", "--vary", "hidden-size=4", *SMALL, "--json"]
    assert main([*line, "--seeds", "1"]) == 0
    capsys.readouterr()
    assert main([*line, "--seeds", "3"]) == 0
    assert [one["earlier"] for one in told(capsys)["run"]] == [True, False, False]


def test_a_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "my.txt", "--vary", "cell=rnn,lstm", *SMALL]) == 0
    out = capsys.readouterr().out
    assert "2/2 " in out
    assert "parameters" in out
    assert "nats per character" in out


@pytest.mark.parametrize(("words", "said"), [
    (["my.txt", *SMALL], "nothing differs"),
    (["my.txt", *SMALL, "--vary", "cel=rnn"], "did you mean cell"),
    (["my.txt", *SMALL, "--vary", "cell=rnn,tree"], "each value has to be"),
    (["my.txt", *SMALL, "--vary", "cell"], "SETTING=VALUE"),
    (["my.txt", *SMALL, "--vary", "updates=3,4"], "exclude each other"),
    (["my.txt", *SMALL, "--vary", "units=byte"], "the same text"),
    (["my.txt", *SMALL, "--vary", "seed=1,2", "--seeds", "2"], "exclude each other"),
    (["my.txt", *SMALL, "--seeds", "2001"], "2,000 at most"),
    (["my.txt", "--seeds", "2"], "needs to know when a run stops"),
    (["my.txt", *SMALL, "--seeds", "2", "--jobs", "1", "--dask", "x"], "exclude each other"),
    (["--resume", "."], "no sweep is there"),
    ([], "CORPUS is missing"),
])  # fmt: skip
def test_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_folder_belongs_to_one_sweep(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["sweep", "my.txt", *SMALL, "--out", "there"]
    assert main([*line, "--seeds", "2"]) == 0
    capsys.readouterr()
    assert main([*line, "--vary", "hidden-size=3,4"]) == 2
    assert "another sweep is there" in capsys.readouterr().err
    with Claim(place / "there"):
        assert main([*line, "--seeds", "2"]) == 2
    assert "a sweep is at work there" in capsys.readouterr().err
    (place / "my.txt").write_text(TEXT + "more")
    assert main(["sweep", "--resume", "there"]) == 2
    assert "text differs" in capsys.readouterr().err


@pytest.mark.parametrize("damage", [
    b"", b"[" * 100_000, b'{"format": "rnn-tui sweep", "version": 1}', b"\xff\x1b[2J", b"null",
])  # fmt: skip
def test_a_damaged_file_is_refused(
    place: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "sweep.json").write_bytes(damage)
    assert main(["sweep", "--resume", "."]) == 2
    err = capsys.readouterr().err
    assert "damaged" in err
    assert err.count("\n") == 1
    assert "\x1b" not in err
