from multiprocessing import Pipe

import pytest

from rnn_tui.process.connection import WorkerPipe


def test_hears_what_is_said_and_nothing_before() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        worker_pipe = WorkerPipe(ours)
        assert not worker_pipe.poll(0.0)
        theirs.send("word")
        assert worker_pipe.poll(None)
        assert worker_pipe.poll(0.0)
        assert worker_pipe.recv() == "word"
        assert not worker_pipe.poll(0.001)
        worker_pipe.send("answer")
        assert theirs.recv() == "answer"


def test_the_end_is_heard_too() -> None:
    ours, theirs = Pipe()
    with ours:
        worker_pipe = WorkerPipe(ours)
        theirs.close()
        assert worker_pipe.poll(0.0)
        with pytest.raises(EOFError):
            worker_pipe.recv()
