"""However large a browser says it is, the screen paints what a person can look at."""

import io
import json
import os
import re
import subprocess
import sys
import threading

import pytest

pytest.importorskip("textual_serve", reason="the extra web is not installed")

from rnn_tui.tui.web_driver import MOST_COLUMNS, MOST_ROWS, bounded
from rnn_tui.web.program import DRIVER

APP = """
from textual import events
from textual.app import App
class Sizes(App):
    def on_resize(self, event: events.Resize) -> None:
        self._driver.write_meta({"type": "size", "size": list(event.size)})
        if event.size == (33, 11):
            self.exit()
Sizes().run()
"""
LAST = {"type": "resize", "width": 33, "height": 11}


def packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def resized(width: object, height: object) -> bytes:
    said = {"type": "resize", "width": width, "height": height}
    return packet(b"M", json.dumps(said).encode())


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (("99999", "99999"), b""),
        (("80", "24"), resized(99999, 99999)),
        (("80", "24"), packet(b"D", b"\x1b[48;99999;99999;0;0t")),  # a terminal's own report
        (("80", "24"), resized(10**30, 99999)),
    ],
)
def test_sizes_are_bounded(start: tuple[str, str], said: bytes) -> None:
    environment = os.environ | {
        "TEXTUAL_DRIVER": DRIVER, "COLUMNS": start[0], "ROWS": start[1]
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", APP],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stdin
    assert isinstance(process.stdout, io.BufferedReader)
    impatience = threading.Timer(60, process.kill)
    impatience.start()
    painted = b""
    process.stdin.write(said)
    process.stdin.flush()
    while f"[{MOST_COLUMNS}, {MOST_ROWS}]".encode() not in painted:
        more = process.stdout.read1()
        assert more, painted
        painted += more
    process.stdin.write(packet(b"M", json.dumps(LAST).encode()))
    process.stdin.flush()
    painted += process.stdout.read()
    process.communicate()  # not before: the program ends when its input does
    impatience.cancel()
    sizes = [(int(w), int(h)) for w, h in re.findall(rb'"size": \[(\d+), (\d+)\]', painted)]
    assert sizes[-1] == (33, 11)
    assert all(width <= MOST_COLUMNS and height <= MOST_ROWS for width, height in sizes)


def test_bounds() -> None:
    assert bounded(-5, 0) == (1, 1)
    assert bounded(120, 40) == (120, 40)
    assert bounded(401, 121) == (400, 120)
