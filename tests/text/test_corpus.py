import hashlib
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import AS_THEY_ARE, Corpus, TextOptions, corpus_from_bytes, read_corpus

MARK = "The byte order mark at the start was dropped."
DROPPED = "The final newline was dropped: a one-line text ends with its last character."
LINE = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")
BYTES = TextOptions(units="byte")


def text_of(corpus: Corpus) -> str:
    return corpus.vocab.decode(corpus.ids)


def test_hello(tmp_path: Path) -> None:
    path = tmp_path / "hello.txt"
    path.write_bytes(b"hello\n")
    corpus = read_corpus(path)
    assert corpus.name == "hello.txt"
    assert corpus.ids.tolist() == [0, 1, 2, 2, 3]
    assert corpus.ids.dtype == np.uint8
    assert corpus.notes == (DROPPED,)
    assert corpus.sha256 == hashlib.sha256(b"hello\n").hexdigest()
    with pytest.raises(ValueError, match="read-only"):
        corpus.ids[0] = 1


@pytest.mark.parametrize(
    ("data", "text", "notes"),
    [
        (b"ab\ncd\n", "ab\ncd\n", ()),
        (b"ab", "ab", ()),
        (b"ab\n\n", "ab\n\n", ()),
        (b"\nab", "\nab", ()),
        (b"ab\r\ncd\ref\n", "ab\ncd\nef\n", ("Carriage returns became plain newlines.",)),
        (b"ab\r\n", "ab", ("Carriage returns became plain newlines.", DROPPED)),
        (b"\xef\xbb\xbfab\n\xef\xbb\xbf\n", "ab\n\ufeff\n", (MARK,)),
    ],
)  # fmt: skip
def test_what_is_mended_is_said(data: bytes, text: str, notes: tuple[str, ...]) -> None:
    corpus = corpus_from_bytes(data, "x")
    assert (text_of(corpus), corpus.notes) == (text, notes)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"ab\n", b"ab"),
        (b"ab\r\n", b"ab"),
        (b"a\rb\r\n", b"a\rb\r\n"),
        (b"\xef\xbb\xbfa\n\n", b"\xef\xbb\xbfa\n\n"),
        (b"\x00\xff\x00\xff", b"\x00\xff\x00\xff"),
    ],
)
def test_byte_units_take_the_bytes_as_they_are(data: bytes, kept: bytes) -> None:
    corpus = corpus_from_bytes(data, "x", BYTES)
    assert bytes(ord(corpus.vocab.symbols[i]) for i in corpus.ids) == kept
    assert corpus.notes == ((DROPPED,) if kept != data else ())


@given(st.lists(st.text(LINE), min_size=3))
def test_a_text_of_several_lines_comes_back_as_it_was(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert text_of(corpus_from_bytes(text.encode(), "x")) == text


def test_normalization_is_said_and_kept_for_prefixes() -> None:
    corpus = corpus_from_bytes("각\né\n".encode(), "x", TextOptions(normalize="NFD"))
    assert text_of(corpus) == "\u1100\u1161\u11a8\ne\u0301\n"
    assert corpus.notes == ("NFD turned 4 characters into 7.",)
    assert corpus.vocab.unknown("각") == ()
    assert corpus_from_bytes(b"ab\ncd\n", "x", TextOptions(normalize="NFC")).notes == ()


@pytest.mark.parametrize("encoding", ["cp949", "shift_jis", "utf-16", "utf-32-be", "latin-1"])
def test_a_named_encoding_is_used(encoding: str) -> None:
    text = {"latin-1": "Voilà\noù\n", "shift_jis": "こんにちは\nはい\n"}.get(
        encoding, "안녕\n하세요\n"
    )
    corpus = corpus_from_bytes(text.encode(encoding), "x", TextOptions(encoding=encoding))
    assert text_of(corpus) == text


def test_a_long_text_stays_small() -> None:
    """Five million characters: the ids take one byte each, and no symbol is lost."""
    corpus = corpus_from_bytes("아버지가 방에 들어가신다.\n".encode() * 350_000, "x")
    assert (corpus.ids.nbytes, len(corpus.vocab)) == (350_000 * 15, 13)


def test_that_bytes_have_no_encoding_is_said() -> None:
    options = TextOptions(units="byte", encoding="cp949")
    assert corpus_from_bytes(b"ab\xb0\xa1", "x", options).notes == (AS_THEY_ARE,)
    assert corpus_from_bytes(b"ab\xb0\xa1", "x", BYTES).notes == ()


def refusal(data: bytes, options: TextOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        corpus_from_bytes(data, "a\x1b.txt", options)
    message = str(caught.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; a text needs at least 2 characters"),
        (b"a", "has only one character; a text needs at least 2 characters"),
        ("한\n".encode(), "has only one character; a text needs at least 2 characters"),
        (b"\n", "has no character; a text needs at least 2 characters"),
        (b"ab\xe9c d e f g\n", "is not UTF-8: byte 0xe9 at offset 2; likely cp1252 [abéc d e f g]"),
        ("안녕".encode()[:-1], "ends within a character: byte 0xeb at offset 3; networks of bytes"),
        (bytes(range(256)), "looks binary; networks of bytes (--units byte) read anything"),
        (b"\0" * 50, "looks binary; networks of bytes "),
        ("가\nab\n".encode("utf-16"), "is not UTF-8: byte 0xff at offset 0; likely utf-16 [가]: "),
        ("hello\n".encode("utf-16-le"), "looks binary; likely utf-16-le [hello]: add --enc"),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 20_001))).encode(), "has 20,001 different"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_on_is_refused_in_one_line(data: bytes, message: str) -> None:
    assert refusal(data).startswith(f"a␛.txt: {message}")


