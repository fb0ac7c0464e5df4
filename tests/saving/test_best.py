"""The best is kept beside the newest: a plain loop says which it is."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.live.loop import Loop
from rnn_tui.protocol.commands import Close, Command, Restart
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Notice
from rnn_tui.saving.best import Best
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import Clock, Script, TimedTrainer

CONFIG = Config(
    cell="gru", hidden_size=11, seq_length=9, batch_size=2, val_fraction=0.3, learning_rate=0.02
)
OPTIONS = ["--cell", "gru", "--hidden-size", "11", "--seq-length", "9", "--batch-size", "2",
           "--val-fraction", "0.3", "--learning-rate", "0.02"]  # fmt: skip


def letters() -> bytes:
    ids = np.random.default_rng(5).integers(0, 7, size=300)
    return bytes(97 + int(i) for i in ids)


def corpus() -> Corpus:
    return corpus_from_bytes(letters(), "letters.txt")


def best_of(updates: int, config: Config = CONFIG) -> tuple[int, Trainer]:
    """The update with the lowest validation so far, and a trainer that stands there."""
    trainer = Trainer(config, corpus())
    for _ in range(updates):
        trainer.step()
    trainer.validate()
    update = min(trainer.history.validations, key=lambda pair: pair[1])[0]
    there = Trainer(config, corpus())
    for _ in range(update):
        there.step()
    there.finish_validation()
    return update, there


def test_train_keeps_it_beside_the_newest(tmp_path: Path) -> None:
    text, net = tmp_path / "letters.txt", tmp_path / "net.safetensors"
    text.write_bytes(letters())
    words = ["train", str(text), *OPTIONS, "--checkpoint", str(net), "--keep", "best"]
    for updates in (5, 80):
        assert main([*words, "--updates", str(updates)]) == 0
        update, there = best_of(updates)
        kept = load(tmp_path / "net.best.safetensors")
        assert kept.update == update
        assert np.array_equal(kept.model().flat, there.model.flat)
        assert load(net).update == updates
    assert update < 80
    before = (tmp_path / "net.best.safetensors").read_bytes()
    assert main(["train", "--resume", str(net), "--updates", "120", "--keep", "best"]) == 0
    assert (tmp_path / "net.best.safetensors").read_bytes() == before, "nothing was better"


@pytest.mark.parametrize("seed", [None, 4])
def test_the_screen_does_for_each_run_begun(tmp_path: Path, seed: int | None) -> None:
    clock, config = Clock(), replace(CONFIG, updates=70)
    trainer = TimedTrainer(config, corpus())
    trainer.clock = clock
    arrivals: list[tuple[float, Command]] = [] if seed is None else [(300.0, Restart(seed))]
    script = Script(clock, [*arrivals, (600.0, Close())])
    keeping = Keeping(None, tmp_path / "net", best=True)
    Loop(trainer, script, clock=clock, keeping=keeping).run()
    update, there = best_of(70, replace(config, seed=seed or 0))
    kept = load(tmp_path / "net.best")
    assert kept.update == update < load(tmp_path / "net").update == 70
    assert np.array_equal(kept.model().flat, there.model.flat)


def test_a_branch_that_is_worse_replaces_nothing(tmp_path: Path) -> None:
    _, there = best_of(80)
    best = Best(tmp_path / "b.safetensors")
    best.look(there)
    before = best.path.read_bytes()
    there.model.flat *= 3.0
    there.history = there.history.means()
    there.validate()
    best.look(there)
    assert there.history.lowest() == there.history.validations[-1]
    assert best.path.read_bytes() == before


def test_a_save_that_fails_is_told_once(tmp_path: Path) -> None:
    clock = Clock()
    trainer = TimedTrainer(replace(CONFIG, updates=70), corpus())
    trainer.clock = clock
    script = Script(clock, [(300.0, Close())])
    keeping = Keeping(None, tmp_path / "gone" / "net", best=True)
    Loop(trainer, script, clock=clock, keeping=keeping).run()
    told = [notice.text for notice in script.replies(Notice)]
    assert len(told) == 1
    assert told[0].startswith("The checkpoint is not saved: ")
