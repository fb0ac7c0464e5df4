"""Races of real processes: every network learns what it learns alone, whatever happens around."""

import json
import os
import queue
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.process.priority import BEHIND
from rnn_tui.process.session import Session
from rnn_tui.protocol.commands import Choose, Look, Pause, Save, SetPace, View
from rnn_tui.protocol.replies import Done, Lost, Message
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.entrants import entrants
from rnn_tui.race.session import Race
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.trainer import Trainer
from shake.pty_screen import children
from shake.pty_screen import command as words_of

DEADLINE = 60.0
RACE = Look(View(race=True, bins=7))


def check_as_alone(file: Path, corpus: Corpus) -> int:
    """Compare a saved network with one trained by itself; return its updates."""
    saved = load(file).trainer(corpus)
    alone = Trainer(saved.config, corpus)
    for _ in range(saved.update):
        alone.step()
    assert np.array_equal(saved.model.flat, alone.model.flat)
    assert saved.history.scalars() == alone.history.scalars()
    return saved.update


class Screen:
    """Asks, and waits for what it asked for."""

    def __init__(self, made: tuple[Entrant, ...], corpus: Corpus) -> None:
        self.inbox: queue.Queue[Message] = queue.Queue()

        def make(entrant: Entrant, listener: Callable[[Message], None]) -> Session:
            return Session(entrant.config, corpus, listener, paused=True)

        self.race = Race(made, make, self.inbox.put)

    def wait_for(self, holds: Callable[[Message], bool]) -> Any:
        while not holds(message := self.inbox.get(timeout=DEADLINE)):
            pass
        return message

    def look_until(self, holds: Callable[[Snapshot], bool]) -> Snapshot:
        while True:
            self.race.send(RACE)
            seen: Snapshot = self.wait_for(lambda message: isinstance(message, Snapshot))
            if holds(seen):
                return seen


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return


@pytest.mark.usefixtures("state")
def test_in_rounds_flat_out_and_with_one_that_is_killed(prose: Corpus, tmp_path: Path) -> None:
    given = {"hidden_size": 7, "seq_length": 9, "batch_size": 3, "val_fraction": 0.2}
    screen = Screen(entrants(prose, ["dense", "lstm", "cnn"], None, None, given), prose)
    race = screen.race
    dense, lstm, cnn = race.members
    race.start()
    try:
        seen = screen.look_until(
            lambda now: now.race is not None and min(e.update for e in now.race.entrants) > 150
        )
        assert seen.race is not None
        assert all(e.state == "running" for e in seen.race.entrants)
        assert all(len(e.seconds) == len(e.curves.update) for e in seen.race.entrants)
        own = os.getpriority(os.PRIO_PROCESS, 0)
        for member in race.members:  # a key of the screen comes first
            assert os.getpriority(os.PRIO_PROCESS, member.worker.pid or 0) == min(own + BEHIND, 19)
        race.send(SetPace("flat out"))
        race.send(Choose(1))
        pid = cnn.worker.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        seen = screen.look_until(
            lambda now: now.race is not None and now.race.entrants[2].state == "stopped"
        )
        assert seen.race is not None
        assert "SIGKILL" in seen.race.entrants[2].reason
        race.send(SetPace("equal"))
        before = max(member.update for member in race.members)
        screen.look_until(lambda now: now.update > before)
        screen.look_until(lambda _: dense.update == lstm.update > before)
        race.send(Pause())
        last = screen.look_until(lambda now: not now.busy)
        assert last.race is not None
        updates = {e.name: e.update for e in last.race.entrants}
        assert updates["dense"] == updates["lstm"] == last.update
        race.send(Save())
        screen.wait_for(lambda said: isinstance(said, Done) and isinstance(said.command, Save))
        files = sorted(tmp_path.glob("*.safetensors"))
        assert len(files) == 2
        assert [check_as_alone(file, prose) for file in files] == [last.update] * 2
        # On the screens of one network a fault of that one is told.
        race.send(Choose(1))
        race.send(Look(View()))
        screen.wait_for(lambda said: isinstance(said, Lost))
        race.restart()
        screen.look_until(
            lambda now: now.race is not None and now.race.entrants[2].state != "stopped"
        )
    finally:
        race.close()


def points(out: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in out.splitlines()]
    return [line for line in lines if line["event"] == "point"]


