import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from rnn_tui.errors import InputError
from rnn_tui.live.loop import Loop
from rnn_tui.process.recovery import begin
from rnn_tui.protocol.commands import Close, Command, KeepIn, Restart
from rnn_tui.protocol.job import Job, Keeping
from rnn_tui.protocol.replies import Done, Notice
from rnn_tui.saving.keeper import Keeper, sweep
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.checkpoint import atomic
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, Clock, Script, TimedTrainer, hello

PACED = replace(HELLO, speed=10.0)


def run(
    arrivals: list[tuple[float, Command]],
    keeping: Keeping,
    *,
    close: bool = True,
    config: Config = PACED,
) -> Script:
    clock = Clock()
    script = Script(clock, [*arrivals, (arrivals[-1][0], Close())] if close else arrivals)
    trainer = TimedTrainer(config, hello())
    trainer.clock = clock
    loop = Loop(trainer, script, clock=clock, keeping=keeping)
    if close:
        loop.run()
    else:
        with pytest.raises(EOFError):
            loop.run()
    return script


@pytest.mark.parametrize("close", [True, False], ids=["closed", "the screen is gone"])
def test_at_the_end_both_files_are_written(tmp_path: Path, close: bool) -> None:
    keeping = Keeping(tmp_path / "auto" / "a.safetensors", tmp_path / "mine.safetensors")
    run([(25.0, Restart(None)), (40.0, Restart(None))], keeping, close=close)
    assert load(tmp_path / "mine.safetensors").update in (0, 1)
    kept = sorted(path.name for path in (tmp_path / "auto").iterdir())
    assert kept == ["a-1.safetensors", "a.safetensors"]  # the last one had trained for no time
    assert load(tmp_path / "auto" / "a.safetensors").update == pytest.approx(250, abs=2)


def test_a_run_that_others_join_is_kept_with_them_too(tmp_path: Path) -> None:
    alone, race = tmp_path / "auto" / "a.safetensors", tmp_path / "race" / "1-rnn.safetensors"
    script = run([(2.0, KeepIn(race, 0.2)), (2.1, Restart(None)), (5.0, KeepIn(race, 9.0))],
                 Keeping(alone))  # fmt: skip
    assert script.replies(Done)[0].command == KeepIn(race, 0.2)
    assert load(alone).update == pytest.approx(21, abs=2)  # two seconds are worth it now
    again = alone.with_name("a-1.safetensors")
    assert load(race).update == load(again).update == pytest.approx(29, abs=2)
    shutil.rmtree(race.parent)
    run([(2.0, KeepIn(race, 0.2))], Keeping())  # nothing is kept by itself
    assert not race.exists()


def test_a_toy_run_is_not_kept(tmp_path: Path) -> None:
    run([(9.0, Restart(None))], Keeping(tmp_path / "a.safetensors"))
    assert list(tmp_path.iterdir()) == []


def test_every_so_many_updates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[int] = []
    monkeypatch.setattr(
        "rnn_tui.saving.keeper.save", lambda path, trainer: saved.append(trainer.update)
    )
    run([(3.05, Restart(None))], Keeping(None, tmp_path / "c.safetensors", 7))
    assert saved[:4] == [7, 14, 21, 28]


@pytest.mark.parametrize("fault", ["full", "folder", "missing"])
def test_a_fault_is_told_once_and_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "c.safetensors"
    if fault == "folder":
        path.mkdir()
    if fault == "missing":
        path = tmp_path / "no" / "c.safetensors"
    if fault == "full":

        def full(*_: object) -> None:
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr(atomic.os, "fsync", full)
    script = run([(20.0, Restart(None))], Keeping(None, path, 5))
    told = [notice.text for notice in script.replies(Notice)]
    assert len(told) == 1
    assert told[0].startswith("The checkpoint is not saved: cannot write ")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_after_a_fall_the_run_goes_on_where_it_was_kept(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "a.safetensors")
    job = Job(PACED, hello(), keeping=keeping, again=True)
    assert begin(job).trainer.update == 0
    run([(30.0, Restart(5)), (45.0, Restart(None))], keeping)
    os.utime(tmp_path / "a.safetensors", (1, 1))
    start = begin(job)
    update = start.trainer.update
    assert start.trainer.config.seed == 5
    assert start.notes == (f"Resumed at update {update:,}.",)
    assert start.said.startswith(f"Goes on from update {update:,}, saved ")
    (tmp_path / "a-1.safetensors").write_bytes(b"half")
    os.utime(tmp_path / "a.safetensors", (1, 1))
    assert begin(job).trainer.config.seed == PACED.seed  # the half file is passed over
    (tmp_path / "a.safetensors").unlink()
    assert begin(job).said == "Begun again at update 0: nothing of this run had been saved."


