"""However large a browser says it is, the screen paints what a person can look at."""

import io
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

pytest.importorskip("textual_serve", reason="the extra web is not installed")

from rnn_tui.tui.terminal.web_driver import MOST_COLUMNS, MOST_ROWS, bounded
from rnn_tui.web.program import DRIVER

APP = """
from textual import events
from textual.app import App
class Sizes(App):
    def on_resize(self, event: events.Resize) -> None:
        self._driver.write_meta({"type": "size", "size": list(event.size)})
    def on_key(self) -> None:
        self.exit()
"""
SLOW = """
import threading
from rnn_tui.tui.terminal.web_driver import BoundedWebDriver
class Slow(BoundedWebDriver):
    def start_application_mode(self):
        super().start_application_mode()
        while self._size != (33, 11):
            threading.Event().wait(0.001)
Sizes(driver_class=Slow).run()
"""


def packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def resized(width: object, height: object) -> bytes:
    said = {"type": "resize", "width": width, "height": height}
    return packet(b"M", json.dumps(said).encode())


@contextmanager
def program(code: str, start: tuple[str, str]) -> Iterator[tuple[IO[bytes], io.BufferedReader]]:
    """Run a program in a browser's place; it ends when its input does, or by itself."""
    environment = os.environ | {
        "TEXTUAL_DRIVER": DRIVER, "COLUMNS": start[0], "ROWS": start[1]
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stdin
    assert isinstance(process.stdout, io.BufferedReader)
    impatience = threading.Timer(60, process.kill)
    impatience.start()
    yield process.stdin, process.stdout
    process.communicate()
    impatience.cancel()


def sizes(painted: bytes) -> list[tuple[int, int]]:
    found = re.findall(rb'"size": \[(\d+), (\d+)\]', painted)
    return [(int(width), int(height)) for width, height in found]


TOO_LARGE = [
    resized(99999, 99999),
    packet(b"D", b"\x1b[48;99999;99999;0;0t"),  # a terminal's own report
    resized(10**30, 99999),
]


def test_sizes_are_bounded() -> None:
    """From the start on, and whoever says them."""
    with program(APP + "Sizes().run()", ("99999", "99999")) as (keys, painted):
        seen = read_until(painted, (MOST_COLUMNS, MOST_ROWS))
        for said in TOO_LARGE:
            for told, size in ((resized(33, 11), (33, 11)), (said, (MOST_COLUMNS, MOST_ROWS))):
                keys.write(told)
                keys.flush()
                seen += read_until(painted, size)
        keys.write(resized(33, 11) + packet(b"D", b"q"))
        keys.flush()
        seen += painted.read()
    assert sizes(seen)[-1] == (33, 11)
    assert all(width <= MOST_COLUMNS and height <= MOST_ROWS for width, height in sizes(seen))


def read_until(painted: io.BufferedReader, size: tuple[int, int]) -> bytes:
    seen = b""
    while size not in sizes(seen):
        more = painted.read1()
        assert more, seen
        seen += more
    return seen


def test_a_size_that_comes_while_the_program_begins_is_not_lost() -> None:
    with program(APP + SLOW, ("80", "24")) as (keys, painted):
        keys.write(resized(33, 11) + packet(b"D", b"q"))
        keys.flush()
        assert sizes(painted.read())[-1] == (33, 11)


def test_bounds() -> None:
    assert bounded(-5, 0) == (1, 1)
    assert bounded(120, 40) == (120, 40)
    assert bounded(401, 121) == (400, 120)
