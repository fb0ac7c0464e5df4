from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.comparing.comparison import Choice, Comparison
from rnn_tui.comparing.reading import MOST_RUNS, read_all, read_runs
from rnn_tui.comparing.smoothing import smooth
from rnn_tui.errors import InputError
from rnn_tui.training.history import CAPACITY
from tests.comparing.logs import write


def test_a_run_is_what_its_log_says(tmp_path: Path) -> None:
    path = write(tmp_path / "one.jsonl", [3.0, 2.0, 1.5], batch_size=2, seq_length=5, seed=9)
    [run] = read_runs(path)
    assert (run.name, run.updates, run.last, run.took) == ("one", 3, 1.5, 3.0)
    assert run.settings["seed"] == 9
    update = run.curves["training"].update
    assert run.along("characters", update).tolist() == [10, 20, 30]
    assert run.along("epochs", update).tolist() == [0.25, 0.5, 0.75]
    assert run.along("seconds", update).tolist() == [1, 2, 3]


def test_only_what_differs_is_told(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.jsonl", [2.0], seed=n, hidden_size=5) for n in range(2)]
    assert read_all(paths).runs[0].settings["hidden-size"] == 5
    assert Comparison(read_all(paths)).differing == ["seed"]


def test_long_runs_are_held_in_few_points_and_keep_their_end(tmp_path: Path) -> None:
    count = 3 * CAPACITY + 17
    [run] = read_runs(write(tmp_path / "long.jsonl", [1 / n for n in range(1, count + 1)]))
    update, loss = run.curves["each"].update, run.curves["each"].loss
    assert CAPACITY // 4 < update.size <= CAPACITY + 1
    assert update[0] <= 4
    assert update[-1] == count
    assert np.allclose(loss, 1 / update)


def test_smoothing_is_the_plain_mean_with_weights_by_distance() -> None:
    at, values = np.array([1.0, 2.0, 5.0, 9.0]), np.array([4.0, 1.0, 7.0, 2.0])
    found = smooth(at, values, 0.6, 1000.0)
    for place in range(len(at)):
        total = mean = 0.0
        for before in range(place + 1):
            gap = 1.0 if before == 0 else at[before] - at[before - 1]
            weight = (1 - 0.6**gap) * 0.6 ** (at[place] - at[before])
            total, mean = total + weight, mean + weight * values[before]
        assert found[place] == pytest.approx(mean / total)


def test_numbers_at_a_place_lie_on_the_line(tmp_path: Path) -> None:
    comparison = Comparison(read_all([write(tmp_path / "a.jsonl", [3.0, 1.0, 2.0])]))
    assert comparison.at(0, 1.5) == 2.0
    assert np.isnan(comparison.at(0, 3.5))
    comparison.choice = Choice(along="seconds")
    assert comparison.at(0, 2.5) == 1.5


HOSTILE = {
    "empty": b"",
    "foreign": b'{"a": 1}\n' * 3,
    "text": b"once upon a time\n",
    "controls": bytes(range(32)) * 50,
    "binary": bytes(range(256)) * 40,
    "deep": b"[" * 100_000,
    "one long line": b"x" * (20 << 20),
    "half a line": b'{"event":"start","version":1,"sec',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_log_is_refused_in_one_line(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad\x1b[2J.jsonl"
    path.write_bytes(HOSTILE[kind])
    assert main(["compare", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "\x1b" not in said
    assert said.startswith("rnn-tui: ")


def test_a_truncated_log_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path / "cut.jsonl", [3.0, 2.0, 1.0])
    path.write_bytes(path.read_bytes()[:-20])
    assert read_runs(path)[0].updates == 2


def test_what_a_folder_holds_besides_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "good.jsonl", [1.0])
    (tmp_path / "bad.jsonl").write_bytes(HOSTILE["text"])
    found = read_all([tmp_path])
    assert (len(found.runs), len(found.left_out)) == (1, 1)


def test_a_log_with_very_many_runs_gives_so_many(tmp_path: Path) -> None:
    path = write(tmp_path / "many.jsonl", [1.0])
    path.write_bytes(path.read_bytes() * (MOST_RUNS + 9))
    assert len(read_runs(path)) == MOST_RUNS


def test_nothing_is_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["compare"]) == 2
    assert "there is no run to compare yet" in capsys.readouterr().err


def test_no_such_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_all([tmp_path / "none.jsonl"])
