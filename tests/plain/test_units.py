"""`rnn-tui inspect --units`: what is printed, and what cannot be asked."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.inspection.memory.units.reading import read
from rnn_tui.plain.units.report import look
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.checkpoint.file import load

LINE = 'Ab \x1b 12 (cd "e") it\'s\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with lines of several lengths, and networks that have read it for a moment."""
    folder, dice = tmp_path_factory.mktemp("units"), np.random.default_rng(5)
    lines = (LINE[int(start) :] for start in dice.integers(0, 9, 90))
    (folder / "text").write_text("".join(lines))
    for name, words in (
        ("net", ["--cell", "lstm", "--num-layers", "2", "--hidden-size", "6"]),
        ("dense", ["--network", "dense", "--context", "3", "--hidden-size", "5"]),
    ):
        words += ["--updates", "60", "--seq-length", "15", "--checkpoint", str(folder / name)]
        assert main(["train", str(folder / "text"), *words]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


@pytest.mark.parametrize("kind", ["h", "c", "f"])
def test_json_has_every_unit_and_every_label(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "net", "text", "--units", "--of", kind, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    net, corpus = load(Path("net")), read_corpus("text")
    report = look(net, corpus, kind, None)
    values = np.empty((told["characters"], 12), np.float32)
    assert [*read(net.model(), corpus.ids[: told["characters"]], kind, 2, values)]
    assert [row["label"] for row in told["labels"]] == [
        label.words for label in report.found.followed.labels
    ]
    assert {(row["layer"], row["unit"]) for row in told["units"]} == {
        (layer, unit) for layer in (1, 2) for unit in range(1, 7)
    }
    for row in told["units"]:
        column = values[:, 6 * (row["layer"] - 1) + row["unit"] - 1]
        [first, *_] = row["places"]
        below = not row["on"] if "on" in row else row["correlation"] < 0
        assert first["position"] == (column.argmin() if below else column.argmax())
        assert first["value"] == pytest.approx(float(column[first["position"]]), rel=1e-5)
    best = told["units"][0]
    assert best["claimed"]
    label = next(one for one in report.found.followed.labels if one.words == best["label"])
    half = slice(told["characters"] // 2, None)
    so = label.values[half] > 0
    column = values[half, 6 * (best["layer"] - 1) + best["unit"] - 1]
    higher = column[so][:, None] - column[~so][None]
    area = (higher > 0).mean() + (higher == 0).mean() / 2
    assert best["auc"] == pytest.approx(max(area, 1 - area), rel=1e-6)


def test_words_are_sentences_and_safe_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "net", "text", "--units"]) == 0
    out = capsys.readouterr().out
    first, *lines = out.splitlines()
    assert re.match(r"h of 12 units over 1,\d\d\d characters: chosen on the first half", first)
    claims = [line for line in lines if re.match(r"  unit \d of layer [12] ", line)]
    claim = r"is (on|off) \S.*: AUC [01]\.\d\d|(grows|falls) \S.*: correlation [01]\.\d\d"
    said = rf"({claim}|follows nothing (surely|much); .*)"
    assert all(re.fullmatch(rf"  unit \d of layer [12] {said}", line) for line in claims)
    assert len(claims) > 12
    assert re.fullmatch(
        r"\d+ of 12 units follow something; of the rest nothing is claimed.", lines[-1]
    )
    assert any("▸" in line for line in lines)
    assert "\x1b" not in out


def test_a_pattern_is_the_only_label(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "net", "text", "--units", "--of", "c", "--regex", r"\(.*\)"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^  c of unit \d of layer [12] is (on|off) at /\\\(\.\*\\\)/: AUC", out, re.M)
    assert "brackets" not in out


def test_without_a_hidden_state_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "dense", "text", "--units"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "This network has no hidden state: what its layers give follows from the last 3 "
        "characters alone.\nh of 5 units over"
    )
    assert main(["inspect", "dense", "text", "--units", "--of", "c"]) == 2
    assert "--of c: the units of this network have h" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--of", "x"], "--of x: the units of this network have h, c, i, f, g, o"),
        (["--regex", "("], "no regular expression: (: missing )"),
        (["--regex", "never"], "matches 0 of 1,"),
        (["--regex", "(.|.|c*)*never"], "takes more than 0.05 s on this text"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(
    words: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rnn_tui.plain.units.report._SECONDS", 0.05)
    assert main(["inspect", "net", "text", "--units", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert len(err.splitlines()) == 1


def test_a_text_too_short_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("short").write_text(LINE * 7)
    assert main(["inspect", "net", "short", "--units"]) == 2
    assert "too few to tell what a unit follows, at least 400" in capsys.readouterr().err
    Path("same").write_text("A" * 600)
    assert main(["inspect", "net", "same", "--units"]) == 2
    assert "nothing in it varies enough" in capsys.readouterr().err
