"""A network goes on with another text: what it knew is in its place, and the rest is as new."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.models.registry import named
from rnn_tui.nn.cell import FloatArray
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes, read_corpus
from rnn_tui.training.bundle.file import read_bundle
from rnn_tui.training.checkpoint.file import Checkpoint, load, save
from rnn_tui.training.checkpoint.other_text import put_on
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.settings.config import Config
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer
from tests.checkpoint.test_resume_matrix import CASES, config, corpus, fingerprint, run
from tests.live.prepared import at, opened, train, written

OTHER = b"1 fox, 2 foxes; 1 box, 2 boxes: 3 oxen!\n" * 6
"""With symbols that the tide has not, and without some that it has."""
BASE = Config(
    preset="auto", hidden_size=5, seq_length=8, batch_size=3, context=4, kernel_size=2,
    dtype="float64", learning_rate=0.01, seed=3,
)  # fmt: skip
NETWORKS = ("rnn", "lstm", "gru", "dense", "cnn")
OPTIMIZERS = ("sgd", "momentum", "adagrad", "rmsprop", "adam")
every_network = pytest.mark.parametrize("network", NETWORKS)


def other() -> Corpus:
    return corpus_from_bytes(OTHER, "foxes.txt")


def learned(path: Path, settings: Config, updates: int = 40) -> tuple[Trainer, Checkpoint]:
    trainer = Trainer(settings, corpus())
    run(trainer, updates)
    save(path, trainer)
    return trainer, load(path)


def by_hand(network: str, name: str, known: FloatArray, grown: FloatArray, V: int) -> None:
    """Copy columns and rows of known symbols, one by one."""
    if name == "linear.weight":
        for symbol in range(V):
            grown[symbol] = known[symbol]
    elif name == "linear.bias":
        grown[:V] = known
    elif name == "rnn.weight_ih_l0":
        for symbol in range(V):
            grown[:, symbol] = known[:, symbol]
    elif name == "hidden.0.weight":
        now = grown.shape[1] // 4
        for place, symbol in itertools.product(range(4), range(V)):
            grown[:, place * now + symbol] = known[:, place * V + symbol]
    elif name == "conv.0.weight":
        for symbol, tap in itertools.product(range(V), range(2)):
            grown[:, symbol, tap] = known[:, symbol, tap]
    else:
        grown[...] = known


@pytest.mark.parametrize(
    ("network", "optimizer", "num_layers"),
    [
        *((name, "adam", layers) for name in NETWORKS for layers in (1, 2)),
        *(("lstm", name, 1) for name in OPTIMIZERS),
        *(("cnn", name, 2) for name in OPTIMIZERS),
        *(("dense", name, 1) for name in OPTIMIZERS),
    ],
)
def test_it_is_the_network_built_by_hand(
    tmp_path: Path, network: str, optimizer: Any, num_layers: int
) -> None:
    settings = replace(BASE, **named(network), optimizer=optimizer, num_layers=num_layers)
    old, checkpoint = learned(tmp_path / "a", settings)
    moved, text = put_on(checkpoint, other(), {})
    V, symbols = len(old.corpus.vocab), text.vocab.symbols
    assert symbols[:V] == old.corpus.vocab.symbols
    assert set(symbols[V:]) == set(other().vocab.symbols) - set(symbols[:V])
    assert text.vocab.decode(text.ids) == OTHER.decode()

    hand = Trainer(moved.config, text)
    for name, grown in hand.model.parameters.items():
        by_hand(network, name, old.model.parameters[name], grown, V)
    for slot, whole in hand.optimizer.slots.items():
        start, before = 0, 0
        for name, like in hand.model.parameters.items():
            known = old.model.parameters[name]
            part = whole[start : start + like.size].reshape(like.shape)
            there = old.optimizer.slots[slot][before : before + known.size].reshape(known.shape)
            by_hand(network, name, there, part, V)
            start, before = start + like.size, before + known.size
    hand.optimizer.count = old.optimizer.count
    hand.history.mark(0, "text tide.txt→foxes.txt")

    trainer, notes = resume(moved, text, {})
    assert trainer.update == 0
    assert notes[0].endswith("in 40 updates goes on with foxes.txt, counted from update 0.")
    assert notes[1].startswith("11 characters are new to it and begin untrained: 1 f x ")
    assert fingerprint(trainer) == fingerprint(hand)
    assert run(trainer, 30) == run(hand, 30)
    assert fingerprint(trainer) == fingerprint(hand)


@every_network
def test_what_it_knew_it_says_as_before(tmp_path: Path, network: str) -> None:
    old, checkpoint = learned(tmp_path / "a", replace(BASE, **named(network)))
    moved, _ = put_on(checkpoint, other(), {})
    model, V = moved.model(), old.model.vocab_size
    ids = old.corpus.ids[:40].reshape(20, 2)
    before, _ = old.model.forward(ids, old.model.zero_state(2))
    now, _ = model.forward(ids, model.zero_state(2))
    assert now.shape[-1] == V + 11
    np.testing.assert_allclose(now[..., :V], before, rtol=1e-12, atol=1e-14)


def test_without_new_symbols_all_of_it_is_what_it_was(tmp_path: Path) -> None:
    old, checkpoint = learned(tmp_path / "a", BASE)
    moved, text = put_on(
        checkpoint, corpus_from_bytes(b"and now it did: no, out it went"[:14], "b"), {}
    )
    np.testing.assert_array_equal(moved.model().flat, old.model.flat)
    assert text.vocab.symbols == old.corpus.vocab.symbols
    assert not any("new to it" in note for note in moved.notes)


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: "-".join(map(str, case)))
def test_resumed_is_as_in_one_go(tmp_path: Path, case: Any) -> None:
    _, checkpoint = learned(tmp_path / "a", config(case), 50)
    moved, text = put_on(checkpoint, other(), {})
    whole, _ = resume(moved, text, {})
    first, _ = resume(moved, text, {})
    losses = run(whole, 100)
    assert run(first, 37) == losses[:37]
    save(path := tmp_path / "half.safetensors", first)
    again = load(path).trainer(other())  # read anew, its ids are in another order
    assert run(again, 63) == losses[37:]
    assert fingerprint(again) == fingerprint(whole)


def test_the_past_and_its_branches_are_there_from_update_0(tmp_path: Path) -> None:
    _, checkpoint = learned(tmp_path / "a", replace(BASE, cell="gru", batch_size=2))
    trainer, _ = resume(*put_on(checkpoint, other(), {}), {})
    timeline = Timeline(trainer)
    weights = [trainer.model.flat.copy()]
    for _ in range(90):
        trainer.step()
        timeline.update_made()
        weights.append(trainer.model.flat.copy())
    for update in (0, 1, 57, 90):
        timeline.go_to(update)
        np.testing.assert_array_equal(trainer.model.flat, weights[update])
    timeline.go_to(20)
    timeline.branch_off()
    trainer.set_learning_rate(0.001)
    timeline.knob_turned()
    trainer.step()
    assert timeline.branch.fork == 20
    timeline.go_to(0)
    np.testing.assert_array_equal(trainer.model.flat, weights[0])


def test_a_bundle_of_it_opens_as_it_was(tmp_path: Path) -> None:
    settings = replace(BASE, cell="lstm", val_fraction=0.2)
    _, checkpoint = learned(tmp_path / "a", settings)
    long = corpus_from_bytes(OTHER * 60, "foxes.txt")
    moved, text = put_on(checkpoint, long, {})
    engine = at(moved.config, text, moved)
    train(engine, 30)
    file = written(tmp_path / "b.bundle", engine)
    again = opened(file)
    assert fingerprint(again.trainer) == fingerprint(engine.trainer)
    assert read_bundle(file)[1].vocab.symbols == text.vocab.symbols


def test_settings_of_the_text_are_its_own_and_the_rest_can_be_said(tmp_path: Path) -> None:
    settings = replace(BASE, floor=0.5, updates=40, dropout=0.0, lr_decay=0.5)
    _, checkpoint = learned(tmp_path / "a", settings)
    checkpoint.numbers["base_rate"] = 0.004  # turned by a key
    long = corpus_from_bytes(OTHER * 60, "foxes.txt")
    moved, _ = put_on(checkpoint, long, {})
    assert moved.config == replace(settings, floor=None, learning_rate=0.004, val_fraction=0.1)
    trainer, _ = resume(*put_on(checkpoint, long, {}), {})
    assert (trainer.learning_rate, trainer.base_rate) == (0.004, 0.004)
    given = {
        "learning_rate": 0.01, "batch_size": 7, "seq_length": 11, "val_fraction": 0.3,
        "warmup": 5, "lr_schedule": "cosine", "epochs": 3, "seed": 9, "updates": 500,
    }  # fmt: skip
    moved, _ = put_on(checkpoint, long, given)
    assert moved.config == replace(settings, floor=None, lr_decay=1.0, **given)
    assert "--batch-size is 7 from here on, before 3." in moved.notes
    assert put_on(checkpoint, other(), given)[0].config.batch_size == 7


def test_a_short_text_gets_smaller_windows(tmp_path: Path) -> None:
    _, checkpoint = learned(tmp_path / "a", BASE)
    moved, text = put_on(checkpoint, corpus_from_bytes(b"foxes", "tiny"), {"batch_size": 50})
    assert (moved.config.seq_length, moved.config.batch_size) == (4, 1)
    run(resume(moved, text, {})[0], 3)


@pytest.mark.parametrize(
    ("given", "option"),
    [({"cell": "gru"}, "--cell"), ({"hidden_size": 6}, "--hidden-size"),
     ({"optimizer": "sgd"}, "--optimizer"), ({"dtype": "float32"}, "--dtype"),
     ({"network": "cnn"}, "--network"), ({"num_layers": 2}, "--num-layers")],
)  # fmt: skip
def test_what_decides_the_weights_cannot_change(
    tmp_path: Path, given: dict[str, Any], option: str
) -> None:
    _, checkpoint = learned(tmp_path / "a", BASE)
    with pytest.raises(InputError, match=f"^{option} cannot be changed on the way"):
        put_on(checkpoint, other(), given)


def test_units_must_be_the_same_and_symbols_not_too_many(tmp_path: Path) -> None:
    _, checkpoint = learned(tmp_path / "a", BASE)
    for options in (TextOptions(units="byte"), TextOptions(normalize="NFC")):
        with pytest.raises(InputError, match="the network reads char units, normalized to none"):
            put_on(checkpoint, corpus_from_bytes(OTHER, "b", options), {})
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 19_990)))
    with pytest.raises(InputError, match="different characters, more than 20,000"):
        put_on(checkpoint, corpus_from_bytes(many.encode(), "many"), {})


def test_bytes_and_letters_too(tmp_path: Path) -> None:
    for units, one, two, count in (("byte", "dada", "dadé", "2 bytes are"),
                                   ("jamo", "가가갸", "각가교", "2 letters are")):  # fmt: skip
        options = TextOptions(units=units)
        trainer = Trainer(replace(BASE, seq_length=2, batch_size=1),
                          corpus_from_bytes(one.encode(), "one", options))  # fmt: skip
        save(tmp_path / "b", trainer)
        text = corpus_from_bytes(two.encode(), "two", options)
        moved, text = put_on(load(tmp_path / "b"), text, {})
        assert moved.notes[1].startswith(f"{count} new to it")
        assert text.vocab.decode(text.ids) == two
        again, _ = resume(moved, text, {})
        save(tmp_path / "c", again)
        assert load(tmp_path / "c").trainer(text).model.vocab_size == len(text.vocab)


def texts(folder: Path, name: str, data: bytes) -> Corpus:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return read_corpus(folder / name)


def test_a_text_that_has_changed_is_taken_for_a_mistake(tmp_path: Path) -> None:
    first = texts(tmp_path / "one", "input.txt", b"once upon a time " * 9)
    settings = replace(BASE, batch_size=1)
    save(tmp_path / "a", Trainer(settings, first))
    checkpoint = load(tmp_path / "a")
    mistake = "input.txt is not as it was when this checkpoint learned from it; give it as it was"
    with pytest.raises(InputError, match=mistake):  # the very file
        put_on(checkpoint, texts(tmp_path / "one", "input.txt", b"twice upon a time " * 9), {})
    # of the same name elsewhere, while the first is there: another text
    elsewhere = texts(tmp_path / "two", "input.txt", b"a second text " * 9)
    assert put_on(checkpoint, elsewhere, {})[1].name == "input.txt"
    # the first is gone: it was moved, and changed
    Path(checkpoint.corpus_path).unlink()
    with pytest.raises(InputError, match=mistake):
        put_on(checkpoint, elsewhere, {})
    named_otherwise = texts(tmp_path / "two", "second.txt", b"a second text " * 9)
    assert put_on(checkpoint, named_otherwise, {})[0].corpus_name == "second.txt"


def test_of_two_pipes_nobody_knows_which_is_meant(tmp_path: Path) -> None:
    save(tmp_path / "a", Trainer(BASE, corpus_from_bytes(OTHER, "standard input")))
    with pytest.raises(InputError, match="standard input is not as it was"):
        put_on(load(tmp_path / "a"), corpus_from_bytes(b"another " * 9, "standard input"), {})


def test_another_text_is_not_the_same_run(tmp_path: Path) -> None:
    _, checkpoint = learned(tmp_path / "a", BASE)
    with pytest.raises(InputError, match=r"belongs to 'tide\.txt'"):
        checkpoint.trainer(other())