def test_other_encodings_have_their_own_refusals() -> None:
    assert refusal(b"ab", TextOptions(encoding="klingon\n")).startswith(
        "unknown encoding 'klingon↵'"
    )
    assert refusal(b"ab", TextOptions(encoding="hex")).startswith("unknown encoding")
    assert refusal(b"ab", TextOptions(encoding="a\0b")).startswith("unknown encoding")
    assert "is not ASCII: byte 0xc3 at offset 1" in refusal(
        b"a\xc3\xa9", TextOptions(encoding="ascii")
    )
    assert "U+D800, half a character" in refusal(b"a+2AA-", TextOptions(encoding="utf-7"))


def test_one_byte_is_no_text_either() -> None:
    assert "only one character" in refusal(b"a\n", BYTES)


def unreadable(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_corpus(path)
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert unreadable(tmp_path / "no\x1bne") == f"{tmp_path}/no␛ne: there is no such file"
    assert "is a directory" in unreadable(tmp_path)
    assert unreadable(Path("/dev/zero")).endswith("head -c 1000000 /dev/zero | rnn-tui -")
    assert "cannot be read: embedded null" in unreadable(tmp_path / "a\0b")
    assert "cannot be read: File name too long" in unreadable(tmp_path / ("x" * 5_000))
    (tmp_path / "f").write_bytes(b"\xff")
    assert unreadable(tmp_path / "f").startswith(f"{tmp_path}/f: is not UTF-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
    assert "may not be read" in unreadable(tmp_path / "f")


def test_a_pipe_without_a_writer_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe or a device" in unreadable(tmp_path / "pipe")


def test_a_file_beyond_memory_is_refused_before_reading(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as file:
        file.truncate(5_000_000_000)  # sparse: takes no room
    said = unreadable(tmp_path / "big")
    assert "5.0 GB are too much (at most " in said
    assert said.endswith(f"head -c 100000000 {tmp_path}/big | rnn-tui -")


def test_a_codec_with_opinions_keeps_them_to_itself() -> None:
    corpus = corpus_from_bytes(rb"a\qb\n", "x", TextOptions(encoding="unicode_escape"))
    assert text_of(corpus) == "a\\qb"


@given(st.binary(min_size=2).map(lambda data: bytes(byte & 0x7F for byte in data)))
def test_plain_bytes_are_read_as_the_text_they_are(data: bytes) -> None:
    """The short way for ASCII gives what the long way, through a string, gives."""
    read = []
    for encoding in ("utf-8", "latin-1"):
        try:
            corpus = corpus_from_bytes(bytearray(data), "x", TextOptions(encoding=encoding))
            read.append((corpus.ids.tolist(), corpus.vocab.symbols, corpus.notes, corpus.sha256))
        except InputError as error:
            read.append(str(error))  # type: ignore[arg-type]
    assert read[0] == read[1]


def test_a_plain_text_takes_its_own_size_and_little_more(tmp_path: Path) -> None:
    path, size = tmp_path / "large.txt", 9_000_000
    path.write_bytes(b"All work\nand no play. " * (size // 22))
    tracemalloc.start()
    try:
        corpus = read_corpus(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert corpus.ids.nbytes <= size
    assert peak < 1.5 * size


def test_a_file_that_does_not_say_how_long_it_is() -> None:
    path = Path("/proc/self/environ")
    if not path.exists():
        pytest.skip("there is no /proc here")
    corpus = read_corpus(path, BYTES)
    assert len(corpus.ids) == len(path.read_bytes())
