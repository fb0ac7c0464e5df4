import math
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.info import describe
from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import Run
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.snapshot import PrefixView, Snapshot
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.text.entropy import bigram_entropy, held_out_bigram
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, Clock, hello, prose

STATE = EngineState(12.5, 0.8, 20.0, ())


def take(trainer: Trainer, **view: Any) -> Snapshot:
    return Probe(Run(trainer, paused=True), Clock()).take(View(**view), STATE)


def prefixed(trainer: Trainer, prefix: str, **view: Any) -> PrefixView:
    seen = take(trainer, prefix=prefix, **view).prefix
    assert seen is not None
    return seen


def trained(updates: int, corpus: Corpus | None = None, **changes: Any) -> Trainer:
    trainer = Trainer(replace(HELLO, **changes), corpus or hello())
    for _ in range(updates):
        trainer.step()
    return trainer


def plain_probs(trainer: Trainer, text: str) -> list[list[float]]:
    """The textbook's recurrence, one symbol after the other, in plain Python numbers."""
    p = {name: array.tolist() for name, array in trainer.model.parameters.items()}
    h, rows = [0.0] * len(p["rnn.bias_l0"]), []
    for symbol in text:
        id = trainer.corpus.vocab.symbols.index(symbol)
        h = [
            math.tanh(w[id] + sum(u * s for u, s in zip(v, h, strict=True)) + b)
            for w, v, b in zip(
                p["rnn.weight_ih_l0"], p["rnn.weight_hh_l0"], p["rnn.bias_l0"], strict=True
            )
        ]
        y = [
            math.exp(sum(w * s for w, s in zip(row, h, strict=True)) + b)
            for row, b in zip(p["linear.weight"], p["linear.bias"], strict=True)
        ]
        rows.append([each / sum(y) for each in y])
    return rows


def test_hello_is_seen_whole() -> None:
    trainer = trained(7)
    window = take(trainer).window
    assert window.inputs.tolist() == [0, 1, 2, 2]
    assert window.targets.tolist() == [1, 2, 2, 3]
    assert window.top_ids.tolist() == [[0, 1, 2, 3]] * 4
    expected = np.array(plain_probs(trainer, "hell"))
    assert window.top_probs == pytest.approx(expected)
    right = expected[range(4), [1, 2, 2, 3]]
    assert window.target_probs == pytest.approx(right)
    assert window.losses == pytest.approx(-np.log(right))


def test_looking_changes_nothing() -> None:
    looked_at, alone = trained(0), trained(0)
    probe = Probe(Run(looked_at, paused=True), Clock())
    for _ in range(5):
        probe.take(View(prefix="hel"), STATE)
        assert looked_at.step() == alone.step()


def test_a_large_vocabulary_shows_the_likeliest_of_the_beginning() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(300)) * 2
    trainer = trained(3, corpus_from_bytes(text.encode(), "many.txt"), hidden_size=5, seq_length=9)
    window = take(trainer, steps=11, rows=6).window
    probs = np.array(plain_probs(trainer, text[:11]))
    assert window.inputs.tolist() == list(range(11))
    assert window.top_ids.tolist() == np.argsort(-probs, axis=1)[:, :6].tolist()
    assert window.top_probs == pytest.approx(-np.sort(-probs, axis=1)[:, :6])
    assert window.target_probs == pytest.approx(probs[range(11), range(1, 12)])


def test_the_window_stays_within_the_part_that_is_learned() -> None:
    trainer = Trainer(*prose())
    assert trainer.train_size < 300
    assert take(trainer, steps=10_000).window.inputs.size == trainer.train_size - 1


def test_the_prefix_is_continued() -> None:
    trainer = trained(300)
    seen = prefixed(trainer, "hel", rows=3, continuation=2)
    probs = np.array(plain_probs(trainer, "hel")[-1])
    order = np.argsort(-probs)
    assert (seen.prefix, seen.unknown) == ("hel", ())
    assert seen.top_ids.tolist() == order[:3].tolist()
    assert seen.top_probs == pytest.approx(probs[order[:3]])
    assert seen.entropy_bits == pytest.approx(-(probs * np.log2(probs)).sum())
    assert trainer.corpus.vocab.decode(seen.continuation) == "lo"


def test_unknown_symbols_are_named() -> None:
    seen = prefixed(trained(1), "heXlYX\x1b")
    assert seen.unknown == ("X", "Y", "\x1b")
    assert seen.top_ids.size == seen.top_probs.size == seen.continuation.size == 0


def test_nothing_follows_nothing() -> None:
    assert prefixed(trained(1), "").top_ids.size == 0
    assert take(trained(1), prefix=None).prefix is None


def test_bytes_are_read_as_bytes() -> None:
    corpus = corpus_from_bytes("가나다".encode(), "bytes.txt", TextOptions(units="byte"))
    trainer = trained(2, corpus)
    assert prefixed(trainer, "가").top_ids.size == min(12, len(corpus.vocab))
    assert prefixed(trainer, "z").unknown == ("z",)


