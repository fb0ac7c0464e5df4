"""What reaches a real terminal, and its clipboard, when a key copies."""

import base64
import re
import sys
from pathlib import Path

import pytest

from rnn_tui.text.pasteable import pasteable
from tests.e2e.terminal import Terminal, wait_for

SEQUENCE = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


@pytest.mark.parametrize(
    "text",
    ["hello", "👍🏽 ok ❤️ 나〮랏 \u200f\u2028a\x1b[31mred\tx"],
    ids=["letters", "stand-ins and controls"],
)
def test_the_terminal_gets_the_sample_in_base64_and_tmux_keeps_it(
    terminal: Terminal, tmp_path: Path, text: str
) -> None:
    corpus, log = tmp_path / "text.txt", tmp_path / "bytes"
    corpus.write_bytes(text.encode())
    terminal.setting("set-clipboard", "on")
    run = [sys.executable, "-m", "rnn_tui", str(corpus), "--paused"]
    terminal.start([*run, "--temperature", "0", "--normalize", "none"])
    terminal.wait_for(r"│ +0  0 ")  # the first sample, of update 0
    with terminal.recorded(log):
        terminal.press("y")
        said = terminal.wait_for(r"Copied the sample, ([\d,]+) characters\.")
        wait_for(lambda: SEQUENCE.search(log.read_bytes()) is not None, "sequence in the output")
    (sent,) = SEQUENCE.findall(log.read_bytes())
    copied = base64.b64decode(sent, validate=True).decode()
    assert len(copied) == int(said[1].replace(",", ""))
    assert set(copied) <= set(pasteable(text))
    assert terminal.clipboard == copied
    assert text != "hello" or copied[:20] in terminal.text
    terminal.press("q")
    assert terminal.exit_code() == 0
