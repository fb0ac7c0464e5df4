"""A file's name that is empty, as that of a shell variable that is not set."""

import pytest

from rnn_tui.cli import main


@pytest.mark.parametrize(
    "words",
    [
        [""],
        ["train", ""],
        ["serve", ""],
        ["gradcheck", ""],
        ["eval", "net.safetensors", ""],
        ["eval", "", "hello"],
        ["sample", ""],
        ["predict", "", "hel"],
        ["replay", ""],
        ["export", "net.safetensors", ""],
        ["train", "hello", "--checkpoint", ""],
        ["train", "hello", "--log="],
        ["train", "hello", "--resume", ""],
        ["train", "hello", "--config", ""],
    ],
)
def test_it_is_refused_and_not_taken_for_the_folder(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    out, err = capsys.readouterr()
    assert (left.value.code, out, len(err.splitlines())) == (2, "", 1)
    assert "the file's name is empty" in err
