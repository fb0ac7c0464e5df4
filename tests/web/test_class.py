"""A class at a real server: programs that are forked share what they import, and nothing else."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")

from rnn_tui.web.program import Program  # noqa: E402
from tests.web.test_serve import HELLO, Viewer, served, words  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")
PATIENCE = 60.0


@contextmanager
def server(*words: str) -> Iterator[tuple[int, int, str]]:
    """`rnn-tui serve`: its process, its port, and what it said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rnn_tui", "serve", HELLO, "--port", str(port), *words]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = ""
        while "Ctrl+C" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process.pid, port, said
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = [pid]
    for one in found:
        # Each look at /proc may come after the end of what it looks at.
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                with suppress(OSError):
                    found += map(int, (task / "children").read_text().split())
    return found[1:]


@asynccontextmanager
async def seated(port: int, count: int) -> AsyncIterator[list[Viewer]]:
    async with aiohttp.ClientSession() as client:
        url = f"ws://127.0.0.1:{port}/ws?width=120&height=40"
        viewers = [Viewer(await client.ws_connect(url)) for _ in range(count)]
        for viewer in viewers:
            await viewer.until(lambda seen: "running" in seen and "smoothed" in seen)
        yield viewers


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0)


def room_of(pid: int) -> int:
    """Bytes of data that a process may take."""
    found = re.search(r"Max data size +(\d+)", Path(f"/proc/{pid}/limits").read_text())
    assert found, "there is no limit"
    return int(found[1])


async def test_forked_viewers_have_their_own_runs_and_leave_nothing() -> None:
    with server("--viewers", "3") as (pid, port, _):
        empty = set(below(pid))
        async with seated(port, 2) as (first, second):
            programs = set(below(pid)) - empty
            assert len(programs) == 4, "each has a screen and a worker"
            assert all(room_of(one) < 1 << 30 for one in programs)
            await first.type(" ")
            await first.until(lambda seen: "Paused after update" in seen)
            assert "Paused" not in second.seen
            await first.type("q")
            await first.reading
            await until(lambda: len(set(below(pid)) - empty) == 2)
            screen = next(one for one in below(pid) if set(below(one)) - empty and one not in empty)
            os.kill(screen, signal.SIGKILL)
            await second.reading
            await until(lambda: set(below(pid)) == empty)


async def test_another_worker_can_be_started_in_a_forked_program() -> None:
    with server() as (pid, port, _):
        empty = set(below(pid))
        async with seated(port, 1) as (viewer,):
            (worker,) = [one for one in set(below(pid)) - empty if not below(one)]
            os.kill(worker, signal.SIGKILL)
            await viewer.until(lambda seen: "SIGKILL" in seen)
            so_far = len(viewer.seen)
            await viewer.type("r")
            await viewer.until(lambda seen: "running" in seen[so_far:])


async def test_the_more_viewers_the_fewer_pictures() -> None:
    """Each is told its share, again when somebody comes or goes."""
    told: list[int] = []
    tell = Program.tell

    def note(self: Program, kind: str, **what: int | str) -> None:
        told.append(int(what["thousandths"]))
        tell(self, kind, **what)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Program, "tell", note)
        async with served(words(HELLO, "--paused")) as client:
            await client.ws_connect("/ws")
            await client.ws_connect("/ws")
            await until(lambda: len(told) == 3)
    assert told[:3] == [told[0], told[0] // 2, told[0] // 2]
