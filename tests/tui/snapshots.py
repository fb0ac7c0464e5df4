"""Hand-made snapshots: no network, no worker, and the same numbers every time."""

import math
from dataclasses import replace
from functools import cache
from typing import Any, Literal

import numpy as np

from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import (
    Curves,
    Floats,
    Ints,
    Mark,
    PrefixView,
    RunInfo,
    Sample,
    Snapshot,
    WindowView,
)
from rnn_tui.protocol.state import RunState
from rnn_tui.training.settings.config import Config

Kind = Literal["hello", "korean", "lstm"]
"""Five letters; 2,097 symbols with wide glyphs; an LSTM on English prose."""

TEXTS: dict[Kind, str] = {
    "hello": "hello",
    "korean": "영화가 정말 재미있어요. 다시 보고 싶은 작품입니다!\n"
    "배우들의 연기도 좋았고 끝까지 눈을 뗄 수 없었다.\n",
    "lstm": "The lamp in the window burned until morning, and nobody asked why.\n"
    "“Is it far?” she said. Far enough; the road bends twice before the sea.\n",
}
VOCABULARY: dict[Kind, int] = {"hello": 4, "korean": 2097, "lstm": 65}
SCALE: dict[Kind, float] = {"hello": 25.0, "korean": 900.0, "lstm": 900.0}
"""Updates in which the make-believe network gets 63 % of the way."""


@cache
def make_symbols(kind: Kind = "hello") -> tuple[str, ...]:
    """Return the vocabulary by first appearance, filled up with unused letters, as glyphs."""
    spare = range(0xAC00, 0xD7A3) if kind == "korean" else range(0x21, 0x17F)
    glyphs = dict.fromkeys(TEXTS[kind].replace("\n", "↵").replace(" ", "␣"))
    for code in spare:
        if len(glyphs) >= VOCABULARY[kind]:
            break
        glyphs.setdefault(chr(code))
    return tuple(glyphs)


def make_config(kind: Kind = "hello", **changes: Any) -> Config:
    """Return the settings that go with `kind`."""
    if kind == "hello":
        return replace(Config(speed=20.0, dtype="float64", sample_every=10), **changes)
    large = Config(
        preset="auto",
        cell="lstm" if kind == "lstm" else "gru",
        hidden_size=128,
        num_layers=2 if kind == "lstm" else 1,
        seq_length=50,
        batch_size=32,
        learning_rate=2e-3,
        val_fraction=0.1,
    )
    return replace(large, **changes)


def make_info(kind: Kind = "hello", **changes: Any) -> RunInfo:
    """Return what stays the same in a run of `kind`; `changes` replace fields."""
    vocabulary = VOCABULARY[kind]
    info = RunInfo(
        corpus_name={"hello": "hello.txt", "korean": "korean_reviews.txt", "lstm": "harbor.txt"}[
            kind
        ],
        config=make_config(kind),
        symbols=make_symbols(kind),
        letters=(),
        unit="character",
        parameter_count={"hello": 31, "korean": 1_125_681, "lstm": 240_065}[kind],
        train_size={"hello": 5, "korean": 318_000, "lstm": 1_003_854}[kind],
        val_size={"hello": 0, "korean": 35_400, "lstm": 111_540}[kind],
        windows_per_epoch={"hello": 1, "korean": 198, "lstm": 627}[kind],
        notes=("The final newline of this one-line text was dropped.",) if kind == "hello" else (),
        uniform=math.log(vocabulary),
        unigram={"hello": 1.332, "korean": 5.541, "lstm": 3.310}[kind],
        bigram={"hello": 0.347, "korean": 3.402, "lstm": 2.451}[kind],
        held_out={"hello": None, "korean": 4.217, "lstm": 2.486}[kind],
    )
    info = replace(info, **changes)
    pictures = {"↵": "\n", "␣": " "}
    letters = tuple(pictures.get(glyph, glyph[:1]) for glyph in info.symbols)
    return replace(info, letters=info.letters or letters)


