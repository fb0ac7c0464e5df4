"""Damaged and hostile bundles: each opens as it is or is refused in one line."""

import json
import math
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors
import safetensors.numpy

from rnn_tui.errors import InputError
from rnn_tui.live.prepared import open_bundle, require_sound
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.bundle import file, text
from rnn_tui.training.bundle.file import Bundle, read_bundle
from rnn_tui.training.checkpoint.container import BUNDLE, digest
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.checkpoint.torch_file import read_weights
from rnn_tui.training.thinning import COST
from tests.live.desk import HELLO
from tests.live.prepared import at, lived, train, written

CASES = int(os.environ.get("RNN_TUI_FUZZ", "300"))
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2**31, 10**18, 1e308, -0.5, math.nan, "", "x", "\x1b[31m", [], [1], {},
    {"a": 1}, "9" * 400, [[0, 0]],
)  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = corpus_from_bytes(b"hello\n", "hello.txt")
    return written(tmp_path_factory.mktemp("good") / "good.bundle", lived(HELLO, corpus))


def parts(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    with safetensors.safe_open(path, framework="np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()  # noqa: SIM118


def spoiled(
    good: Path, path: Path, spoil: Callable[[dict[str, Any], dict[str, Any]], None]
) -> Path:
    """Write it with something else in it, and the right digest."""
    tensors, metadata = parts(good)
    content = {key: json.loads(metadata[key]) for key in ("bundle", "vocabulary", "corpus")}
    spoil(tensors, content)
    metadata |= {key: json.dumps(value) for key, value in content.items()}
    metadata["digest"] = digest(tensors, metadata)
    safetensors.numpy.save_file(tensors, path, metadata)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as error:
        require_sound(*read_bundle(path), "here")
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 500
    assert "\x1b" not in str(error.value)
    return str(error.value)


def put(*places: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """Put the last of them where the others lead to."""
    *way, last, value = places

    def spoil(_: dict[str, Any], content: dict[str, Any]) -> None:
        for place in way:
            content = content[place]
        content[last] = value

    return spoil


def array(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any], Any], None]:
    def spoil(tensors: dict[str, Any], _: Any) -> None:
        tensors[name] = change(tensors[name])

    return spoil


BRANCH: tuple[Any, ...] = ("bundle", "past", "branches")
DESK: tuple[Any, ...] = ("bundle", "desk")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (put("bundle", "past", "branches", []), "0 branches"),
        (put("bundle", "past", "present", 9), "9"),
        (put("bundle", "past", "turns", 7), "none of its past"),
        (put("bundle", "past", "norm", "x"), "norm is 'x'"),
        (put(*BRANCH, 1, "parent", 3), "3"),
        (put(*BRANCH, 1, "number", 1), "begins where there is nothing"),
        (put(*BRANCH, 1, "forked", [10**6, 0]), "begins where there is nothing"),
        (put(*BRANCH, 0, "head", -1), "end of a branch is -1"),
        (put(*BRANCH, 2, "head", 104), "none of its past"),
        (put(*BRANCH, 0, "knobs", []), "no learning rate"),
        (put(*BRANCH, 0, "knobs", 0, 2, math.nan), "a learning rate is nan"),
        (put(*BRANCH, 0, "knobs", 0, 4, "all of it"), "what stops it"),
        (put(*BRANCH, 1, "rate", -0.5), "a learning rate is -0.5"),
        (put(*BRANCH, 1, "change", "\x1b[2J"), "a mark is called"),
        (put(*BRANCH, 2, "turned", 0, 1, ["weight", "nonesuch", [0], 0.5]), "no weight 'nonesuch'"),
        (put(*BRANCH, 2, "turned", 0, 1, ["unit", 0, 99]), "no unit 100"),
        (put(*BRANCH, 2, "turned", 0, 1, ["weight", "x", [0], math.inf]), "finite|no weight"),
        (put(*BRANCH, 2, "turned", 0, 1, ["eval", "1"]), "nobody can turn"),
        (put(*BRANCH, 2, "turned", 0, 0, 10**6), "turned after its end"),
        (put(*BRANCH, 2, "turned", 0, 2, "\x1b]0;x\x07"), "a mark is called"),
        (put(*BRANCH, 0, "history", "stride", 0), "at odds"),
        (put(*DESK, "samples", [[1, 0, 0, 0.5, [99], [0.5]]]), "of another text"),
        (put(*DESK, "samples", [[1, 0, 0, 0.5, [0] * 300, [0.5] * 300]]), "too long"),
        (put(*DESK, "samples", [[1, 0, 0, -1, [0], [0.5]]]), "a temperature"),
        (put(*DESK, "chosen_rate", "fast"), "a learning rate is 'fast'"),
        (put(*DESK, "walked", -3), "a micro-step is -3"),
        (put(*DESK, "scene", "page", 5), "no text"),
        (put(*DESK, "scene", "part", "other"), "nowhere"),
        (put(*DESK, "scene", "start", -1), "nowhere"),
        (put(*DESK, "scene", "memos", {"train": {"prefix": "x" * 501}}), "no text"),
        (put("corpus", "sha256", "../../" + "a" * 58), "digest is none"),
        (put("vocabulary", 0, "\ud800"), "the vocabulary is none"),
        (array("text.ids", lambda a: a + np.uint8(1)), "at odds with its vocabulary"),
        (array("text.ids", lambda a: a[:1]), "text.ids is uint8"),
        (array("text.ids", lambda a: a.astype(np.uint16)), "text.ids is uint16"),
        (array("kept.flat", lambda a: a[:, 1:].copy()), "none of this network"),
        (array("kept.flat", lambda a: a.astype(np.float32)), "none of this network"),
        (array("kept.moment", lambda a: a[::-1].copy()), "no moment|begin"),
        (array("kept.moment", lambda a: -a), "lies nowhere"),
        (array("kept.moment", lambda a: a.astype(np.float64)), "moments of its past"),
        (array("kept.means", lambda a: a[:, :1].copy()), "losses of its past"),
        (array("curve.0.low", lambda a: a[1:]), "differ in length"),
        (array("curve.norms.low", lambda a: a[1:]), "differ in length"),
    ],
)  # fmt: skip
def test_what_cannot_be(good: Path, tmp_path: Path, spoil: Any, words: str) -> None:
    path = spoiled(good, tmp_path / "odd.bundle", spoil)
    said = refusal(path)
    assert re.search(words, said), said


