"""A cell and an optimizer are added by the files that CONTRIBUTING names, and nothing else."""

from pathlib import Path

import pytest

from shake.pty_screen import PtyScreen
from tests.e2e.extended import ROOT, adding, copied, put, run
from tests.marks import needs_proc

HELLO = str(ROOT / "corpora" / "hello.txt")
TOY_CELL = Path(__file__).with_name("toy_cell.txt").read_text(encoding="utf-8")
TOY_SPEC = """    "toy": CellSpec(
        title="Toy",
        where="rnn_tui.nn.toy:Toy",
        gates=(Gate("f", "mix", "σ", "how much is new"), Gate("n", "new", "tanh", "what is new")),
        forward=(Equation("h$t", "(1 − f$t) ⊙ h$p + f$t ⊙ n$t", ("{h}",), "new and old"),),
        through=(Equation("da$t", "through f and n", ("{da}",), "first numbers: of f"),),
        past=(Equation("to h$p", "dh$t ⊙ (1 − f$t) + W_hhᵀ da$t", ("{dh_past}",)),),
    ),
}
"""
TOY_OPTIMIZER = '''

class SignDescent:
    """θ = θ - η sign(g)."""

    def __init__(self, parameters: FloatArray) -> None:
        self.slots: dict[str, FloatArray] = {}
        self.count = 0

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step of the same length in every direction."""
        self.count += 1
        parameters -= learning_rate * np.sign(grads)
'''
TOY_OPTIMIZER_SPEC = """    "sign": OptimizerSpec(
        title="sign descent",
        where="rnn_tui.nn.optim:SignDescent",
        slots=(),
        update="θ − η sign(g)",
        direction="sign({g})",
    ),
}
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with both, and whatever they train."""
    folder = tmp_path_factory.mktemp("extended")
    package = copied(folder)
    nn = package / "nn"
    with adding(package, "a cell"):
        (nn / "toy.py").write_text(TOY_CELL, encoding="utf-8")
        put(nn / "names.py", '"gru"]', '"gru", "toy"]')
        put(nn / "cells.py", "\n}\n\n\n@dataclass", "\n" + TOY_SPEC + "\n\n@dataclass")
    with adding(package, "an optimizer"):
        with (nn / "optim.py").open("a", encoding="utf-8") as file:
            file.write(TOY_OPTIMIZER)
        put(nn / "names.py", '"adam"]', '"adam", "sign"]')
        put(nn / "optimizers.py", "\n}\n\n\ndef", "\n" + TOY_OPTIMIZER_SPEC + "\n\ndef")
    return folder


CHOSEN = ("--cell", "toy", "--optimizer", "sign", "--learning-rate", "0.01")
WITHOUT_TOY = {
    "torch": "PyTorch has no cell like the Toy",
    "numpy": "there is no script for the Toy",
    "onnx": "ONNX has no operator like the Toy",
}
"""Forms of export, and what each says."""


def test_it_trains_is_checked_saved_and_gone_on_with(extended: Path) -> None:
    trained, checked, sampled, resumed, asked, *exported = run(
        extended,
        [
            "train",
            HELLO,
            *CHOSEN,
            "--num-layers",
            "2",
            "--updates",
            "200",
            "--checkpoint",
            "toy.st",
        ],
        ["gradcheck", HELLO, "--cell", "toy", "--updates", "7"],
        ["sample", "toy.st", "--length", "9", "--seed", "2"],
        ["train", "--resume", "toy.st", "--updates", "260"],
        ["predict", "toy.st", "hel"],
        *(["export", "toy.st", f"toy.{form}.py", "--format", form] for form in WITHOUT_TOY),
    )
    for code, out, told in (trained, checked, sampled, resumed, asked):
        assert code == 0, out + told
    assert len(sampled[1].strip()) == 9
    for (code, _, told), why in zip(exported, WITHOUT_TOY.values(), strict=True):
        assert (code, told.count("\n")) == (2, 1)
        assert why in told or "needs the package onnx" in told


@needs_proc
def test_every_screen_shows_it(extended: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(extended))
    with PtyScreen([HELLO, *CHOSEN, "--paused"], extended, size=(120, 40)) as screen:
        for key, text in (
            (b"", "Toy 1×3"),
            (b"2", "Unrolled in time"),
            (b"3", "One update"),
            (b"\x1b[C", "how much is new"),
            (b"4", "What that means"),
        ):
            screen.listen()
            screen.press(key)
            screen.wait_for_text(text)
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert b"Training has stopped" not in screen.painted
        assert not screen.broken
