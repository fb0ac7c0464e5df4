"""The script writes what `rnn-tui sample` writes."""

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.exports.numpy_script import NETWORKS, numpy_script
from rnn_tui.models.registry import MODELS, named
from rnn_tui.text.corpus import TextOptions, read_corpus
from tests.exports.conftest import (
    LOOKING_BACK,
    RECURRENT,
    Make,
    Settings,
    name_of,
    probabilities,
    run,
)

PLAIN = (
    "-c",
    "import runpy, sys; sys.modules['rnn_tui'] = None; sys.argv.pop(0); "
    "runpy.run_path(sys.argv[0], run_name='__main__')",
)
"""Run a script where rnn-tui cannot be imported."""


def both(tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[str, str]:
    """What `rnn-tui sample` and the exported script print."""
    checkpoint, script = tmp_path / "net.safetensors", tmp_path / "writes.py"
    assert main(["export", str(checkpoint), str(script), "--format", "numpy", "--force"]) == 0
    capsys.readouterr()
    assert main(["sample", str(checkpoint), *options]) == 0
    return capsys.readouterr().out, run(sys.executable, *PLAIN, script, *options)


@pytest.mark.parametrize("settings", RECURRENT + LOOKING_BACK, ids=name_of)
def test_the_same_text_for_the_same_seed(
    tmp_path: Path, make: Make, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    make(**settings)
    ours, theirs = both(tmp_path, capsys, "--prefix", "the ", "--length", "120", "--seed", "8")
    assert theirs == ours
    assert len(ours) == len("the ") + 120 + 1


@pytest.mark.parametrize("settings", RECURRENT + LOOKING_BACK, ids=name_of)
def test_the_same_probabilities_at_every_place(
    tmp_path: Path, make: Make, text: Path, settings: Settings
) -> None:
    checkpoint = make(**settings)
    (tmp_path / "reads.py").write_text(numpy_script(checkpoint))
    script = runpy.run_path(str(tmp_path / "reads.py"))
    weights, state, found = script["load"](), script["nothing_read"](), []
    for id in read_corpus(text).ids.tolist():
        logits, state = script["logits_after"](weights, id, state)
        found.append(script["softmax"](logits))
    furthest = 1e-12 if checkpoint.config.dtype == "float64" else 1e-5
    np.testing.assert_allclose(found, probabilities(checkpoint, text), rtol=0, atol=furthest)


def test_every_network_that_promises_a_script_has_one() -> None:
    assert set(NETWORKS) == {name for name, spec in MODELS.items() if "numpy" in spec.features}


@pytest.mark.parametrize("options", [
    ["--temperature", "0"], ["--temperature", "1", "--seed", "3"], ["--temperature", "2.5"],
])  # fmt: skip
def test_without_a_prefix_and_at_other_temperatures(
    tmp_path: Path, make: Make, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    make(cell="gru")
    ours, theirs = both(tmp_path, capsys, "--length", "50", *options)
    assert theirs == ours


@pytest.mark.parametrize(("units", "prefix"), [("byte", "안녕"), ("jamo", "한가"), ("char", "안")])
@pytest.mark.parametrize("network", ["lstm", "dense", "cnn"])
def test_bytes_and_letters(
    tmp_path: Path,
    make: Make,
    capsys: pytest.CaptureFixture[str],
    units: str,
    prefix: str,
    network: str,
) -> None:
    korean = tmp_path / "korean.txt"
    korean.write_text("안녕 한가하다 각오 가나\n안녕하다 \u1112\u1161\u11ab\n" * 5)
    make(updates=90, path=korean, options=TextOptions(units=units), **named(network))
    ours, theirs = both(tmp_path, capsys, "--length", "80", "--prefix", prefix)
    assert theirs == ours


def test_what_it_refuses(tmp_path: Path, make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make(updates=1)
    both(tmp_path, capsys, "--length", "1")
    with pytest.raises(AssertionError, match=r"never seen \['Ж'\]"):
        run(sys.executable, tmp_path / "writes.py", "--prefix", "Ж")
    with pytest.raises(AssertionError, match="--length is at least 1"):
        run(sys.executable, tmp_path / "writes.py", "--length", "0")
