"""`--resume FILE OTHER.txt`: another run, which leaves the file of the first alone."""

from pathlib import Path

import pytest

from rnn_tui.cli import main, parse
from rnn_tui.commands.options.order import prepare
from rnn_tui.commands.screen import session_for
from rnn_tui.errors import InputError
from rnn_tui.training.checkpoint.file import load

TIDE, FOX = "the tide came in, the tide went out. " * 9, "1 fox, 2 féxes; 3 oxen! " * 9
NETWORK = ["--cell", "gru", "--hidden-size", "6", "--seq-length", "9", "--batch-size", "2"]


@pytest.fixture
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run of eight updates on the tide."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path("tide.txt").write_text(TIDE)
    Path("fox.txt").write_text(FOX)
    words = ["train", "tide.txt", *NETWORK, "--updates", "8", "--checkpoint", "net.st"]
    assert main(words) == 0
    return "net.st"


def test_the_first_file_is_only_replaced_where_it_is_named(
    net: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(net).read_bytes()
    there = sorted(path.name for path in Path().iterdir())
    assert main(["train", "--resume", net, "fox.txt", "--updates", "5"]) == 0
    assert "5 updates were not saved: --checkpoint FILE saves" in capsys.readouterr().err
    assert Path(net).read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == there
    words = ["train", "--resume", net, "fox.txt", "--updates", "5", "--checkpoint"]
    assert main([*words, "fox.st"]) == 0
    assert Path(net).read_bytes() == before
    fox = load("fox.st")
    assert (fox.update, fox.corpus_name) == (5, "fox.txt")
    assert fox.vocab.symbols[: len(set(TIDE))] == load(net).vocab.symbols
    assert [mark["label"] if isinstance(mark, dict) else mark[1]
            for mark in fox.numbers["history"]["marks"]] == ["text tide.txt→fox.txt"]  # fmt: skip
    assert main([*words, net]) == 0
    assert load(net).corpus_name == "fox.txt"


def test_the_other_run_goes_on_as_any(net: str) -> None:
    words = ["train", "--resume", net, "fox.txt", "--checkpoint"]
    assert main([*words, "fox.st", "--updates", "5"]) == 0
    assert main(["train", "--resume", "fox.st", "--updates", "20"]) == 0
    assert main([*words, "whole.st", "--updates", "20"]) == 0
    assert load("fox.st").model().flat.tobytes() == load("whole.st").model().flat.tobytes()
    assert main(["eval", "fox.st", "fox.txt"]) == 0
    assert main(["inspect", "fox.st", "--memorized", "fox.txt"]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--checkpoint-every", "2"], "--checkpoint-every needs --checkpoint FILE: on another"),
        (["--keep", "best", "--val-fraction", "0.2"], "--keep best needs --checkpoint FILE: on"),
        (["--units", "byte"], "--units, --encoding, --normalize and --errors cannot be changed"),
        (["--hidden-size", "7"], "--hidden-size cannot be changed on the way"),
    ],
)
def test_what_cannot_be_is_one_line(
    net: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--resume", net, "fox.txt", *words]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"rnn-tui: {said}")


def test_another_encoding_is_the_other_texts_own(net: str) -> None:
    Path("latin.txt").write_bytes(FOX.encode("latin-1"))
    order = prepare(parse(["train", "--resume", net, "latin.txt", "--encoding", "latin-1"])[1])
    assert order.corpus.vocab.decode(order.corpus.ids) == FOX
    assert order.checkpoint
    assert order.checkpoint.options.encoding == "latin-1"
    with pytest.raises(InputError, match="cannot be changed on the way"):
        prepare(parse(["train", "--resume", net, "tide.txt", "--encoding", "latin-1"])[1])


def test_a_text_that_has_changed_is_refused_named_or_not(
    net: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("tide.txt").write_text(TIDE + "And again. " * 9)
    assert main(["train", "--resume", net, "--updates", "9"]) == 2
    assert "give the same file, unchanged" in capsys.readouterr().err
    assert main(["train", "--resume", net, "tide.txt", "--updates", "9"]) == 2
    assert "copy it to a file of another name" in capsys.readouterr().err


def test_the_screen_has_the_same_run(net: str) -> None:
    options = parse(["--resume", net, "fox.txt", "--batch-size", "50", "--no-autosave"])[1]
    order = prepare(options)
    assert order.on_other_text
    assert not order.changed
    assert order.config.batch_size == 23
    session_for(options, order, lambda message: None)