def make_snapshot(
    kind: Kind = "hello",
    update: int = 47,
    *,
    steps: int = 8,
    rows: int = 12,
    bins: int = 200,
    **changes: Any,
) -> Snapshot:
    """Return the moment after `update` updates; `steps`, `rows`, `bins` as in `View`."""
    curves = make_curves(kind, update, bins)
    windows = make_info(kind).windows_per_epoch
    snapshot = Snapshot(
        state="running",
        reason="",
        update=update,
        epoch=1 + update // windows,
        epoch_fraction=update % windows / windows,
        loss=float(curves.high[-1]) if update else math.nan,
        smoothed=float(curves.smoothed[-1]) if update else math.nan,
        validation=float(curves.validation[-1]) if curves.validation.size else None,
        grad_norm=1.37,
        updates_per_second=20.0 if kind == "hello" else 31.4,
        learning_rate=make_config(kind).learning_rate,
        temperature=0.8,
        speed=make_config(kind).speed,
        seed=0,
        curves=curves,
        window=make_window(kind, update, steps, rows),
        samples=make_samples(kind, update),
        prefix=make_prefix(kind, update),
    )
    return replace(snapshot, **changes)


def learned(kind: Kind, update: int) -> float:
    """Return how far the make-believe network has come, 0 to 1."""
    return 1.0 - math.exp(-update / SCALE[kind])


