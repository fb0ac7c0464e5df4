"""`rnn-tui inspect --influence`: what is printed, and what cannot be asked."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.inspection.memory.influence import influence
from rnn_tui.plain.influence import summary
from rnn_tui.text.kinds import others_of_its_kind
from rnn_tui.training.checkpoint.file import load

TEXT = "ab 1\x1b[2J?가\nab 2 AB\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with a character of every kind, and a network that has read it for a moment."""
    folder = tmp_path_factory.mktemp("inspect")
    (folder / "text").write_text(TEXT * 4)
    words = ["--hidden-size", "5", "--seq-length", "6", "--updates", "30", "--dtype", "float64"]
    saved = ["--checkpoint", str(folder / "net")]
    assert main(["train", str(folder / "text"), *words, *saved]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


@pytest.mark.parametrize("place", [1, 7, 30, -1, -60])
def test_json_holds_what_was_found_the_nearest_first(
    place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "net", "text", "--influence", str(place), "--back", "9", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    net, text = load(Path("net")), TEXT * 4
    at = range(len(text))[place]
    ids = net.vocab.encode(text)
    found = influence(net.model(), ids, at, others_of_its_kind(net.vocab), 9)
    assert (told["position"], told["symbol"]) == (at, text[at])
    assert told["probability"] == pytest.approx(math.exp(found.log_p))
    before = told["before"][::-1]
    assert [(one["position"], one["symbol"]) for one in before] == [
        (k, text[k]) for k in range(max(0, at - 9), at)
    ]
    moved = [math.nan if one["exchange"] is None else one["exchange"] for one in before]
    assert moved == pytest.approx(found.exchange, nan_ok=True)
    assert [one["gradient_input"] for one in before] == pytest.approx(found.slope)


def test_words_are_aligned_and_safe_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "net", "text", "--influence", "11"]) == 0
    out = capsys.readouterr().out
    head, columns, *rows, last = out.splitlines()
    assert re.fullmatch(r"a at 11 had p = \d+\.\d %", head)
    shown = [cells(row)[: len(columns)] for row in rows]
    names = [row[6:15].rstrip() for row in shown]
    assert names == ["↵", "가", "?", "J", "2", "[", "␛", "1", "␣", "b", "a"]
    moved, ends = columns.index("exchanged") + len("exchanged"), len(columns)
    assert {row[moved : moved + 2] for row in shown} == {"  "}
    assert {row[moved - 1] for row in shown} <= {*"0123456789–"}
    assert {row[ends - 1] for row in shown} <= {*"0123456789"}
    assert [name for name, row in zip(names, shown, strict=True) if "–" in row] == ["가"]
    assert last.startswith("Together ")
    assert "\x1b" not in out


def cells(row: str) -> str:
    """Return a row with as many characters as columns."""
    return row.replace("가", "가 ", 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--influence", "0"], "before the first character there is nothing to go by"),
        (["--influence", "900"], "from 1 to 75 here (or from -1 down to -75), not 900"),
        (["--influence", "-76"], "not -76"),
        (["--influence", "3", "--back", "0"], "--back is from 1 to 200, not 0"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "net", "text", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert len(err.splitlines()) == 1


def test_a_character_never_seen_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").write_text("ab xb")
    assert main(["inspect", "net", "other", "--influence", "-1"]) == 2
    assert "never seen: x" in capsys.readouterr().err


def test_the_sum_says_how_near_nearly_all_is() -> None:
    names = list("hello")
    said = "None of these bytes moved it by 0.005 nats."
    assert summary(np.array([0.0, math.nan]), names, "byte") == said
    assert summary(np.full(5, -0.0049), names, "byte") == said
    assert summary(
        np.array([0.002, -0.02, math.nan, 2.0, 0.01, *[0.0049] * 60]), names, "character"
    ) == (
        "Together +2.286 nats; l, 4 back, moved it most; 90 % of what moved it, up or down, "
        "lies within the last 4."
    )
    assert "within the last 1." in summary(np.array([3.0]), names, "character")