@pytest.mark.usefixtures("state")
def test_killed_and_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "tide.txt"
    text.write_text("the tide came in, the tide went out, and no one had told it to. " * 4)
    folder = tmp_path / "saved"
    command = [
        "race", str(text), "--networks", "dense,gru", "--hidden-size", "6", "--seed", "4",
        "--checkpoints", str(folder), "--checkpoint-every", "20", "--json",
    ]  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "rnn_tui", *command, "--updates", "1000000", "--points", "20000"],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert program.stdout is not None
    while (line := json.loads(program.stdout.readline())).get("update", 0) < 100:
        assert line["event"] in ("entrant", "point")
    os.killpg(program.pid, signal.SIGKILL)
    program.communicate()
    files = sorted(folder.glob("[0-9]*"))  # a save that was under way leaves a hidden file
    assert [file.name for file in files] == ["1-dense.safetensors", "2-gru.safetensors"]
    reached = [load(file).update for file in files]
    assert min(reached) >= 20
    spent = [load(file).numbers["seconds"] for file in files]
    assert min(spent) > 0
    goal = max(reached) + 37
    again = ["race", "--resume", str(folder), "--checkpoints", str(folder), "--json"]
    assert main([*again, "--updates", str(goal), "--points", "3"]) == 0
    told = points(capsys.readouterr().out)
    last = told[-2:]
    first = {point["network"]: point["seconds"] for point in reversed(told)}
    assert first["dense"] > spent[0]  # they go on, and do not begin at 0 again
    assert first["gru"] > spent[1]
    assert main([*again, "--updates", "5"]) == 0  # which all have made: told as they are
    assert {point["update"] for point in points(capsys.readouterr().out)} == {goal}
    assert main([*command, "--updates", "3"]) == 2  # the very same: it would begin at update 0
    assert "another race is saved there (1-dense.safetensors)" in capsys.readouterr().err
    assert {point["update"] for point in last} == {goal}
    from rnn_tui.text.corpus import corpus_from_bytes

    corpus = corpus_from_bytes(text.read_bytes(), "tide.txt")
    assert [check_as_alone(file, corpus) for file in files] == [goal, goal]


@pytest.mark.usefixtures("state")
def test_without_a_screen_one_that_is_killed_is_told_of(tmp_path: Path) -> None:
    command = ["race", "hello", "--networks", "rnn,gru", "--checkpoints", "saved", "--json"]
    paces = ["--checkpoint-every", "20", "--updates", "3000", "--points", "100"]
    program = subprocess.Popen(
        [sys.executable, "-m", "rnn_tui", *command, *paces],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    while json.loads(program.stdout.readline()).get("update", 0) < 60:
        pass
    worker = next(pid for pid in children(program.pid) if "spawn_main" in words_of(pid))
    os.kill(worker, signal.SIGKILL)
    _, said = program.communicate(timeout=DEADLINE)
    assert program.returncode == 3
    lost, gone, *_ = said.replace("rnn-tui: ", "").splitlines()
    assert ": The worker was killed by signal 9 (SIGKILL)" in lost
    file = tmp_path / "saved" / f"{1 if lost.startswith('rnn') else 2}-{lost.partition(':')[0]}"
    update = load(file.with_suffix(".safetensors")).update
    assert update > 0 == update % 20
    assert gone.startswith(f"saved/{file.name}.safetensors has update {update:,}, the last one")
    assert len(list((tmp_path / "saved").glob("[0-9]*"))) == 2


@pytest.mark.usefixtures("state")
def test_a_table_and_one_that_diverges(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["race", "hello", "--vary", "learning-rate=0.1,1e30", "--optimizer", "sgd"]
    assert main([*command, "--updates", "40", "--pace", "flat-out"]) == 3
    said = capsys.readouterr()
    head, *rows = said.out.splitlines()
    assert head.split()[:3] == ["network", "parameters", "sees"]
    assert [row.split()[:2] for row in rows] == [
        ["learning-rate", "0.1"], ["learning-rate", "1e+30"],
    ]  # fmt: skip
    assert "learning-rate 1e+30: " in said.err
    assert "{" not in said.err  # no keys: there is no screen
    assert max(map(len, rows)) < 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hello", "--json"], "--json needs to know when to stop: --updates N"),
        (["hello", "--updates", "0"], "--updates is at least 1, not 0"),
        (["hello", "--updates", "3", "--vary", "x"], "--vary is SETTING=VALUE,VALUE, not x"),
        (["hello", "--updates", "3", "--vary", "seed=a"], "each value has to be a whole number"),
        (["hello", "--updates", "3", "--vary", "batch-size=1,2"], "read the same windows"),
        (["--updates", "3", "--resume", "."], "no race is saved there"),
        (["hello", "--networks", "rnn", "--updates", "3"], "a race takes two networks"),
        (["hello", "--networks", "rnn, gru", "--cell", "lstm", "--updates", "3"], "exclude each"),
        (["hello", "--vary", "context=1,2", "--updates", "3"], "the kind rnn has no such setting"),
        (["hello", "--vary", "updates=1,2", "--updates", "3"], "there is no such setting"),
        (["--resume", ".", "--vary", "seed=1,2", "--updates", "3"], "--vary cannot be changed"),
        (["--resume", ".", "--learning-rate", "1", "--updates", "3"], "--learning-rate cannot be"),
        (["--updates", "3", "--resume"], "no race is kept in"),
        (["--updates", "3"], "CORPUS is missing"),
        (["hello"], "`rnn-tui race TEXT --updates 1000` trains without a screen"),
        (["hello", "--updates", "3", "--checkpoint-every", "2"], "needs --checkpoints FOLDER"),
    ],
)
@pytest.mark.usefixtures("state")
def test_what_cannot_be_raced(words: Any, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["race", *words]) == 2
    assert said in capsys.readouterr().err