def test_missing_parts(good: Path, tmp_path: Path) -> None:
    for name in parts(good)[0]:
        path = spoiled(good, tmp_path / "less.bundle", lambda tensors, _, n=name: tensors.pop(n))  # type: ignore[misc]
        refusal(path)


def test_any_value_anywhere(good: Path, tmp_path: Path) -> None:
    """Whatever stands in the JSON: it opens or is refused; nothing else happens."""
    rng, path, refused = np.random.default_rng(3), tmp_path / "odd.bundle", list[str]()

    def spoil(_: Any, content: dict[str, Any]) -> None:
        place: Any = content["bundle"]
        while True:
            keys = [*place] if isinstance(place, dict) else [*range(len(place))]
            key = keys[rng.integers(len(keys))]
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or rng.random() < 0.2:
                place[key] = ODD[rng.integers(len(ODD))]
                return
            place = inner

    for _ in range(CASES):
        bundle = spoiled(good, path, spoil)
        try:
            found, corpus = read_bundle(bundle)
            require_sound(found, corpus, "here")
        except InputError as error:
            refused.append(str(error))
            continue
        with np.errstate(all="ignore"):
            use(found, corpus)
    assert len(refused) > CASES // 2
    assert max(len(said.splitlines()) for said in refused) == 1


def use(bundle: Bundle, corpus: Corpus) -> None:
    """Look at it, go back, go on."""
    engine = at(bundle.checkpoint.config, corpus, bundle.checkpoint)
    open_bundle(engine, bundle)
    timeline = engine.run.timeline
    engine.look(View(prefix="hel", inside=(GradientsView(),)))
    timeline.set_out(timeline.start + 3)
    timeline.travel(COST)
    timeline.heading = None
    engine.run.go_on()
    engine.run.advance(3)
    engine.look(View())


def test_cut_and_flipped(good: Path, tmp_path: Path) -> None:
    data, rng, path = good.read_bytes(), np.random.default_rng(4), tmp_path / "x.bundle"
    for _ in range(60):
        path.write_bytes(data[: rng.integers(len(data))])
        refusal(path)
        spoilt = bytearray(data)
        spoilt[rng.integers(len(data))] ^= 1 << rng.integers(8)
        path.write_bytes(spoilt)
        refusal(path)


def test_one_kind_is_not_the_other(good: Path, tmp_path: Path, hello: Corpus) -> None:
    engine = at(HELLO, hello)
    train(engine, 3)
    save(tmp_path / "c.safetensors", engine.trainer)
    assert "a checkpoint: rnn-tui --resume FILE opens it" in refusal(tmp_path / "c.safetensors")
    with pytest.raises(InputError, match="a bundle: rnn-tui --bundle FILE opens it"):
        load(good)
    with pytest.raises(InputError, match="a bundle already"):
        read_weights(good)
    for odd in (tmp_path, tmp_path / "nothing", Path(__file__)):
        refusal(odd)


def test_what_might_never_end(good: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.bundle")
    for odd in (tmp_path / "pipe.bundle", Path("/dev/zero")):
        assert "is a pipe or a device" in refusal(odd)
    large = tmp_path / "large.bundle"
    large.write_bytes(good.read_bytes())
    os.truncate(large, BUNDLE.largest + 1)
    assert refusal(large).endswith("1,074 MB are too many for a bundle (at most 1,074)")


def test_a_file_too_large_is_not_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hello: Corpus
) -> None:
    there = written(tmp_path / "a.bundle", at(HELLO, hello)).read_bytes()
    monkeypatch.setattr(file, "BUNDLE", replace(BUNDLE, largest=len(there) - 1))
    with pytest.raises(InputError, match="too many for a bundle"):
        written(tmp_path / "a.bundle", at(HELLO, hello))
    assert [one.name for one in tmp_path.iterdir()] == ["a.bundle"]
    assert (tmp_path / "a.bundle").read_bytes() == there


def test_a_text_too_long_is_no_bundle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prose: Corpus
) -> None:
    monkeypatch.setattr(text, "MOST", 1000)
    with pytest.raises(InputError, match="9,230 symbols are too many"):
        written(tmp_path / "a.bundle", at(HELLO, prose))
    assert not [*tmp_path.iterdir()]