def test_a_paused_screen_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trained(4)
    probe = Probe(Run(trainer, paused=True), Clock())
    first = probe.take(View(prefix="he"), STATE)
    monkeypatch.setattr(trainer.model, "forward", None)
    again = probe.take(View(prefix="he"), STATE)
    assert again.prefix is first.prefix
    assert again.window is first.window
    monkeypatch.undo()
    other = probe.take(View(prefix="hel"), STATE)
    assert other.prefix is not first.prefix
    assert other.window is first.window
    trainer.step()
    moved = probe.take(View(prefix="hel"), STATE)
    assert moved.prefix is not other.prefix
    assert moved.window is not first.window


def test_costly_pictures_may_be_a_little_old_while_training_runs() -> None:
    clock = Clock()
    trainer = trained(1)
    run = Run(trainer)
    probe = Probe(run, clock)
    forward = trainer.model.forward

    def slow(*args: Any) -> Any:
        clock.now += 0.05
        return forward(*args)

    trainer.model.forward = slow  # type: ignore[method-assign]
    first = probe.take(View(), STATE).window
    trainer.step()
    clock.now += 0.2
    assert probe.take(View(), STATE).window is first
    clock.now += 2.4
    second = probe.take(View(), STATE).window
    assert second is not first
    trainer.step()
    run.pause()
    assert probe.take(View(), STATE).window is not second  # standing still it is exact


def test_numbers_of_the_moment() -> None:
    _, corpus = prose()
    trainer = trained(5, corpus, hidden_size=4, seq_length=7, batch_size=3)
    snapshot = take(trainer)
    assert (snapshot.update, snapshot.epoch) == (5, 1)
    assert snapshot.epoch_fraction == pytest.approx(5 / trainer.windows_per_epoch)
    assert snapshot.loss == trainer.history.loss
    assert snapshot.grad_norm == trainer.grad_norm > 0
    assert (snapshot.updates_per_second, snapshot.temperature, snapshot.speed) == (12.5, 0.8, 20.0)
    assert snapshot.validation is None
    before = take(trained(0))
    assert math.isnan(before.loss)
    assert before.curves.update.size == 0


def test_a_snapshot_does_not_grow_with_the_run_or_with_greed() -> None:
    def size(updates: int, **view: Any) -> int:
        trainer = trained(0, sample_every=1)
        for update in range(updates):
            trainer.history.add(update, 1.0 / (update + 1))
        return len(pickle.dumps(take(trainer, **view)))

    assert size(50_000) == pytest.approx(size(5_000), rel=0.05)
    assert size(50_000) < 12_000
    greedy = dict.fromkeys(("steps", "rows", "bins", "continuation", "samples"), 10**9)
    assert size(50_000, prefix="h", **greedy) < 150_000


def test_knobs_turned_without_end_do_not_make_it_grow() -> None:
    trainer = trained(0)
    for update in range(5_000):
        trainer.history.mark(update, f"lr {update}")
    curves = take(trainer, bins=30).curves
    assert len(curves.marks) == 30
    assert curves.marks[-1].label == "lr 4999"


def test_what_nobody_looks_at_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = trained(3)
    monkeypatch.setattr(trainer.model, "forward", None)
    assert take(trainer, steps=0).window.inputs.size == 0


def test_a_view_of_nothing_is_answered() -> None:
    snapshot = take(trained(2), steps=-1, rows=0, bins=0, continuation=-3, prefix="h", samples=0)
    assert snapshot.window.inputs.size == 0
    assert snapshot.prefix is not None
    assert snapshot.prefix.continuation.size == 0


def test_what_is_told_once() -> None:
    config, corpus = prose()
    trainer = Trainer(config, corpus)
    info = describe(trainer, ("One note.",))
    assert info.train_size + info.val_size == len(corpus.ids)
    assert info.val_size == int(0.6 * len(corpus.ids))
    assert info.symbols[corpus.vocab.symbols.index(" ")] == "␣"
    assert info.windows_per_epoch == trainer.windows_per_epoch
    assert (
        0 < info.bigram < info.unigram < info.uniform == pytest.approx(math.log(len(corpus.vocab)))
    )
    assert info.notes == ("One note.",)
    assert pickle.loads(pickle.dumps(info)).config == config


def test_presets_all_have_a_first_snapshot() -> None:
    _, corpus = prose()
    for preset in PRESETS.values():
        small = replace(preset, hidden_size=6, seq_length=5, batch_size=2)
        assert take(Trainer(small, corpus), prefix="The t").state == "paused"


@pytest.mark.parametrize("fraction", [0.0, 0.1, 0.4])
def test_the_held_out_bigram_is_that_of_the_validation_part(fraction: float) -> None:
    config, corpus = prose()
    trainer = Trainer(replace(config, val_fraction=fraction), corpus)
    info, size = describe(trainer), len(corpus.vocab)
    train = corpus.ids[: trainer.train_size]
    assert info.held_out == held_out_bigram(train, trainer.val_ids, size)
    assert (info.held_out is None) == (fraction == 0.0)
    assert info.bigram == pytest.approx(bigram_entropy(train, size))
