"""Panels, a screen and keys are added by the files that CONTRIBUTING names, and nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer
from tests.e2e.extended import ROOT, adding, copied, put, run

HELLO = str(ROOT / "corpora" / "hello.txt")
TOYS = Path(__file__).with_name("toys")
KEY_OF_SCREEN = """    Key(
        "toy.turn", "o", "panel('toy', 'turn_over')", "turn", "Turn the toy over",
        "The shortest toys come first.",
        "Panels", 18, "train",
    ),
    Key(
        "train.copy_sample","""
KEY_FOR_WORKER = """    Key(
        "train.shrink", "m", "send('Shrink', 0.5)", "shrink", "Halve the toys",
        "Every weight is half as long.",
        "Training", 19,
    ),
    Key(
        "diverged.back","""
KEY_OF_PAGE = """    Key(
        "screen.toy", "6", "page('toy')", "screens", "Toy",
        "The toy alone.",
        "Screens", 4,
    ),
    Key(
        "unrolled.left","""
COMMAND = '''

@dataclass(frozen=True, slots=True)
class Shrink(WaitsForQuiet, WaitsForArrival):
    """Make every weight shorter."""

    by: float
'''
OBEYED = """        case Shrink(by):
            engine.trainer.model.flat *= by
            return engine.travel(lambda run: f"{run.trainer.model.flat.size} weights are halved.")
        case Save("""


def put_toy(package: Path, name: str) -> None:
    """Add one of the files in `toys/`."""
    (package / name).write_text((TOYS / name).read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with all of them."""
    folder = tmp_path_factory.mktemp("extended")
    package = copied(folder)
    table, train = package / "keys" / "table.py", package / "tui" / "screens" / "train.py"
    after = '        "after": PrefixPanel,\n'
    imported = "from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars\n"
    with adding(package, "a panel", places=2):
        put_toy(package, "tui/widgets/toy_pace.py")
        put(train, after, f'{after}        "pace": ToyPacePanel,\n')
        put(train, imported, f"{imported}from rnn_tui.tui.widgets.toy_pace import ToyPacePanel\n")
    with adding(package, "a panel", "what a panel shows of the network", places=4):
        put_toy(package, "protocol/toy.py")
        put_toy(package, "live/views/toy.py")
        put_toy(package, "tui/widgets/toy.py")
        put(train, after, f'{after}        "toy": ToyPanel,\n')
        put(train, imported, f"{imported}from rnn_tui.tui.widgets.toy import ToyPanel\n")
    with adding(package, "a key", places=1):
        put(table, '    Key(\n        "train.copy_sample",', KEY_OF_SCREEN)
    with adding(package, "a key", "a command of the worker", places=3):
        put(table, '    Key(\n        "diverged.back",', KEY_FOR_WORKER)
        commands = package / "protocol" / "commands.py"
        commands.write_text(commands.read_text("utf-8") + COMMAND, encoding="utf-8")
        obeyed = package / "live" / "commands.py"
        put(obeyed, "    SetTemperature,\n", "    SetTemperature,\n    Shrink,\n")
        put(obeyed, "        case Save(", OBEYED)
    with adding(package, "a screen", places=2):
        put_toy(package, "tui/screens/toy.py")
        put(table, '    Key(\n        "unrolled.left",', KEY_OF_PAGE)
    return folder


@pytest.fixture(scope="module")
def painted(extended: Path) -> dict[str, str]:
    """What stands on the screen at the start and after each key."""
    done = subprocess.run(
        [sys.executable, TOYS / "look.py", HELLO],
        cwd=extended, env=os.environ | {"PYTHONPATH": str(extended), "HOME": str(extended)},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def norms(text: str) -> dict[str, float]:
    """The numbers in the panel, in its order."""
    return {name: float(norm) for name, norm in re.findall(r"│(\w+\.\w+) (\d+\.\d{6}) ", text)}


def truth(updates: int) -> dict[str, float]:
    corpus = read_corpus(HELLO)
    trainer = Trainer(choose_config(corpus)[0], corpus)
    for _ in range(updates):
        trainer.step()
    parameters = trainer.model.parameters.items()
    found = {name: float(np.sqrt((array**2).sum())) for name, array in parameters}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def test_panels_show_numbers_of_the_worker(painted: dict[str, str]) -> None:
    assert norms(painted[""]) == pytest.approx(truth(0), abs=1e-6)
    assert list(norms(painted[""])) == list(truth(0))
    assert norms(painted["s"]) == pytest.approx(truth(1), abs=1e-6)
    assert "read 0 characters" in painted[""]
    assert "read 4 characters" in painted["s"]


def test_keys_do_what_they_say(painted: dict[str, str]) -> None:
    assert "The shortest toy first." in painted["o"]
    assert list(norms(painted["s"])) == list(truth(1))[::-1]
    assert "40 weights are halved." in painted["m"]
    half = {name: norm / 2 for name, norm in truth(1).items()}
    assert norms(painted["6"]) == pytest.approx(half, abs=1e-6)
    assert list(norms(painted["6"])) == list(half)


def test_help_footer_and_lists_know_them(extended: Path, painted: dict[str, str]) -> None:
    titles = ("m  Halve the toys", "o  Turn the toy over", "6  Toy")
    told = (
        "The toy",
        "What a toy teaches.",
        "Toy norms",
        "How long each toy parameter is.",
        "Toy pace",
    )
    for text in (*titles, *told):
        assert text in painted["question_mark"]
    assert "123456 screens" in painted["6"]
    [(code, listed, _)] = run(extended, ["keys"])
    assert code == 0
    for name in ("toy.turn", "train.shrink", "screen.toy"):
        assert name in listed
    subprocess.run(
        [sys.executable, "scripts/make_keys.py"],
        cwd=extended, env=os.environ | {"PYTHONPATH": str(extended)}, check=True,
    )  # fmt: skip
    page = (extended / "docs" / "keys.md").read_text(encoding="utf-8")
    assert "| `m` | `train.shrink` | Halve the toys. Every weight is half as long. |" in page
