"""No string of the screen is untranslated: in a language that nobody speaks nothing is English."""

import ast
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

import rnn_tui.tui
from rnn_tui.inspection.diagnosis.cause import find
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.key import Key
from rnn_tui.language import phrase
from rnn_tui.protocol.remedies import Divergence, Remedies
from rnn_tui.protocol.replies import Failed, Lost, Started
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.race_app import RaceApp
from rnn_tui.tui.screens.memory import MemoryScreen
from tests.tui.inside import InsideStage, trained
from tests.tui.pseudo import pseudo, templates
from tests.tui.snapshots import make_info, make_race
from tests.tui.stage import Stage

NETWORKS = pytest.mark.parametrize(
    ("kind", "network"),
    [("hello", "rnn"), ("hello", "dense"), ("hello", "cnn"), ("korean", "rnn")],
)
WORD = re.compile(r"[A-Za-z][A-Za-z-]*[A-Za-z]")
OPTION = re.compile(r"--[a-z-]+(?: [a-z]+)?")
NAMES = {"adam", "auc", "cnn", "float", "gru", "lstm", "relu", "rnn", "rnn-tui", "softmax", "tanh"}
NAMES |= {"da", "db", "dc", "dh", "dw", "hh", "hy", "ih", "ln", "lr", "xh"}
LEFT = {"app.quit", "app.suspend", "app.lessons", "app.language", "app.palette"}
"""Keys after which there is no screen, or another one."""
TYPED = "0"
SENTENCE = re.compile(r"[a-z]{2,},? [a-z]+ [a-z]{2,}")


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    with pseudo():
        yield


def english(text: str, known: str = "") -> list[str]:
    """Return the words that are neither names nor keys nor of the letters of the text."""
    rows = KeyTable().rows
    keys = {part for key in rows for part in re.split(r"[ +]", key.face)}
    keys |= {a.face + b.face for a, b in pairwise(rows) if a.label == b.label}  # in the footer
    found = dict.fromkeys(WORD.findall(OPTION.sub("", text)))
    own = NAMES | {key.lower() for key in keys}
    return [word for word in found if word.lower() not in own and not set(word) <= set(known)]


async def press_all(stage: InsideStage, pilot: Pilot[None], keys: tuple[Key, ...]) -> str:
    """Strike every key of a screen, and return all that was ever painted."""
    painted = ""
    for key in keys:
        if key.id in LEFT or key.page:
            continue
        await stage.press(pilot, key.strokes[0])
        painted += stage.text
        if isinstance(stage.app.screen.focused, Input):
            await stage.press(pilot, TYPED, "escape")
            painted += stage.text
        while stage.app.screen is not stage.app.front:
            await stage.press(pilot, "escape")
    return painted


@asynccontextmanager
async def opened(
    stage: Stage, size: tuple[int, int] = (120, 40), **moment: Any
) -> AsyncIterator[Pilot[None]]:
    """Run an app on a text whose name says nothing."""
    stage.session.listener(Started(replace(make_info("korean"), notes=(), corpus_name="1")))
    async with stage.open(size, started=False, **moment) as pilot:
        yield pilot


@NETWORKS
async def test_every_screen_whatever_key_is_struck(kind: Any, network: Any) -> None:
    stage = InsideStage(kind, network)
    stage.info = replace(stage.info, notes=(), corpus_name="1", val_size=0)
    async with stage.open() as pilot:
        for number, page in enumerate(("train", "unrolled", "backprop", "gradients", "memory"), 1):
            await stage.press(pilot, str(number))
            looks = MemoryScreen.LOOKS if page == "memory" else (page,)
            for scope in looks:
                keys = KeyTable().of([scope])
                painted = stage.text + await press_all(stage, pilot, keys)
                await stage.press(pilot, *["tab"] * (page == "memory"))
                assert english(painted, kind) == [], scope
        assert english(await press_all(stage, pilot, KeyTable().of(["app"])), kind) == []


@pytest.mark.parametrize("page", ["2", "3", "4", "5", "0"])
async def test_the_help_of_every_screen(page: str) -> None:
    stage = InsideStage()
    stage.info = replace(stage.info, notes=(), corpus_name="1")
    async with stage.open((120, 900)) as pilot:
        await stage.press(pilot, page, "question_mark")
        assert english(stage.text, "hello") == []


async def test_the_glossary() -> None:
    stage = Stage()
    async with stage.open((120, 900)) as pilot:
        await pilot.press("G")
        await stage.settle(pilot)
        assert set(english(stage.text, "hello")) <= {"BPTT", "dL"}


async def test_a_race_and_why_its_networks_stand() -> None:
    standing: dict[int, Any] = {
        1: ("stopped", phrase("The worker is gone.")),
        4: ("paused", phrase("Waits for {names}.", names="0")),
        5: ("diverged", phrase("The loss of update {update} is not a finite number.", update=1)),
    }
    names = tuple("012345")
    stage = Stage("korean", RaceApp)
    race = make_race("korean", names=names, states=standing)
    async with opened(stage, (200, 60), update=1200, race=race) as pilot:
        painted = stage.text
        for chosen in range(len(names)):
            stage.session.moment["race"] = replace(race, chosen=chosen)
            stage.app.look()
            await stage.settle(pilot)
            painted += stage.text
        for key in KeyTable().of(["race"]):
            await pilot.press(key.strokes[0])
            await stage.settle(pilot)
            painted += stage.text
            await pilot.press("escape", "0")
            await stage.settle(pilot)
    assert english(painted) == []


@pytest.mark.parametrize(
    "fault", [Failed(phrase("The worker is gone."), ""), Lost(-9, phrase("The worker is gone."))]
)
async def test_a_worker_that_is_gone(fault: Failed | Lost) -> None:
    stage = Stage("korean")
    stage.session.resume_point = phrase("from update 0")  # type: ignore[assignment]
    async with opened(stage) as pilot:
        await stage.tell(pilot, fault)
        assert [word for word in english(stage.text) if word not in ("log", "tmp")] == []


async def test_an_update_that_was_not_made() -> None:
    trainer = trained("hello")
    trainer = Trainer(replace(trainer.config, learning_rate=1e9, clip_norm=None), trainer.corpus)
    report = next(report for report in iter(trainer.step, None) if report.diverged)
    finding = find(trainer, report)
    stage = Stage("korean")
    moment = {
        "state": "diverged",
        "divergence": Divergence(
            finding, Remedies(back_to=1, rate=1.5, rate_before=3.0, clip=1.0, clip_at=1)
        ),
        "reason": finding.what,
    }
    async with opened(stage, **moment):
        assert english(stage.text) == []


def test_every_sentence_in_the_screens_source_is_in_the_catalog() -> None:
    folder = Path(rnn_tui.tui.__file__).parent
    sources = [path for path in folder.rglob("*.py") if "terminal" not in path.parts]
    assert [(path.name, said) for path in sources for said in sentences_in(path)] == []


def sentences_in(path: Path) -> Iterator[str]:
    """Yield what reads like English but is no template: docstrings, styles and errors left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(part) for node in ast.walk(tree) if is_unseen(node) for part in ast.walk(node)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for said in (text.value for text in texts if id(text) not in apart):
        if isinstance(said, str) and said not in templates() and SENTENCE.search(said):
            yield said


def is_unseen(node: ast.AST) -> bool:
    """Say whether nothing in it comes to the screen."""
    if isinstance(node, ast.Assign):
        return "DEFAULT_CSS" in ast.unparse(node.targets[0])
    return isinstance(node, ast.Raise | ast.Expr) and not isinstance(
        getattr(node, "value", None), ast.Call | ast.Await
    )
