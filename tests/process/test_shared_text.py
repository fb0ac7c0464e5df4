import multiprocessing
import os
import pickle
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.process import shared_text
from rnn_tui.process.shared_text import SharedArray, share
from rnn_tui.process.transfer import receive_object, send_object
from rnn_tui.text.corpus import Corpus, corpus_from_bytes

pytestmark = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="only Linux has memory without a name"
)


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A text that is long enough to be shared."""
    monkeypatch.setattr(shared_text, "LONG", 1000)
    return corpus_from_bytes(b"abcab" * 300, "text")


def report(pipe: Connection) -> None:
    """In another process: say what the text is, and how much of its memory is shared."""
    corpus = receive_object(pipe)
    pipe.send((corpus.ids.tolist(), type(corpus.ids), corpus.ids.flags.writeable))
    receive_object(pipe)
    pipe.send(int(corpus.ids.sum()))


def test_another_process_has_the_same_text(text: Corpus) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=report, args=(theirs,))
    process.start()
    given = share(text)
    assert isinstance(given.ids, SharedArray)
    send_object(ours, given)
    ids, kind, writable = ours.recv()
    assert ids == text.ids.tolist()
    assert (kind, writable) == (np.ndarray, False)
    expected = int(given.ids.sum())
    del given  # the screen's process may forget it
    send_object(ours, "go on")
    assert ours.recv() == expected
    process.join()
    ours.close()


def test_it_is_handed_over_as_often_as_asked(text: Corpus) -> None:
    given = share(text)
    for _ in range(2):
        message = pickle.dumps(given)
        assert len(message) < text.ids.nbytes
        assert np.array_equal(pickle.loads(message).ids, text.ids)


def test_a_part_is_pickled_like_any_array(text: Corpus) -> None:
    part: Any = share(text).ids[3:11]
    assert np.array_equal(pickle.loads(pickle.dumps(part)), text.ids[3:11])


def test_short_texts_and_full_memory_change_nothing(
    text: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = corpus_from_bytes(b"hello", "hello")
    assert share(short) is short

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "truncate", full)
    assert share(text) is text


def test_no_file_is_left_open(text: Corpus) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        share(text)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


def test_without_a_thread_to_hand_it_over_a_copy_is_sent(
    text: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise RuntimeError("can't start new thread")

    given = share(text)
    monkeypatch.setattr(shared_text, "DupFd", refuse)
    copy = pickle.loads(pickle.dumps(given)).ids
    assert type(copy) is np.ndarray
    assert np.array_equal(copy, text.ids)
    monkeypatch.undo()  # the one who hands over is not asked again: it would take itself for there
    assert type(pickle.loads(pickle.dumps(given)).ids) is np.ndarray