def test_only_what_interrupted_saves_left_is_swept(tmp_path: Path) -> None:
    for name in (".c.safetensors.ab12.tmp", ".d.safetensors.ab12.tmp", "c.safetensors", "e.tmp"):
        (tmp_path / name).touch()
    sweep(tmp_path / "c.safetensors")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".d.safetensors.ab12.tmp", "c.safetensors", "e.tmp",
    ]  # fmt: skip


SAVING = """
import os, sys
from pathlib import Path
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
trainer = Trainer(PRESETS["hello"], corpus_from_bytes(b"hello", "hello.txt"))
while sys.stdin.readline():
    if child := os.fork():
        os.waitpid(child, 0)
        print("gone", flush=True)
    else:
        print(os.getpid(), flush=True)
        while True:
            trainer.step()
            save(Path(sys.argv[1]), trainer)
            print(trainer.update, flush=True)
"""


def killed_while_saving(pipe: IO[str], saves: int) -> int:
    """Kill the process that saves after so many; return the last one."""
    number = int(pipe.readline())
    updates = [int(pipe.readline()) for _ in range(saves)]
    os.kill(number, signal.SIGKILL)
    while pipe.readline() != "gone\n":
        pass
    return updates[-1]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_kill_amid_saving_leaves_a_whole_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "c.safetensors"
    with subprocess.Popen(
        [sys.executable, "-c", SAVING, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for saves in range(1, 8):  # `shake.kills` goes on for hundreds
            process.stdin.write("begin\n")
            last = killed_while_saving(process.stdout, saves)
            assert load(path).update >= last
            Keeper(Keeping(None, path), Clock(), print)
            assert [p.name for p in tmp_path.iterdir()] == ["c.safetensors"]


def test_a_damaged_file_is_still_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.safetensors"
    keeper = Keeper(Keeping(None, path), Clock(), print)
    keeper.save_at_end(Trainer(HELLO, hello()))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError):
        load(path)


@pytest.mark.parametrize("close", [True, False], ids=["closed", "the screen is gone"])
def test_a_worker_that_is_to_leave_does_not_finish_a_validation(
    tmp_path: Path, close: bool
) -> None:
    corpus = corpus_from_bytes(b"the cat sat on the mat. " * 300, "x")
    trainer = Trainer(choose_config(corpus, None, {"hidden_size": 5})[0], corpus)
    while not trainer.validating:
        trainer.step()
    clock, file = Clock(), tmp_path / "c.safetensors"
    script = Script(clock, [(0.0, Close())] if close else [])
    loop = Loop(trainer, script, paused=True, clock=clock, keeping=Keeping(None, file))
    if close:
        loop.run()
    else:
        loop._leave()
    kept = load(file)
    assert (kept.update, kept.numbers["validating"]) == (trainer.update, True)
    assert trainer.history.validations == []


@pytest.mark.parametrize("fault", ["full", "a file", "no folder may be made"])
def test_a_state_folder_that_takes_nothing_is_said_once_with_the_reason_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "state"
    reason = "No space left on device"
    if fault == "full":
        monkeypatch.setattr(os, "fsync", refuse)
    elif fault == "a file":
        folder.touch()
        reason = "Not a directory"
    else:
        monkeypatch.setattr(Path, "mkdir", refuse)
        reason = "No such file or directory"
    # Restarted runs have files of their own, and the reason is the same.
    arrivals: list[tuple[float, Command]] = [(70.0, Restart(None)), (200.0, Restart(None))]
    script = run(arrivals, Keeping(folder / "a.safetensors"), config=replace(HELLO, speed=1.0))
    (told,) = [notice.text for notice in script.replies(Notice)]
    assert told == (
        f"This run is not kept by itself: {reason}. {{train.save}} saves it elsewhere than in "
        f"{folder}."
    )
