"""How much of a text is read before it is refused."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.text import corpus, reading
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes, corpus_from_stream, read_corpus
from rnn_tui.text.decoding import STANDARD_INPUT
from rnn_tui.text.encoding_scores import Bytes

Taken = tuple[str, int]


@pytest.fixture
def endless() -> Iterator[Callable[[bytes, TextOptions], Taken]]:
    """A reader of a pipe that never ends: what it says, and how many bytes it took."""
    threads = []

    def read(part: bytes, options: TextOptions) -> Taken:
        theirs, ours = os.pipe()
        written = []

        def write() -> None:
            try:
                while True:
                    written.append(os.write(ours, part))
            except BrokenPipeError:
                os.close(ours)

        threads.append(threading.Thread(target=write))
        threads[-1].start()
        with os.fdopen(theirs, "rb") as stream, pytest.raises(InputError) as caught:
            corpus_from_stream(stream, STANDARD_INPUT, options)
        threads[-1].join(60)
        return str(caught.value), sum(written)

    yield read
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (bytes(4_096), "looks binary"),
        (bytes(range(256)) * 16, "looks binary"),
        (b"\x1f\x8b\x08" + b"text" * 999, "is compressed with gzip"),
        (b"%PDF-1.7\n" + b"text" * 999, "is a PDF document"),
    ],
)
def test_of_what_is_no_text_only_the_head_is_read(
    endless: Callable[[bytes, TextOptions], Taken], part: bytes, said: str
) -> None:
    message, taken = endless(part, TextOptions())
    assert said in message
    assert taken < 1_000_000  # the head, and what a pipe and a buffer hold


@pytest.mark.parametrize(
    ("part", "options"),
    [
        (b"y\n" * 999, TextOptions()),
        ("끝이 없다.\n".encode() * 99, TextOptions()),
        (bytes(4_096), TextOptions(units="byte")),
    ],
)
def test_what_does_not_end_is_read_up_to_a_bound(
    endless: Callable[[bytes, TextOptions], Taken],
    part: bytes,
    options: TextOptions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MOST", 3_000_000)
    message, taken = endless(part, options)
    assert message == (
        "standard input: does not end within 3 MB; train on a part of it:"
        " ... | head -c 100000000 | rnn-tui -"
    )
    assert 3_000_000 < taken < 6_000_000


def test_the_bound_is_a_share_of_what_the_machine_and_the_process_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "machine_memory", lambda: 900_000_000)
    monkeypatch.setattr(reading, "addresses", lambda: None)
    assert (reading.bound(reading.PLAIN), reading.bound(reading.DECODED)) == (450e6, 100e6)
    monkeypatch.setattr(reading, "addresses", lambda: 180_000_000)
    assert (reading.bound(reading.PLAIN), reading.bound(reading.DECODED)) == (90e6, 20e6)
    monkeypatch.setattr(reading, "machine_memory", lambda: None)
    monkeypatch.setattr(reading, "addresses", lambda: None)
    assert reading.bound(reading.DECODED) == 2e9


def test_what_has_to_be_decoded_may_be_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "machine_memory", lambda: 9_000)
    monkeypatch.setattr(reading, "addresses", lambda: None)
    assert len(corpus_from_bytes(b"plain\n" * 500, "x").ids) == 3_000
    for text in ("글\n" * 500, "a\r\n" * 500):
        with pytest.raises(InputError, match="are too much to decode, on this machine"):
            corpus_from_bytes(text.encode(), "x")


def test_a_file_too_long_is_not_opened_up_and_a_part_of_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST", 1_000)
    path = tmp_path / "-a text"
    path.write_bytes(b"ab\n" * 400)
    with pytest.raises(InputError) as caught:
        read_corpus(path)
    assert str(caught.value).endswith(f"head -c 100000000 '{tmp_path}/-a text' | rnn-tui -")
    with path.open("rb") as rest:
        os.lseek(rest.fileno(), 300, os.SEEK_SET)  # { read -n 300; rnn-tui -; } < text
        assert len(corpus_from_stream(rest, "x").ids) == 900


@pytest.mark.parametrize("where", ["decode", "index_bytes"])
def test_memory_that_runs_out_is_said_of_the_text(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(corpus, where, full)
    with pytest.raises(InputError, match=r"^x: does not fit into memory.* head -c 100000000"):
        corpus_from_bytes({"decode": "글\n글\n".encode(), "index_bytes": b"ab\ncd\n"}[where], "x")


def test_the_judge_sees_no_more_than_the_head(tmp_path: Path) -> None:
    path, seen = tmp_path / "text", []

    def judge(head: Bytes) -> None:
        seen.append(bytes(head))

    data = os.urandom(200_003)
    path.write_bytes(data)
    with path.open("rb") as file:
        assert reading.read_bounded(file, "x", judge) == data
    assert seen == [data[: 1 << 16]]


def test_a_name_that_is_empty_is_not_that_of_a_folder() -> None:
    with pytest.raises(InputError, match="name is empty"):
        read_corpus("")
