"""A network that is not recurrent is added by the files that CONTRIBUTING names, and is at home."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from shake.pty_screen import PtyScreen
from tests.e2e.extended import ROOT, adding, copied, put, run
from tests.marks import needs_proc

HELLO, SUMS = (str(ROOT / "corpora" / name) for name in ("hello.txt", "sums.txt"))
TOY = Path(__file__).with_name("toy_network.txt").read_text(encoding="utf-8")
CHOSEN = ("--network", "toy", "--hidden-size", "5")
UNROLLED = "Unrolling needs a hidden state"
UPDATE = "Going through an update needs layers"
FLOW = "How far back an error reaches is measured"
NEEDS_LAYERS = {
    "torch": "a script for PyTorch is written from a template of the network",
    "numpy": "a script for NumPy is written from a template of the network",
    "onnx": "a model for ONNX is put together from a graph of the network",
}
"""Forms of export, and what each says."""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the network, and what it trains."""
    folder = tmp_path_factory.mktemp("network")
    package = copied(folder)
    with adding(package, "a network", places=3):
        (package / "models" / "toy.py").write_text(TOY, encoding="utf-8")
        put(package / "nn" / "names.py", '"cnn"]', '"cnn", "toy"]')
        registry = package / "models" / "registry.py"
        put(
            registry,
            "import Recurrent\n",
            "import Recurrent\nfrom rnn_tui.models.toy import WindowSpec\n",
        )
        put(registry, ": CNNSpec(),\n", ': CNNSpec(),\n    "toy": WindowSpec(),\n')
    return folder


def test_it_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(extended: Path) -> None:
    """With validation, a batch in parts side by side, epochs that end in the middle."""
    text = (*CHOSEN, "--seq-length", "7", "--batch-size", "6", "--threads", "2")
    for code, _, told in run(
        extended,
        ["train", SUMS, *text, "--updates", "90", "--checkpoint", "half.st"],
        ["train", "--resume", "half.st", "--updates", "150", "--checkpoint", "whole.st"],
        ["train", SUMS, *text, "--updates", "150", "--checkpoint", "straight.st"],
    ):
        assert code == 0, told
    whole, straight = load_file(extended / "whole.st"), load_file(extended / "straight.st")
    assert whole.keys() == straight.keys() >= {"hidden.weight", "state.0.ids", "optimizer.mean"}
    assert whole["state.0.ids"].shape == (6, 2)
    assert len(whole["history.validation"])
    for name, array in whole.items():
        # Where a run ends it validates once more, and the first of the two ended twice.
        end = slice(-1, None) if name in ("history.val_update", "history.validation") else ...
        np.testing.assert_array_equal(array[end], straight[name][end], name)


def test_it_is_checked_sampled_and_asked(extended: Path) -> None:
    checked, trained, sampled, *asked, judged, torch, numpy, onnx = run(
        extended,
        ["gradcheck", HELLO, *CHOSEN, "--updates", "7"],
        ["train", HELLO, *CHOSEN, "--updates", "200", "--checkpoint", "toy.st"],
        ["sample", "toy.st", "--length", "9", "--seed", "2"],
        *(["predict", "toy.st", prefix] for prefix in ("hhel", "lhel", "hell")),
        ["eval", "toy.st", HELLO],
        *(["export", "toy.st", f"toy.{form}.py", "--format", form] for form in NEEDS_LAYERS),
    )
    for code, out, told in (checked, trained, sampled, *asked, judged):
        assert code == 0, out + told
    assert len(sampled[1].strip()) == 9
    assert asked[0] == asked[1] != asked[2], "it sees the last three symbols, and no more"
    for (code, _, told), why in zip((torch, numpy, onnx), NEEDS_LAYERS.values(), strict=True):
        assert (code, told.count("\n")) == (2, 1)
        assert why in told or "needs the package onnx" in told


@needs_proc
def test_every_screen_shows_it_or_says_what_it_would_need(
    extended: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(extended))
    with PtyScreen([HELLO, *CHOSEN, "--paused"], extended, size=(120, 40)) as screen:
        for key, text in (
            (b"", "window 3→5"),
            (b"s", "Paused after update 1."),
            (b"2", UNROLLED),
            (b"3", UPDATE),
            (b"\x1b[C", UPDATE),
            (b"4", FLOW),
            (b"1", "Loss"),
            (b"[", "Update 0 of 1"),
        ):
            screen.listen()
            screen.press(key)
            screen.wait_for_text(text)
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert b"Training has stopped" not in screen.painted
        assert not screen.broken