def make_curves(kind: Kind = "hello", update: int = 47, bins: int = 200) -> Curves:
    """Return a falling, noisy loss, a mark, and a validation curve where there is such a part."""
    count = min(bins, update)
    at = np.ceil(np.arange(1, count + 1) * update / max(count, 1))
    top, floor = math.log(VOCABULARY[kind]), {"hello": 0.02, "korean": 3.1, "lstm": 1.35}[kind]
    smoothed = floor + (top - floor) * np.exp(-at / SCALE[kind])
    noise = np.random.default_rng(7).normal(0, 0.06, (2, 4000))[:, :count] * smoothed
    val_at = at[9::10] if kind != "hello" else at[:0]
    marks = (Mark(update * 2 // 5, "lr 0.03→0.1"),) if update >= 20 else ()
    return Curves(
        update=at,
        low=np.maximum(smoothed - np.abs(noise[0]), 0.001),
        high=smoothed + np.abs(noise[1]),
        smoothed=smoothed,
        val_update=val_at,
        validation=0.05 + 1.02 * (floor + (top - floor) * np.exp(-val_at / SCALE[kind])),
        marks=marks,
    )


def make_window(
    kind: Kind = "hello", update: int = 47, steps: int = 8, rows: int = 12
) -> WindowView:
    """Return predictions over the beginning of the text, better with every update."""
    ids = encode(kind, TEXTS[kind])[: steps + 1]
    inputs, targets = ids[:-1], ids[1:]
    vocabulary, reached = VOCABULARY[kind], learned(kind, update)
    logits = np.random.default_rng(11).normal(0, 1.2, (len(inputs), vocabulary)) * (1.2 - reached)
    logits[np.arange(len(inputs)), targets] += (math.log(vocabulary) + 2.5) * reached
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    right = probs[np.arange(len(inputs)), targets]
    if vocabulary <= rows:
        order = np.tile(np.arange(vocabulary), (len(inputs), 1))
    else:
        order = np.argsort(-probs, axis=1, kind="stable")[:, :rows]
    return WindowView(
        inputs=inputs,
        targets=targets,
        top_ids=order,
        top_probs=np.take_along_axis(probs, order, axis=1),
        target_probs=right,
        losses=-np.log(right),
    )


def make_samples(kind: Kind = "hello", update: int = 47, count: int = 12) -> tuple[Sample, ...]:
    """Return samples, newest first, that look more and more like the text."""
    every = make_config(kind).sample_every
    last = update // every
    return tuple(make_sample(kind, n * every) for n in range(last, max(last - count, -1), -1))


def make_sample(kind: Kind, update: int, length: int = 160) -> Sample:
    """Return one text: the corpus, with the less of it garbled the later it is."""
    rng = np.random.default_rng(update + 1)
    text = np.resize(encode(kind, TEXTS[kind]), length)
    sure = np.clip(learned(kind, update) + rng.normal(0, 0.15, length), 0.02, 0.99)
    wrong = rng.random(length) > sure
    ids = np.where(wrong, rng.integers(0, VOCABULARY[kind], length), text)
    return Sample(update, 0.8, ids, np.where(wrong, 1.0 - sure, sure))


def make_prefix(kind: Kind = "hello", update: int = 47, prefix: str | None = None) -> PrefixView:
    """Return what comes after `prefix`, or after the first three symbols of the text."""
    text = TEXTS[kind]
    ids = encode(kind, text)
    probs = np.array([0.71, 0.27, 0.0149, 0.0051])
    return PrefixView(
        prefix=text[:3] if prefix is None else prefix,
        unknown=(),
        top_ids=np.array([ids[3], *(i for i in range(5) if i != ids[3])][:4], dtype=np.int64),
        top_probs=probs,
        entropy_bits=float(-(probs * np.log2(probs)).sum()),
        continuation=np.resize(ids[3:], 40),
    )


def encode(kind: Kind, text: str) -> Ints:
    """Return the ids of `text` in the vocabulary of `kind`."""
    ids = {glyph: i for i, glyph in enumerate(make_symbols(kind))}
    return np.array([ids[{"\n": "↵", " ": "␣"}.get(c, c)] for c in text], dtype=np.int64)


NETWORKS: tuple[tuple[str, dict[str, Any], float, float], ...] = (
    ("dense", {"network": "dense", "context": 8, "hidden_size": 128}, 1.3, 0.6),
    ("cnn", {"network": "cnn", "hidden_size": 64, "num_layers": 6}, 1.12, 0.8),
    ("rnn", {"cell": "rnn", "hidden_size": 128}, 1.2, 1.1),
    ("lstm", {"cell": "lstm", "hidden_size": 128}, 1.0, 1.5),
    ("gru", {"cell": "gru", "hidden_size": 128}, 1.04, 1.3),
    ("gru learning-rate 0.1", {"cell": "gru", "hidden_size": 128}, 1.04, 1.3),
)
"""Make-believe networks: name, settings, and where and how fast their loss goes."""
LONG = tuple(f"lstm learning-rate {rate}" for rate in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3))
"""Names as `--vary` makes them."""


def make_race(
    kind: Kind = "lstm",
    update: int = 1200,
    count: int = 6,
    names: tuple[str, ...] | None = None,
    *,
    prefix: bool = True,
    states: dict[int, tuple[RunState, str]] | None = None,
    **changes: Any,
) -> RaceView:
    """Return so many networks; `states` has what one does that does not run, and why."""
    entrants = tuple(
        make_entrant(kind, update, number, prefix=prefix, state=(states or {}).get(number))
        for number in range(count)
    )
    if names:
        pairs = zip(entrants, names, strict=False)
        entrants = tuple(replace(entrant, name=name) for entrant, name in pairs)
    race = RaceView(entrants, chosen=min(3, count - 1), pace="equal", cores=2, characters=1600)
    return replace(race, **changes)


def make_entrant(
    kind: Kind,
    update: int,
    number: int,
    *,
    prefix: bool = True,
    state: tuple[RunState, str] | None = None,
) -> EntrantView:
    """Return one network of a race; a diverged one has climbed at its end."""
    name, settings, rest, slow = NETWORKS[number]
    doing, reason = state or ("running", "")
    curves = make_curves(kind, update)
    top, floor = math.log(VOCABULARY[kind]), (0.02, 1.35)[kind == "lstm"] * rest
    smoothed = floor + (top - floor) * np.exp(-curves.update / (SCALE[kind] * slow / 2))
    if doing == "diverged":
        smoothed = smoothed * np.exp(np.maximum(0, curves.update / update - 0.6) * 6)
    likely = np.argsort(np.random.default_rng(number).random(VOCABULARY[kind]))[:12]
    probs = np.exp(-0.9 * np.arange(len(likely)) / (1 + number / 4))
    return EntrantView(
        name=name,
        number=number,
        config=make_config(kind, **settings),
        parameter_count=(24_641, 98_113, 31_000, 115_777, 88_001, 88_001)[number],
        state=doing,
        reason=reason,
        update=update,
        smoothed=float(smoothed[-1]) if update else math.nan,
        validation=float(smoothed[-1]) * 1.06 if update and kind == "lstm" else None,
        updates_per_second=(212.0, 88.4, 61.3, 24.7, 31.0, 0.0)[number],
        curves=replace(curves, smoothed=smoothed),
        seconds=curves.update / (212.0, 88.4, 61.3, 24.7, 31.0, 30.0)[number],
        sample=make_sample(kind, update + number).ids if update else encode(kind, ""),
        next_ids=likely if prefix else likely[:0],
        next_probs=probs / probs.sum() if prefix else probs[:0],
    )


def no_curves() -> Curves:
    """Return the history before the first update."""
    empty: Floats = np.zeros(0)
    return Curves(empty, empty, empty, empty, empty, empty)
