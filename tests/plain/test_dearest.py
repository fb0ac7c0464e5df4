"""`rnn-tui inspect --surprise`: the dearest characters, the division, and two networks compared."""

import json
import re
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.text.places import places_of_text

TEXT = "to Tom 가\x1b[2J, 12\nand Ann\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text and two moments of one network; a third of bytes."""
    folder = tmp_path_factory.mktemp("dearest")
    (folder / "text").write_text(TEXT * 3)
    words = ["--hidden-size", "7", "--seq-length", "6"]
    for name, *more in (
        ("early", "--updates", "3"),
        ("late", "--updates", "60"),
        ("bytes", "--updates", "1", "--units", "byte"),
    ):
        saved = ["--checkpoint", str(folder / name)]
        assert main(["train", str(folder / "text"), *words, *more, *saved]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def test_json_is_what_eval_says(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["inspect", "late", "text", "--surprise", "--before", "early", "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert main(["eval", "late", "text", "--tsv"]) == 0
    bits = [float(row.split("\t")[3]) for row in capsys.readouterr().out.splitlines()[1:]]
    assert told["characters"] == len(TEXT) * 3 - 1 == len(bits)
    assert told["bits"] == pytest.approx(sum(bits), rel=1e-5)
    assert sum(kind["bits"] for kind in told["kinds"]) == pytest.approx(told["bits"])
    assert [one["bits"] for one in told["dearest"]] == pytest.approx(
        sorted(bits, reverse=True)[:12], rel=1e-5
    )
    for one in told["dearest"]:
        assert one["symbol"] == (TEXT * 3)[one["position"]]
        assert one["bits"] == pytest.approx(bits[one["position"] - 1], rel=1e-5)
    assert main(["eval", "early", "text", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert sum(kind["before"] for kind in told["kinds"]) == pytest.approx(
        before["bits"] * before["characters"], rel=1e-6
    )


def test_words_are_aligned_and_safe_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "late", "text", "--surprise", "--before", "early"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    head, *rows = out.split("\n\n")[0].splitlines()
    assert head.split() == ["characters", "bits", "share", "bits", "each", "earlier", "change"]
    counts = {row[:12].rstrip(): int(row[14:24]) for row in rows[:-1]}
    assert counts.pop("together") == len(TEXT) * 3 - 1 == sum(counts.values())
    assert len(counts) == len({*places_of_text([*TEXT])})
    assert all(re.fullmatch(r" +\d+\.\d\d  +[+-]\d+\.\d\d.*", row[56:]) for row in rows[:-1])
    assert " bits fewer in all, " in rows[-1]
    listed = out.split("\n\n")[1].splitlines()
    assert len(listed) == 13
    assert listed[0].split() == ["at", "bits", "character", "expected", "p", "after"]


def test_networks_of_other_symbols_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "late", "text", "--surprise", "--before", "bytes"]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert "--before is a network of bytes, the other one of characters" in err
