import multiprocessing
import threading

import numpy as np
import pytest

from rnn_tui.process.transfer import PIECE, receive_object, send_object


def test_what_is_sent_arrives_with_its_arrays() -> None:
    ids = np.arange(3 * PIECE + 7, dtype=np.uint8)
    ids.setflags(write=False)
    content = {
        "ids": ids,
        "none": np.empty((0, 4), np.float32),
        "every other": np.arange(20)[::2],
        "columns first": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "words": ("a", 1, None),
    }
    here, there = multiprocessing.Pipe()
    sender = threading.Thread(target=send_object, args=(here, content))
    sender.start()
    received = receive_object(there)
    sender.join(10.0)
    assert received["words"] == content["words"]
    for name in set(content) - {"words"}:
        assert np.array_equal(received[name], content[name])
        assert received[name].dtype == content[name].dtype  # type: ignore[attr-defined]


def test_no_piece_is_as_large_as_the_array(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []

    class Pipe:
        send = staticmethod(lambda head: sent.append(len(head[0])))
        send_bytes = staticmethod(lambda piece: sent.append(len(piece)))

    send_object(Pipe(), np.zeros(5 * PIECE // 2, np.uint8))  # type: ignore[arg-type]
    assert sent[1:] == [PIECE, PIECE, PIECE // 2]
    assert sent[0] < 1000


def test_an_end_in_the_middle_is_noticed() -> None:
    here, there = multiprocessing.Pipe()
    here.send((b"", [10]))
    here.close()
    with pytest.raises(EOFError):
        receive_object(there)
