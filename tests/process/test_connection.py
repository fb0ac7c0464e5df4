from multiprocessing import Pipe

import pytest

from rnn_tui.process.connection import Ear


def test_hears_what_is_said_and_nothing_before() -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        ear = Ear(ours)
        assert not ear.poll(0.0)
        theirs.send("word")
        assert ear.poll(None)
        assert ear.poll(0.0)
        assert ear.recv() == "word"
        assert not ear.poll(0.001)
        ear.send("answer")
        assert theirs.recv() == "answer"


def test_the_end_is_heard_too() -> None:
    ours, theirs = Pipe()
    with ours:
        ear = Ear(ours)
        theirs.close()
        assert ear.poll(0.0)
        with pytest.raises(EOFError):
            ear.recv()
