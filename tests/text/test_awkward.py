"""Every awkward file is trained on or refused in one line that says how it can be read."""

import re
import unicodedata
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes
from shake.awkward import Awkward, half_characters, not_texts, texts

FILES = list(texts())
FOREIGN = [file for file in FILES if file.encoding != "utf-8"]
BINARIES = dict(not_texts())
HALVES = list(half_characters())


def name(file: Awkward) -> str:
    return file.name


def train(path: Path, *options: str) -> int:
    return main(["train", str(path), "--updates", "2", "--hidden-size", "5", *options])


def mended(text: str) -> str:
    """The text as an editor with Unix line ends would have saved it."""
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    return lines[0] if len(lines) == 2 and not lines[1] else "\n".join(lines)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_it_is_trained_on_in_its_encoding(
    file: Awkward, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.data)
    assert train(path, "--encoding", file.encoding) == 0
    assert capsys.readouterr().out.startswith("2 updates are done: update 2 · loss ")
    for units in ("char", "jamo"):
        options = TextOptions(encoding=file.encoding, units=units)  # type: ignore[arg-type]
        corpus = corpus_from_bytes(file.data, file.name, options)
        assert corpus.vocab.decode(corpus.ids) == mended(file.said)


@pytest.mark.parametrize("file", FOREIGN, ids=name)
def test_without_its_encoding_it_is_refused_and_the_option_that_is_named_reads_it(
    file: Awkward, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"a {file.name}"
    path.write_bytes(file.data)
    if train(path) == 0:
        assert file.data.isascii(), "only an encoding that looks like ASCII can be taken for UTF-8"
        return
    said = capsys.readouterr().err
    assert re.fullmatch(r"rnn-tui: .*\n", said)
    assert str(path) in said
    assert "looks binary" in said or f"byte 0x{file.data[(at := first_bad(file.data))]:02x}" in said
    assert "looks binary" in said or f"offset {at:,};" in said
    option = re.findall(r"--(?:encoding|errors|units) [\w-]+", said)[0]
    assert train(path, *option.split()) == 0


def first_bad(data: bytes) -> int:
    """The offset of the first byte that belongs to no UTF-8 character."""
    return len(data.decode("utf-8", "replace").partition("\ufffd")[0].encode())


@pytest.mark.parametrize("kind", BINARIES)
def test_what_is_no_text_is_refused_and_read_as_bytes(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / kind
    path.write_bytes(BINARIES[kind])
    assert train(path) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(r"rnn-tui: .*(looks binary|at offset [\d,]+); .*\n", said)
    assert train(path, "--units", "byte") == 0


@pytest.mark.parametrize("file", HALVES, ids=name)
def test_half_a_character_is_refused_whatever_the_encoding(file: Awkward) -> None:
    with pytest.raises(InputError, match=r"lone surrogate|not UTF-16"):
        corpus_from_bytes(file.data, "x", TextOptions(encoding=file.encoding))


def test_the_awkward_are_awkward() -> None:
    everything = "".join(file.said for file in FILES)
    assert {ord(c) >> 16 for c in everything} == set(range(17)), "every plane"
    categories = {unicodedata.category(c) for c in everything}
    assert categories >= {"Cc", "Cf", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
    assert {c for c in everything if unicodedata.bidirectional(c) in ("RLO", "LRI", "R", "AL")}
